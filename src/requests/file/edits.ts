import type { Node } from 'jsonc-parser';
import type { ArgEdit, ArgFix } from '../../api/traps';
import type { SoapValue } from '../../api/value';
import type { TextEdit, TextFix } from './model';
import { descend, properties, property, propertyAt, rangeOf, type Property } from './tree';

/** A fix of a call's arguments as edits of the file. `undefined` when one of its edits has no place in the text. */
export function textFix(text: string, request: Node, fix: ArgFix): TextFix | undefined {
  const edits = fix.edits.map((edit) => textEdit(text, request, edit));
  return edits.every((edit) => edit !== undefined) ? { title: fix.title, edits, preferred: fix.certain } : undefined;
}

function textEdit(text: string, request: Node, edit: ArgEdit): TextEdit | undefined {
  if (edit.kind === 'method') return replacement(property(request, 'method')?.value, edit.to);
  const path = ['args', ...edit.path];
  switch (edit.kind) {
    case 'rename':
      return replacement(propertyAt(request, path)?.keyNode, edit.to);
    case 'remove': {
      const found = propertyAt(request, path);
      return found === undefined ? undefined : removal(text, found);
    }
    case 'set': {
      const node = descend(request, path);
      if (node !== undefined) return replacement(node, edit.value);
      return insertion(text, request, path, edit.value);
    }
  }
}

function replacement(node: Node | undefined, value: SoapValue): TextEdit | undefined {
  return node === undefined ? undefined : { range: rangeOf(node), newText: oneLine(value) };
}

/** Removes a property from its object, with the comma and the line that are left over. */
export function removal(text: string, { node, index }: Property): TextEdit {
  const siblings = node.parent?.children ?? [node];
  const next = siblings[index + 1];
  const before = siblings[index - 1];
  if (next !== undefined) return { range: { offset: node.offset, length: next.offset - node.offset }, newText: '' };
  if (before !== undefined) {
    const start = before.offset + before.length;
    return { range: { offset: start, length: node.offset + node.length - start }, newText: '' };
  }
  const end = node.offset + node.length;
  const comma = /^\s*,/.exec(text.slice(end, end + 200))?.[0].length ?? 0;
  return { range: { offset: node.offset, length: node.length + comma }, newText: '' };
}

/** Adds a missing property at the end of the deepest object that exists on its path. */
function insertion(text: string, request: Node, path: readonly (string | number)[], value: SoapValue): TextEdit | undefined {
  const parent = descend(request, path.slice(0, -1));
  const [key] = path.slice(-1);
  if (typeof key !== 'string') return undefined;
  if (parent === undefined) return path.length > 1 ? insertion(text, request, path.slice(0, -1), { [key]: value }) : undefined;
  if (parent.type !== 'object') return undefined;
  return addition(text, parent, key, value);
}

/** Adds a property at the end of an object. It goes on a new line if the property before it begins a line. */
export function addition(text: string, object: Node, key: string, value: SoapValue): TextEdit {
  const last = properties(object).at(-1)?.node;
  const written = `${JSON.stringify(key)}: ${oneLine(value)}`;
  if (last === undefined) return { range: { offset: object.offset + 1, length: 0 }, newText: ` ${written} ` };
  const lineStart = text.lastIndexOf('\n', last.offset) + 1;
  const indent = text.slice(lineStart, last.offset);
  const separator = indent.trim() === '' && lineStart > object.offset ? `,\n${indent}` : ', ';
  return { range: { offset: last.offset + last.length, length: 0 }, newText: `${separator}${written}` };
}

/** JSON on one line, with blanks inside brackets and after separators. */
export function oneLine(value: SoapValue): string {
  if (Array.isArray(value)) return `[${value.map(oneLine).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const inner = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${oneLine(item)}`);
    return inner.length === 0 ? '{}' : `{ ${inner.join(', ')} }`;
  }
  return JSON.stringify(value);
}

/** Applies a fix to the text. */
export function applyTextFix(text: string, fix: TextFix): string {
  return [...fix.edits]
    .sort((a, b) => b.range.offset - a.range.offset)
    .reduce((before, { range, newText }) => before.slice(0, range.offset) + newText + before.slice(range.offset + range.length), text);
}
