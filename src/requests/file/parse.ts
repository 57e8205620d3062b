import { parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser';
import type * as z from 'zod/mini';
import { isDialect, type Dialect } from '../../api/dialect';
import { similar } from '../../api/traps';
import { issueText } from '../expect/schema';
import { removal } from './edits';
import type { Diagnostic, FileVariable, Range, RequestFile, SavedRequest } from './model';
import { fileSchema, requestSchema } from './schema';
import { descend, doubles, nearest, properties, property, propertyAt, rangeOf, valueOf } from './tree';

/** A file larger than this is not read: it is no request file. */
const LARGEST = 16 * 1024 * 1024;

/**
 * Reads a request file. Never throws: what is wrong is in `problems`, and what is right is there all the same.
 * What the requests say is looked at by `lint`.
 */
export function parseRequestFile(text: string): RequestFile {
  const nothing = { text, store: undefined, variables: [], requests: [] };
  if (text.length > LARGEST) return { ...nothing, problems: [error('file-too-large', 'The file is too large for a request file.', { offset: 0, length: 0 })] };
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  const problems = errors.map((each) => syntaxError(text, each));
  if (root === undefined) {
    return { ...nothing, problems: problems.length > 0 && text.trim() !== '' ? problems : [error('file-empty', 'The file is empty. Write { "requests": [ … ] }.', { offset: 0, length: text.length })] };
  }
  const parsed = fileSchema.safeParse(valueOf(root));
  if (!parsed.success) problems.push(...issues(root, parsed.error, 'The file', text));
  problems.push(...doubledKeys(text, root));
  const dialectText = valueOf(property(root, 'dialect')?.value);
  const dialect = typeof dialectText === 'string' && isDialect(dialectText) ? dialectText : undefined;
  const list = property(root, 'requests')?.value;
  const requests = list?.type === 'array' ? (list.children ?? []).map((node, index) => readRequest(text, node, index, dialect, problems)) : [];
  problems.push(...doubledNames(requests));
  return { text, store: readStore(root), variables: readVariables(root), requests, problems };
}

function readStore(root: Node): RequestFile['store'] {
  const node = property(root, 'store')?.value;
  const name = valueOf(node);
  return node !== undefined && typeof name === 'string' && name !== '' ? { name, range: rangeOf(node) } : undefined;
}

function readVariables(root: Node): readonly FileVariable[] {
  const node = property(root, 'variables')?.value;
  return properties(node).flatMap(({ key, keyNode, value }) => (value === undefined || property(node, key)?.value !== value ? [] : [{ name: key, value: valueOf(value), range: rangeOf(keyNode), node: value }]));
}

function readRequest(text: string, node: Node, index: number, dialect: Dialect | undefined, problems: Diagnostic[]): SavedRequest {
  const value = valueOf(node);
  const parsed = requestSchema.safeParse(value);
  const name = property(node, 'name')?.value;
  const nameValue = valueOf(name);
  const title = typeof nameValue === 'string' && nameValue.trim() !== '' ? nameValue.trim() : '';
  if (!parsed.success) problems.push(...issues(node, parsed.error, title === '' ? 'The request' : `"${title}"`, text));
  const good = parsed.success ? parsed.data : undefined;
  const method = property(node, 'method')?.value;
  const expected = property(node, 'expect')?.value;
  return {
    index,
    name: title,
    description: good?.description,
    method: good?.method ?? textOf(method),
    args: descend(node, ['args']) === undefined ? undefined : valueOf(descend(node, ['args'])),
    envelope: typeof good?.envelope === 'string' ? good.envelope : good?.envelope?.join('\n'),
    dialect: good?.dialect ?? dialect,
    expect: good?.expect,
    valid: parsed.success,
    range: rangeOf(node),
    nameRange: rangeOf(name ?? node),
    methodRange: method === undefined ? undefined : rangeOf(method),
    expectRange: expected === undefined ? undefined : rangeOf(expected),
    node,
  };
}

function textOf(node: Node | undefined): string | undefined {
  const value = node?.type === 'string' ? valueOf(node) : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Issues of a schema at their places. */
function issues(node: Node, thrown: z.core.$ZodError, whole: string, text: string): readonly Diagnostic[] {
  return thrown.issues.flatMap((issue) => {
    const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(node, path, key, text));
    const subject = path.length === 0 ? whole : path.join('.').replace(/\.(\d+)/g, '[$1]');
    return [error('file-form', `${subject} ${issueText(issue)}.`, rangeOf(nearest(node, path)))];
  });
}

const knownKeys = ['store', 'variables', 'requests', 'name', 'description', 'method', 'args', 'envelope', 'dialect', 'expect', 'fault', 'error', 'result', 'under', 'code', 'message', '$type', '$regex', '$range', '$length', '$oneOf', '$partial', '$contains', '$each', '$not', '$absent'];

function unknownKey(node: Node, path: readonly (string | number)[], key: string, text: string): Diagnostic {
  const found = propertyAt(node, [...path, key]);
  const meant = similar(key, knownKeys);
  const fixes = found === undefined ? [] : [
    ...(meant === undefined ? [] : [{ title: `Change to ${meant}`, edits: [{ range: rangeOf(found.keyNode), newText: JSON.stringify(meant) }], preferred: true }]),
    { title: `Remove ${key}`, edits: [removal(text, found)], preferred: false },
  ];
  return { ...error('file-key', `"${key}" is not known here.${meant === undefined ? '' : ` Did you mean "${meant}"?`}`, rangeOf(found?.keyNode ?? nearest(node, path))), fixes };
}

function doubledKeys(text: string, root: Node): readonly Diagnostic[] {
  return doubles(root).map((each) => ({
    ...error('key-twice', `"${each.key}" stands twice here; only the last one counts.`, rangeOf(each.keyNode)),
    why: 'A map holds each key once. For two conditions on one attribute write both into one map; from and to make a range.',
    fixes: [{ title: 'Remove this one', edits: [removal(text, each)], preferred: false }],
  }));
}

function doubledNames(requests: readonly SavedRequest[]): readonly Diagnostic[] {
  const seen = new Set<string>();
  return requests.flatMap(({ name, nameRange }) => {
    if (name === '') return [];
    if (seen.has(name)) return [{ ...error('name-twice', `Another request is called "${name}" already.`, nameRange), why: 'Results of earlier requests, reports and the Test Explorer go by the name.' }];
    seen.add(name);
    return [];
  });
}

const syntax: Readonly<Record<string, string>> = {
  InvalidSymbol: 'This is not JSON',
  InvalidNumberFormat: 'This is no number',
  PropertyNameExpected: 'A key in double quotes is expected',
  ValueExpected: 'A value is expected',
  ColonExpected: 'A colon is expected',
  CommaExpected: 'A comma is expected',
  CloseBraceExpected: 'A closing brace } is expected',
  CloseBracketExpected: 'A closing bracket ] is expected',
  EndOfFileExpected: 'The file should end here',
  UnexpectedEndOfComment: 'The comment does not end',
  UnexpectedEndOfString: 'The text does not end',
  UnexpectedEndOfNumber: 'The number does not end',
  InvalidUnicode: 'This is no character',
  InvalidEscapeCharacter: 'JSON does not know this escape',
  InvalidCharacter: 'This character must be escaped',
};

function syntaxError(text: string, { error: code, offset, length }: ParseError): Diagnostic {
  const at = Math.min(offset, Math.max(0, text.length - 1));
  return error('json-syntax', `${syntax[printParseErrorCode(code)] ?? 'This is not JSON'}.`, { offset: at, length: Math.min(Math.max(1, length), text.length - at) });
}

function error(code: string, message: string, range: Range): Diagnostic {
  return { code, message, severity: 'error', range, fixes: [] };
}
