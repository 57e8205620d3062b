import type { Node, ParseError } from 'jsonc-parser';
import { append } from '../../api/lists';
import { isDialect, type Dialect } from '../../api/dialect';
import { dialectOfCall } from '../../api/rest-request';
import { isProduct, type BundledProduct } from '../../api/store-methods/product-names';
import { isList, isRecord, type SoapValue } from '../../api/value';
import { comparableValueOf, writtenValueOf } from './json';
import { milliseconds } from '../expect/schema';
import { t } from '../../l10n/texts';
import type { Diagnostic, FileVariable, IncludedName, Range, RequestFile, RequestList, SavedRequest } from './model';
import { doubledKey, doubledNames, error, issues, lostCharacter, syntaxError } from './problems';
import { fileSchema, requestSchema } from './schema';
import { moved } from './shift';
import { linesOf, splitAgain, splitRequests, type Split } from './split';
import { descend, doubles, isTooDeep, MAX_LEVELS, properties, property, rangeOf, treeOf, valueOf } from './tree';

/** A larger text is not read; it is hardly a request file. */
const MAX_FILE_CHARS = 16 * 1024 * 1024;

function tooDeep(): string {
  return t('Lists and maps are nested more than {count} levels deep.', { count: MAX_LEVELS });
}

/** The result of reading one request, without its place in the file. It is kept while the text of the request stays the same. */
interface RequestContent extends Pick<
  SavedRequest,
  'name' | 'description' | 'method' | 'args' | 'envelope' | 'dialect' | 'expect' | 'each' | 'tags' | 'delay' | 'until' | 'valid' | 'node'
> {
  /** These ranges, too, count from the beginning of the request. */
  readonly nameRange: Range | undefined;
  readonly methodRange: Range | undefined;
  readonly expectRange: Range | undefined;
  readonly problems: readonly Diagnostic[];
}

/**
 * Reads a request file repeatedly while it is edited. Only requests with changed text are read again.
 * @example
 * const reader = new RequestFileReader();
 * const file = reader.read(document.getText());
 */
export class RequestFileReader {
  #known = new Map<string, RequestContent>();
  readonly #framed = { before: new Map<string, RequestContent>(), after: new Map<string, RequestContent>() };
  /** The last reading; `undefined` if its requests could not be told apart. */
  #last:
    | {
        readonly text: string;
        readonly split: Split;
        readonly contents: readonly RequestContent[];
        readonly requests: readonly SavedRequest[];
      }
    | undefined;

  /** Reads a file. Never throws: problems are in `problems`, and everything readable is returned. */
  read(text: string): RequestFile {
    try {
      return this.#read(text);
    } catch (failure) {
      // The JSON parser is recursive. Only a hostile file is nested deeper than the stack allows.
      if (!(failure instanceof RangeError)) throw failure;
      this.#last = undefined;
      return {
        text,
        store: undefined,
        variables: [],
        before: [],
        requests: [],
        after: [],
        all: [],
        problems: [error('file-too-deep', t('The file is nested too deeply for a request file.'), { offset: 0, length: 0 })],
      };
    }
  }

  #read(text: string): RequestFile {
    const nothing = { text, store: undefined, variables: [], before: [], requests: [], after: [], all: [] };
    if (text.length > MAX_FILE_CHARS)
      return { ...nothing, problems: [error('file-too-large', t('The file is too large for a request file.'), { offset: 0, length: 0 })] };
    const last = this.#last;
    const again = last === undefined ? undefined : splitAgain(last, text);
    const split = again ?? splitRequests(text);
    const { root, list, frame, ranges, lines, problems } = skeletonOf(text, split);
    if (root === undefined) {
      this.#last = undefined;
      return {
        ...nothing,
        problems:
          problems.length > 0 && text.trim() !== ''
            ? problems
            : [
                error('file-empty', t('The file is empty. Write {example}.', { example: '{ "requests": [ … ] }' }), {
                  offset: 0,
                  length: text.length,
                }),
              ],
      };
    }
    const lists: ReadonlySet<Node | undefined> = new Set([list, frame.before, frame.after].filter((each) => each !== undefined));
    if (lists.size === 0 ? isTooDeep(root) : properties(root).some(({ value }) => !lists.has(value) && isTooDeep(value))) {
      this.#last = undefined;
      return { ...nothing, problems: [error('file-too-deep', tooDeep(), { offset: 0, length: 0 })] };
    }
    const parsed = fileSchema.safeParse(valueOf(root, { emptied: lists }));
    if (!parsed.success) append(problems, issues(root, parsed.error, t('The file'), text));
    const around = property(root, 'variables')?.value;
    if (around !== undefined) problems.push(...lostCharacter(text, rangeOf(around)));
    const include = readInclude(root);
    if (list !== undefined && ranges.length === 0 && include.length === 0)
      problems.push(error('no-requests', t('The file has no requests.'), rangeOf(list)));
    append(
      problems,
      doubles(root, lists).map((each) => doubledKey(text, each)),
    );
    const contents =
      last !== undefined && again !== undefined && ranges === again.requests
        ? this.#one(text, ranges, last.contents, again.changed)
        : this.#all(text, ranges);
    const dialect = dialectOf(root);
    const first = frame.before?.children?.length ?? 0;
    const requests = contents.map((content, place) => {
      const range = ranges[place] ?? { offset: 0, length: 0 };
      for (const each of content.problems) problems.push(moved(each, range.offset));
      const known = last?.contents[place] === content ? last.requests[place] : undefined;
      const at = {
        range,
        line: lines[place] ?? 0,
        index: first + place,
        list: 'requests',
        dialect: content.dialect ?? dialectOfCall(content.method, dialect),
      } as const;
      return placed(content, at, known);
    });
    this.#last = split !== undefined && ranges === split.requests ? { text, split, contents, requests } : undefined;
    const frameOf = (list: 'before' | 'after', index: number): readonly SavedRequest[] =>
      this.#frame(text, { list, index, dialect, ranges: (frame[list]?.children ?? []).map(rangeOf) }, problems);
    const before = frameOf('before', 0);
    const after = frameOf('after', first + requests.length);
    const all = before.length + after.length === 0 ? requests : [...before, ...requests, ...after];
    append(problems, doubledNames(all));
    const product = productOf(root);
    return { text, store: readStore(root), product, include, variables: readVariables(root, text), before, requests, after, all, problems };
  }

  /** The requests of `before` or `after`. These lists are short, so every request is looked up in the cache again. */
  #frame(
    text: string,
    { list, index, dialect, ranges }: { list: 'before' | 'after'; index: number; dialect: Dialect | undefined; ranges: readonly Range[] },
    problems: Diagnostic[],
  ): readonly SavedRequest[] {
    const known = this.#framed[list];
    const now = new Map<string, RequestContent>();
    this.#framed[list] = now;
    const lines = linesOf(text, ranges);
    return ranges.map((range, place) => {
      const slice = text.slice(range.offset, range.offset + range.length);
      const content = known.get(slice) ?? readContent(slice);
      now.set(slice, content);
      for (const each of content.problems) problems.push(moved(each, range.offset));
      const at = {
        range,
        line: lines[place] ?? 0,
        index: index + place,
        list,
        dialect: content.dialect ?? dialectOfCall(content.method, dialect),
      };
      return placed(content, at, undefined);
    });
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

  /** Reads the one request that changed. */
  #one(text: string, ranges: readonly Range[], contents: readonly RequestContent[], changed: number): readonly RequestContent[] {
    const { offset, length } = ranges[changed] ?? { offset: 0, length: 0 };
    return contents.with(changed, readContent(text.slice(offset, offset + length)));
  }
}

/** A file without the content of its requests. */
interface Skeleton {
  readonly root: Node | undefined;
  /** The node of the `requests` list. It may lack its items. */
  readonly list: Node | undefined;
  /** The lists of requests that run before and after them. */
  readonly frame: Readonly<Record<'before' | 'after', Node | undefined>>;
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
      return { root, list: listOf(root, 'requests'), frame: frameOf(root), ranges: split.requests, lines: split.lines, problems: [] };
    }
  }
  errors.length = 0;
  const root = treeOf(text, errors);
  const list = root === undefined ? undefined : listOf(root, 'requests');
  const frame = root === undefined ? { before: undefined, after: undefined } : frameOf(root);
  const ranges = (list?.children ?? []).map(rangeOf);
  // An error within a request is reported when that request is read. An error at its very beginning is about the text before it, such as a
  // missing comma.
  const read = [...ranges, ...[frame.before, frame.after].flatMap((each) => each?.children ?? []).map(rangeOf)];
  const outside = errors.filter(
    ({ offset, length }) => !read.some((range) => offset > range.offset && offset + length < range.offset + range.length),
  );
  return { root, list, frame, ranges, lines: linesOf(text, ranges), problems: outside.map((each) => syntaxError(text, each)) };
}

/** A copy of a tree whose places account for text that was cut out at an offset. */
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

function listOf(root: Node, key: RequestList): Node | undefined {
  const list = property(root, key)?.value;
  return list?.type === 'array' ? list : undefined;
}

function frameOf(root: Node): Skeleton['frame'] {
  return { before: listOf(root, 'before'), after: listOf(root, 'after') };
}

/**
 * Reads a request file once. Never throws: problems are in `problems`, and everything readable is returned. `lint` checks the content of
 * the requests.
 */
export function parseRequestFile(text: string): RequestFile {
  return new RequestFileReader().read(text);
}

function dialectOf(root: Node): Dialect | undefined {
  const text = valueOf(property(root, 'dialect')?.value);
  return typeof text === 'string' && isDialect(text) ? text : undefined;
}

function productOf(root: Node): BundledProduct | undefined {
  const text = valueOf(property(root, 'product')?.value);
  return typeof text === 'string' && isProduct(text) ? text : undefined;
}

function readStore(root: Node): RequestFile['store'] {
  const node = property(root, 'store')?.value;
  const name = valueOf(node);
  return node !== undefined && typeof name === 'string' && name !== '' ? { name, range: rangeOf(node) } : undefined;
}

function readInclude(root: Node): readonly IncludedName[] {
  const node = property(root, 'include')?.value;
  const items = node?.type === 'array' ? (node.children ?? []) : node === undefined ? [] : [node];
  return items.flatMap((item) => {
    const name = valueOf(item);
    return typeof name === 'string' && name !== '' ? [{ name, range: rangeOf(item) }] : [];
  });
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
  // Walking the tree of this request would overflow the stack, so it gets an empty one.
  const node: Node = deep ? { type: 'null', offset: 0, length: whole.length } : whole;
  const parsed = requestSchema.safeParse(contentOf(node, text));
  const name = valueOf(property(node, 'name')?.value);
  const title = typeof name === 'string' ? name.trim() : '';
  const problems = deep
    ? [error('request-too-deep', tooDeep(), rangeOf(node))]
    : [
        ...lostCharacter(text, { offset: 0, length: text.length }),
        ...errors.map((each) => syntaxError(text, each)),
        ...(parsed.success ? [] : issues(node, parsed.error, title === '' ? t('The request') : `"${title}"`, text)),
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
    each: eachOf(node, text),
    tags: good?.tags ?? [],
    delay: good?.delay === undefined ? undefined : milliseconds(good.delay),
    until: good?.until,
    valid: parsed.success,
    node,
    nameRange: rangeOfKey(node, 'name'),
    methodRange: rangeOfKey(node, 'method'),
    expectRange: rangeOfKey(node, 'expect'),
    problems,
  };
}

/** A request for its schema. Expected numbers are in the form in which they are compared. */
function contentOf(node: Node, text: string): SoapValue {
  const value = valueOf(node);
  const expect = property(node, 'expect')?.value;
  const until = property(node, 'until')?.value;
  if (!isRecord(value)) return value;
  return {
    ...value,
    ...(expect === undefined ? {} : { expect: comparableValueOf(expect, text) }),
    ...(until === undefined ? {} : { until: comparableValueOf(until, text) }),
  };
}

function rangeOfKey(node: Node, key: string): Range | undefined {
  const value = property(node, key)?.value;
  return value === undefined ? undefined : rangeOf(value);
}

/**
 * A request at its place in the file. @param before the request from the last reading; returned as the same object when its place is the
 * same
 */
function placed(
  content: RequestContent,
  at: Pick<SavedRequest, 'range' | 'line' | 'index' | 'list' | 'dialect'>,
  before: SavedRequest | undefined,
): SavedRequest {
  const { range, line, index, list, dialect } = at;
  if (before?.range.offset === range.offset && before.line === line && before.index === index && before.dialect === dialect) return before;
  const { name, description, method, args, envelope, expect, each, tags, delay, until, valid, node } = content;
  const within = (inside: Range | undefined): Range | undefined =>
    inside === undefined ? undefined : { offset: range.offset + inside.offset, length: inside.length };
  return {
    index,
    list,
    name,
    description,
    method,
    args,
    envelope,
    dialect,
    expect,
    each,
    tags,
    delay,
    until,
    valid,
    range,
    line,
    nameRange: within(content.nameRange) ?? range,
    methodRange: within(content.methodRange),
    expectRange: within(content.expectRange),
    node,
  };
}

/** Rows are sent, so numbers in them stay as written. */
function eachOf(node: Node, text: string): SavedRequest['each'] {
  const each = property(node, 'each')?.value;
  const value = each === undefined ? undefined : writtenValueOf(each, text);
  return typeof value === 'string' || isList(value) ? value : undefined;
}

function textOf(node: Node | undefined): string | undefined {
  const value = node?.type === 'string' ? valueOf(node) : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
}
