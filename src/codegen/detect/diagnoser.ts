import type { FoundCall } from './calls';
import { diagnoseCall, type CodeDiagnostic } from './diagnose';
import type { CodeNode, Span } from './node';

/**
 * Diagnoses a file again and again while it is edited: a call whose code is the same as before is not looked at anew, wherever it
 * stands now.
 *
 * @example
 * const diagnoser = new Diagnoser();
 * const diagnostics = diagnoser.diagnose(text, findCalls(text, 'php'));
 */
export class Diagnoser {
  /** Diagnostics by the code of the call; their offsets count from its beginning. */
  #known = new Map<string, readonly CodeDiagnostic[]>();

  /** What the calls of a text fall into, in the order they stand. @param calls as `findCalls` found them in this text */
  diagnose(text: string, calls: readonly FoundCall[]): readonly CodeDiagnostic[] {
    const before = this.#known;
    this.#known = new Map();
    return calls.flatMap((call) => this.#one(text, call, before)).sort((a, b) => a.span.start - b.span.start);
  }

  #one(text: string, call: FoundCall, before: ReadonlyMap<string, readonly CodeDiagnostic[]>): readonly CodeDiagnostic[] {
    // Values of variables and constants stand elsewhere: the code of the call does not tell what they are.
    const elsewhere = call.methodSpan.start < call.start || call.methodSpan.end > call.end;
    if (elsewhere || (call.args !== undefined && !inside(call.args, call))) return diagnoseCall(text, call);
    const key = `${call.dialect} ${call.positional} ${call.method}\n${text.slice(call.start, call.end)}`;
    const diagnostics = before.get(key) ?? this.#known.get(key) ?? moved(diagnoseCall(text, call), -call.start);
    this.#known.set(key, diagnostics);
    return moved(diagnostics, call.start);
  }
}

/** Whether every part of a node stands within the call itself. */
function inside(node: CodeNode, call: Span): boolean {
  if (node.start < call.start || node.end > call.end) return false;
  if (node.kind === 'list') return node.items.every((item) => inside(item, call));
  return node.kind !== 'map' || node.entries.every(({ key, value }) => inside(key, call) && (value === undefined || inside(value, call)));
}

function moved(diagnostics: readonly CodeDiagnostic[], by: number): readonly CodeDiagnostic[] {
  const shift = ({ start, end }: Span): Span => ({ start: start + by, end: end + by });
  return diagnostics.map((diagnostic) => ({
    ...diagnostic,
    span: shift(diagnostic.span),
    fixes: diagnostic.fixes.map((fix) => ({ ...fix, edits: fix.edits.map(({ span, text }) => ({ span: shift(span), text })) })),
  }));
}
