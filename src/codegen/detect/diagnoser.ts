import type { FoundCall } from './calls';
import { diagnoseCall, type CodeDiagnostic } from './diagnose';
import type { CodeNode, Span } from './node';

/**
 * Diagnoses a file repeatedly while it is edited. A call with unchanged code is not checked again, even if it has moved.
 * @example
 * const diagnoser = new Diagnoser();
 * const diagnostics = diagnoser.diagnose(text, findCalls(text, 'php'));
 */
export class Diagnoser {
  /** Diagnostics by the code of the call. Offsets count from its beginning. */
  #known = new Map<string, readonly CodeDiagnostic[]>();

  /** The problems of all calls in a text, in order. @param calls result of `findCalls` for this text */
  diagnose(text: string, calls: readonly FoundCall[]): readonly CodeDiagnostic[] {
    const before = this.#known;
    this.#known = new Map();
    return calls.flatMap((call) => this.#one(text, call, before)).sort((a, b) => a.span.start - b.span.start);
  }

  #one(text: string, call: FoundCall, before: ReadonlyMap<string, readonly CodeDiagnostic[]>): readonly CodeDiagnostic[] {
    // Values of variables and constants are outside of the call, so its code does not determine the result.
    const elsewhere = call.methodSpan.start < call.start || call.methodSpan.end > call.end;
    if (elsewhere || (call.args !== undefined && !inside(call.args, call))) return diagnoseCall(text, call);
    const key = `${call.dialect} ${call.positional} ${call.method}\n${text.slice(call.start, call.end)}`;
    const diagnostics = before.get(key) ?? this.#known.get(key) ?? moved(diagnoseCall(text, call), -call.start);
    this.#known.set(key, diagnostics);
    return moved(diagnostics, call.start);
  }
}

/** Whether every part of a node is inside of the call. */
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
