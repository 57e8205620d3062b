import { findMethod, type Method } from '../../api/catalogue';
import type { Dialect } from '../../api/dialect';
import { similar } from '../../api/traps';
import { catalogue } from '../../api/catalogue';
import { entryOf, keyOf, type CodeLanguage, type CodeNode, type MapEntry, type MapNode, type Span } from './node';
import { parseArguments } from './parse';
import { mayHoldCalls, scanCalls, type CallSite } from './scan';
import { resolveVariable } from './variables';

/** A call of this API in a file. */
export interface FoundCall extends Span {
  readonly language: CodeLanguage;
  /** What its form says: `v1` for paths, `wsi` for named arguments or WS-I's wrappers in PHP, `v2` otherwise. */
  readonly dialect: Dialect;
  /** Path or operation as written, without `Async`. */
  readonly method: string;
  /** Where the path (inside its quotes) or the operation stands. */
  readonly methodSpan: Span;
  /** The catalogue's method, where it knows it. */
  readonly known: Method | undefined;
  /**
   * Arguments without the session: over V1 what is passed as `args`, or `undefined`; otherwise a map by name that the code
   * does not hold as such. Variables that were given a literal stand for it.
   */
  readonly args: CodeNode | undefined;
  /** Whether arguments are in V1's form: a list in order, filters as a map of attributes. */
  readonly positional: boolean;
}

/** Every call of this API in a file, in order. */
export function findCalls(text: string, language: CodeLanguage): readonly FoundCall[] {
  if (!mayHoldCalls(text)) return [];
  return scanCalls(text, language).flatMap((site) => callsAt(text, site, language));
}

/**
 * The calls at a call site: none when it is no call of this API, several for a `multiCall`.
 * @param typing also calls whose path is still empty or cannot be told apart yet
 */
export function callsAt(text: string, site: CallSite, language: CodeLanguage, typing = false): readonly FoundCall[] {
  const { args, end } = parseArguments(text, site.open, language);
  const span = { start: site.start, end };
  const reader = new SiteReader(text, language, span, typing);
  const name = site.name.replace(/Async$/, '');
  const nameSpan = { start: site.start, end: site.start + name.length };
  if (name === 'call') return reader.v1(args);
  if (name === 'multiCall') return reader.multi(args);
  if (name === '__soapCall') {
    const [operation, list] = args;
    if (operation?.kind !== 'text') return [];
    const values = list?.kind === 'list' ? list.items : [];
    return operation.value === 'call' ? reader.v1(values) : operation.value === 'multiCall' ? reader.multi(values) : reader.typed(operation.value, operation.inner, values);
  }
  return reader.typed(name, nameSpan, args);
}

class SiteReader {
  constructor(
    private readonly text: string,
    private readonly language: CodeLanguage,
    private readonly span: Span,
    private readonly typing: boolean,
  ) {}

  /** `call(session, path, args)`, `callAsync({ sessionId, resourcePath, … })`, or `call(path, args)` as wrappers have it. */
  v1(args: readonly CodeNode[]): readonly FoundCall[] {
    const [first, second, third] = args;
    if (first?.kind === 'map') return this.#path(entryOf(first, 'resourcePath')?.value, entryOf(first, 'args')?.value ?? this.#encoded(entryOf(first, '$xml')?.value, 'args'));
    if (first?.kind === 'text' && isPath(first.value)) return this.#path(first, second);
    return this.#path(second, third);
  }

  /** `multiCall(session, [[path, args], …])`. */
  multi(args: readonly CodeNode[]): readonly FoundCall[] {
    const [first, second] = args;
    const calls = this.#resolve(first?.kind === 'map' ? (entryOf(first, 'calls')?.value ?? this.#encoded(entryOf(first, '$xml')?.value, 'calls')) : second);
    if (calls?.kind !== 'list') return [];
    return calls.items.flatMap((call) => (call.kind === 'list' ? this.#path(call.items[0], call.items[1], call) : []));
  }

  /** An operation of V2 or WS-I. */
  typed(operation: string, methodSpan: Span, args: readonly CodeNode[]): readonly FoundCall[] {
    const known = findMethod(operation);
    if (known === undefined && !isOperation(operation)) return [];
    const [first] = args;
    const single = this.#resolve(first);
    const common = { ...this.span, language: this.language, method: operation, methodSpan, known, positional: false };
    // WS-I, and any dialect over the soap package: one map of named arguments.
    if (single?.kind === 'map' && (this.language === 'typescript' || entryOf(single, 'sessionId') !== undefined)) {
      const entries = single.entries.filter(({ key }) => keyOf(key) !== 'sessionId').map((entry) => ({ ...entry, value: this.#resolve(entry.value) }));
      const wsi = this.language === 'php' || entries.some(({ value }) => value !== undefined && wrapped(value));
      return [{ ...common, dialect: wsi ? 'wsi' : 'v2', args: { ...single, entries } }];
    }
    const names = known?.args.map(({ name }) => name) ?? [];
    const entries = args.slice(1).map((value, index): MapEntry => {
      const key: CodeNode = { kind: 'text', value: names[index] ?? `#${index + 1}`, inner: { start: value.start, end: value.start }, quote: '', start: value.start, end: value.start };
      return { key, value: this.#resolve(value), start: value.start, end: value.end };
    });
    const map: MapNode = { kind: 'map', entries, start: first?.end ?? this.span.end, end: this.span.end };
    return [{ ...common, dialect: 'v2', args: map }];
  }

  #path(path: CodeNode | undefined, args: CodeNode | undefined, span: Span = this.span): readonly FoundCall[] {
    if (path?.kind !== 'text' || !(this.typing || isPath(path.value))) return [];
    return [
      {
        start: span.start,
        end: span.end,
        language: this.language,
        dialect: 'v1',
        method: path.value,
        methodSpan: path.inner,
        known: findMethod(path.value),
        args: this.#inner(this.#resolve(args)),
        positional: true,
      },
    ];
  }

  /** What `encode('args', …)` of our snippets is given. */
  #encoded(node: CodeNode | undefined, part: string): CodeNode | undefined {
    if (node?.kind !== 'expression') return undefined;
    const open = new RegExp(`\\bencode\\(\\s*(?=['"]${part}['"])`).exec(this.text.slice(node.start, node.end));
    return open === null ? undefined : parseArguments(this.text, node.start + open.index + open[0].trimEnd().length - 1, this.language).args[1];
  }

  /** Variables one level down: `[$filters]` and `[$id, $data]` are how V1's arguments are mostly written. */
  #inner(node: CodeNode | undefined): CodeNode | undefined {
    if (node?.kind === 'list') return { ...node, items: node.items.map((item) => this.#resolve(item) ?? item) };
    if (node?.kind === 'map') return { ...node, entries: node.entries.map((entry) => ({ ...entry, value: this.#resolve(entry.value) })) };
    return node;
  }

  #resolve(node: CodeNode | undefined): CodeNode | undefined {
    return node === undefined ? undefined : resolveVariable(this.text, node, this.span.start, this.language);
  }
}

/** Whether a text is a path of the customer family, or was probably meant to be one. */
export function isPath(text: string): boolean {
  if (/^customer(?:_address|_group)?\.\w*$/.test(text)) return true;
  return /^\w+\.\w+$/.test(text) && similar(text, catalogue.map(({ id }) => id)) !== undefined;
}

function isOperation(name: string): boolean {
  return /^customer(?:Customer|Address|Group)[A-Z]\w*$/.test(name);
}

/** Whether WS-I's wrapper stands somewhere in a value. */
function wrapped(node: CodeNode): boolean {
  if (node.kind === 'list') return node.items.some(wrapped);
  return node.kind === 'map' && node.entries.some(({ key, value }) => keyOf(key) === 'complexObjectArray' || (value !== undefined && wrapped(value)));
}
