import type { Node, ParseError } from 'jsonc-parser';
import { isDialect, type Dialect } from '../../api/dialect';
import { isRecord, type SoapValue } from '../../api/value';
import { comparableValueOf, writtenValueOf } from './json';
import type { Diagnostic, FileVariable, Range, RequestFile, SavedRequest } from './model';
import { doubledKey, doubledNames, error, issues, lostCharacter, syntaxError } from './problems';
import { fileSchema, requestSchema } from './schema';
import { moved } from './shift';
import { linesOf, splitAgain, splitRequests, type Split } from './split';
import { descend, doubles, isTooDeep, MOST_LEVELS, properties, property, rangeOf, treeOf, valueOf } from './tree';

/** A file larger than this is not read: it is not a request file. */
const LARGEST_FILE_CHARS = 16 * 1024 * 1024;

const TOO_DEEP = `Lists and maps stand in each other more than ${MOST_LEVELS} levels deep.`;

/** What reading one request brings apart from its place: kept for as long as its text stays the same. */
interface RequestContent extends Pick<
  SavedRequest,
  'name' | 'description' | 'method' | 'args' | 'envelope' | 'dialect' | 'expect' | 'valid' | 'node'
> {
  /** These, too, count from the beginning of the request. */
  readonly nameRange: Range | undefined;
  readonly methodRange: Range | undefined;
  readonly expectRange: Range | undefined;
  readonly problems: readonly Diagnostic[];
}

/**
 * Reads a request file again and again while it is edited: only requests whose text has changed are looked at anew.
 *
 * @example
 * const reader = new RequestFileReader();
 * const file = reader.read(document.getText());
 */
export class RequestFileReader {
  #known = new Map<string, RequestContent>();
  /** What was read last, as long as its requests could be told apart. */
  #last:
    | {
        readonly text: string;
        readonly split: Split;
        readonly contents: readonly RequestContent[];
        readonly requests: readonly SavedRequest[];
      }
    | undefined;

  /** Reads a file. Never throws: problems are listed in `problems`, and everything that could be read is returned. */
  read(text: string): RequestFile {
    try {
      return this.#read(text);
    } catch (failure) {
      // JSON is read by recursion, and only a file that means harm is deeper than the stack.
      if (!(failure instanceof RangeError)) throw failure;
      this.#last = undefined;
      return {
        text,
        store: undefined,
        variables: [],
        requests: [],
        problems: [error('file-too-deep', 'The file is nested too deep for a request file.', { offset: 0, length: 0 })],
      };
    }
  }

  #read(text: string): RequestFile {
    const nothing = { text, store: undefined, variables: [], requests: [] };
    if (text.length > LARGEST_FILE_CHARS)
      return { ...nothing, problems: [error('file-too-large', 'The file is too large for a request file.', { offset: 0, length: 0 })] };
    const last = this.#last;
    const again = last === undefined ? undefined : splitAgain(last, text);
    const split = again ?? splitRequests(text);
    const { root, list, ranges, lines, problems } = skeletonOf(text, split);
    if (root === undefined) {
      this.#last = undefined;
      return {
        ...nothing,
        problems:
          problems.length > 0 && text.trim() !== ''
            ? problems
            : [error('file-empty', 'The file is empty. Write { "requests": [ … ] }.', { offset: 0, length: text.length })],
      };
    }
    if (list === undefined ? isTooDeep(root) : properties(root).some(({ value }) => value !== list && isTooDeep(value))) {
      this.#last = undefined;
      return { ...nothing, problems: [error('file-too-deep', TOO_DEEP, { offset: 0, length: 0 })] };
    }
    const parsed = fileSchema.safeParse(valueOf(root, { emptied: list }));
    if (!parsed.success) problems.push(...issues(root, parsed.error, 'The file', text));
    const around = property(root, 'variables')?.value;
    if (around !== undefined) problems.push(...lostCharacter(text, rangeOf(around)));
    if (list !== undefined && ranges.length === 0) problems.push(error('no-requests', 'The file has no requests.', rangeOf(list)));
    problems.push(...doubles(root, list).map((each) => doubledKey(text, each)));
    const contents =
      last !== undefined && again !== undefined && ranges === again.requests
        ? this.#one(text, ranges, last.contents, again.changed)
        : this.#all(text, ranges);
    const dialect = dialectOf(root);
    const requests = contents.map((content, index) => {
      const range = ranges[index] ?? { offset: 0, length: 0 };
      for (const each of content.problems) problems.push(moved(each, range.offset));
      const before = last?.contents[index] === content ? last.requests[index] : undefined;
      return placed(content, { range, line: lines[index] ?? 0, index, dialect: content.dialect ?? dialect }, before);
    });
    this.#last = split !== undefined && ranges === split.requests ? { text, split, contents, requests } : undefined;
    problems.push(...doubledNames(requests));
    return { text, store: readStore(root), variables: readVariables(root, text), requests, problems };
  }

  #all(text: string, ranges: readonly Range[]): readonly RequestContent[] {
    const before = this.#known;
    this.#known = new Map();
    return ranges.map(({ offset, length }) => {
      const slice = text.slice(offset, offset + length);
      const content = before.get(slice) ?? this.#known.get(slice) ?? readContent(slice);
      this.#known.set(slice, content);
      return content;
    });
  }

  /** Only one request changed. */
  #one(text: string, ranges: readonly Range[], contents: readonly RequestContent[], changed: number): readonly RequestContent[] {
    const { offset, length } = ranges[changed] ?? { offset: 0, length: 0 };
    return contents.with(changed, readContent(text.slice(offset, offset + length)));
  }
}

/** A file apart from what is in its requests. */
interface Skeleton {
  readonly root: Node | undefined;
  /** The list of requests, with or without its items. */
  readonly list: Node | undefined;
  readonly ranges: readonly Range[];
  readonly lines: readonly number[];
  readonly problems: Diagnostic[];
}

function skeletonOf(text: string, split: Split | undefined): Skeleton {
  const errors: ParseError[] = [];
  if (split !== undefined) {
    const { offset, length } = split.inside;
    const emptied = treeOf(text.slice(0, offset) + text.slice(offset + length), errors);
    if (emptied !== undefined && errors.length === 0) {
      const root = widened(emptied, offset, length);
      return { root, list: listOf(root), ranges: split.requests, lines: split.lines, problems: [] };
    }
  }
  errors.length = 0;
  const root = treeOf(text, errors);
  const list = root === undefined ? undefined : listOf(root);
  const ranges = (list?.children ?? []).map(rangeOf);
  // Errors within a request are told by reading that request. One at its very beginning is about what stands before it, such as a comma
  // that is missing.
  const outside = errors.filter(
    ({ offset, length }) => !ranges.some((range) => offset > range.offset && offset + length < range.offset + range.length),
  );
  return { root, list, ranges, lines: linesOf(text, ranges), problems: outside.map((each) => syntaxError(text, each)) };
}

/** A tree with the places it has once something stands at an offset that was left out. */
function widened(node: Node, at: number, by: number, parent?: Node): Node {
  const copy: { -readonly [Key in keyof Node]: Node[Key] } = {
    ...node,
    offset: node.offset >= at ? node.offset + by : node.offset,
    length: node.offset < at && node.offset + node.length > at ? node.length + by : node.length,
  };
  if (parent !== undefined) copy.parent = parent;
  if (node.children !== undefined) copy.children = node.children.map((child) => widened(child, at, by, copy));
  return copy;
}

function listOf(root: Node): Node | undefined {
  const list = property(root, 'requests')?.value;
  return list?.type === 'array' ? list : undefined;
}

/**
 * Reads a request file once. Never throws: problems are listed in `problems`, and everything that could be read is returned.
 * What the requests say is looked at by `lint`.
 */
export function parseRequestFile(text: string): RequestFile {
  return new RequestFileReader().read(text);
}

function dialectOf(root: Node): Dialect | undefined {
  const text = valueOf(property(root, 'dialect')?.value);
  return typeof text === 'string' && isDialect(text) ? text : undefined;
}

function readStore(root: Node): RequestFile['store'] {
  const node = property(root, 'store')?.value;
  const name = valueOf(node);
  return node !== undefined && typeof name === 'string' && name !== '' ? { name, range: rangeOf(node) } : undefined;
}

function readVariables(root: Node, text: string): readonly FileVariable[] {
  const node = property(root, 'variables')?.value;
  const all = properties(node);
  return all.flatMap(({ key, keyNode, value }) =>
    value === undefined || property(node, key)?.value !== value
      ? []
      : [{ name: key, value: writtenValueOf(value, text), range: rangeOf(keyNode), node: value }],
  );
}

function readContent(text: string): RequestContent {
  const errors: ParseError[] = [];
  const whole: Node = treeOf(text, errors) ?? { type: 'null', offset: 0, length: text.length };
  const deep = isTooDeep(whole);
  // Walking through the tree of such a request would overflow the stack, so it has no tree.
  const node: Node = deep ? { type: 'null', offset: 0, length: whole.length } : whole;
  const parsed = requestSchema.safeParse(contentOf(node, text));
  const name = valueOf(property(node, 'name')?.value);
  const title = typeof name === 'string' ? name.trim() : '';
  const problems = deep
    ? [error('request-too-deep', TOO_DEEP, rangeOf(node))]
    : [
        ...lostCharacter(text, { offset: 0, length: text.length }),
        ...errors.map((each) => syntaxError(text, each)),
        ...(parsed.success ? [] : issues(node, parsed.error, title === '' ? 'The request' : `"${title}"`, text)),
        ...doubles(node).map((each) => doubledKey(text, each)),
      ];
  const good = parsed.success ? parsed.data : undefined;
  const args = descend(node, ['args']);
  return {
    name: title,
    description: good?.description,
    method: good?.method ?? textOf(property(node, 'method')?.value),
    args: args === undefined ? undefined : writtenValueOf(args, text),
    envelope: typeof good?.envelope === 'string' ? good.envelope : good?.envelope?.join('\n'),
    dialect: good?.dialect,
    expect: good?.expect,
    valid: parsed.success,
    node,
    nameRange: rangeOfKey(node, 'name'),
    methodRange: rangeOfKey(node, 'method'),
    expectRange: rangeOfKey(node, 'expect'),
    problems,
  };
}

/** A request as its schema looks at it, numbers that are expected in the way in which they are compared. */
function contentOf(node: Node, text: string): SoapValue {
  const value = valueOf(node);
  const expect = property(node, 'expect')?.value;
  return isRecord(value) && expect !== undefined ? { ...value, expect: comparableValueOf(expect, text) } : value;
}

function rangeOfKey(node: Node, key: string): Range | undefined {
  const value = property(node, key)?.value;
  return value === undefined ? undefined : rangeOf(value);
}

/** A request at its place. @param before what it was when it was read last; the same object while nothing of it changes */
function placed(
  content: RequestContent,
  at: Pick<SavedRequest, 'range' | 'line' | 'index' | 'dialect'>,
  before: SavedRequest | undefined,
): SavedRequest {
  const { range, line, index, dialect } = at;
  if (before?.range.offset === range.offset && before.line === line && before.index === index && before.dialect === dialect) return before;
  const { name, description, method, args, envelope, expect, valid, node } = content;
  const within = (inside: Range | undefined): Range | undefined =>
    inside === undefined ? undefined : { offset: range.offset + inside.offset, length: inside.length };
  return {
    index,
    name,
    description,
    method,
    args,
    envelope,
    dialect,
    expect,
    valid,
    range,
    line,
    nameRange: within(content.nameRange) ?? range,
    methodRange: within(content.methodRange),
    expectRange: within(content.expectRange),
    node,
  };
}

function textOf(node: Node | undefined): string | undefined {
  const value = node?.type === 'string' ? valueOf(node) : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
}
