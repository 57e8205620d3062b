import { ToolkitError } from '../../api/errors';
import { facets } from '../../api/dialect-facets';
import { isFiltersType, toV2Filters } from '../../api/filters';
import type { Argument } from '../../api/method';
import type { ArgEdit, ArgFix, ArgPath } from '../../api/traps';
import { isRecord, type SoapValue } from '../../api/value';
import { render } from '../code';
import { phpCode, phpString } from '../literals/php';
import { tsCode, tsKey, tsString } from '../literals/typescript';
import { wrapLists, type Template } from '../template';
import type { FoundCall } from './calls';
import { locate } from './locate';
import type { CodeNode, Span, TextNode } from './node';

/** A change of the text. */
export interface TextEdit {
  readonly span: Span;
  readonly text: string;
}

/** A fix for a diagnostic. */
export interface CodeFix {
  readonly title: string;
  readonly edits: readonly TextEdit[];
  /** Whether it is the only sensible fix. */
  readonly preferred: boolean;
}

/** A fix of a call's arguments as edits of the code. `undefined` when one of its edits has no place in the code. */
export function codeFix(text: string, call: FoundCall, root: CodeNode | undefined, fix: ArgFix): CodeFix | undefined {
  const edits = fix.edits.map((edit) => textEdit(text, call, root, edit));
  return edits.every((edit) => edit !== undefined) ? { title: fix.title, edits, preferred: fix.certain } : undefined;
}

function textEdit(text: string, call: FoundCall, root: CodeNode | undefined, edit: ArgEdit): TextEdit | undefined {
  if (edit.kind === 'method') {
    const meant = call.registry.find(edit.to);
    return { span: call.methodSpan, text: (call.positional ? meant?.id : meant?.operation) ?? edit.to };
  }
  if (root === undefined) return undefined;
  const { node, entry, exact } = locate(root, edit.path);
  switch (edit.kind) {
    case 'rename':
      return exact && entry?.key.kind === 'text' && entry.built !== true && real(entry.key)
        ? replacing(entry.key, key(call, entry.key, edit.to))
        : undefined;
    case 'remove':
      return exact && entry !== undefined && entry.built !== true && real(entry.key)
        ? { span: withComma(text, entry), text: '' }
        : undefined;
    case 'set':
      return exact && real(node) && !isBuilt(node) && node !== root ? replacing(node, literal(call, edit.path, edit.value)) : undefined;
  }
}

/** `undefined` when there is no text to write. */
function replacing(span: Span, text: string | undefined): TextEdit | undefined {
  return text === undefined ? undefined : { span, text };
}

/** The argument of a call that takes filters, if it has one. */
export function filtersArgument({ known }: FoundCall): Argument | undefined {
  return known?.args.find(({ type }) => isFiltersType(type));
}

/** A value as a literal in the code of the call. See {@link written}. */
function literal(call: FoundCall, path: ArgPath, value: SoapValue): string | undefined {
  const filters = !call.positional && path.length === 1 && path[0] === filtersArgument(call)?.name && isRecord(value);
  return written(call, filters ? (toV2Filters(value) ?? {}) : value);
}

/**
 * A value as code, with the wrappers that its dialect and language need.
 * @returns `undefined` when the language has no literal for it: half a surrogate pair in PHP, a number that is not finite
 */
export function written(call: FoundCall, value: Template): string | undefined {
  const item = call.positional ? undefined : (facets[call.dialect].itemElement ?? (call.language === 'typescript' ? 'item' : undefined));
  const shaped = item === undefined ? value : wrapLists(value, item);
  return writable(() => render(call.language === 'php' ? phpCode(shaped) : tsCode(shaped)));
}

function key(call: FoundCall, before: TextNode, to: string): string | undefined {
  return writable(() => {
    if (call.language === 'php') return phpString(to);
    return before.quote === '' ? tsKey(to) : tsString(to);
  });
}

function writable(write: () => string): string | undefined {
  try {
    return write();
  } catch (error) {
    if (error instanceof ToolkitError && error.kind === 'input') return undefined;
    throw error;
  }
}

/** Whether a value was filled step by step. */
function isBuilt(node: CodeNode): boolean {
  return (node.kind === 'list' || node.kind === 'map') && node.built === true;
}

/** Whether a node is in the code. The reader makes up some nodes, which have no length. */
function real(node: CodeNode): boolean {
  return node.end > node.start;
}

/** An entry with the comma after it, or before it if it is the last, and the blanks between them. */
function withComma(text: string, { start, end }: Span): Span {
  const after = /^\s*,[ \t]*(?:\n[ \t]*(?=\S))?/.exec(text.slice(end, end + 200));
  const closing = after === null ? undefined : text[end + after[0].length];
  if (after !== null && closing !== undefined && !')]}'.includes(closing)) return { start, end: end + after[0].length };
  const before = /,\s*$/.exec(text.slice(Math.max(0, start - 200), start));
  return { start: before === null ? start : start - before[0].length, end };
}
