import type { Method } from '../../api/method';
import { knownResources, type ResourceRegistry } from '../../api/resources';
import type { SoapDialect } from '../../api/dialect';
import { similar } from '../../api/traps';
import { callNames, type CallNames } from './call-names';
import { Evidence } from './evidence';
import { mayHoldCalls } from './gate';
import { entryOf, keyOf, type CodeLanguage, type CodeNode, type ExpressionNode, type MapEntry, type MapNode, type Span } from './node';
import { readArguments } from './read';
import { readCode } from './read-code';
import type { CallSite } from './sites';
import type { Code } from './tokens';
import { Variables } from './variables';

/** A call of this API in a file. */
export interface FoundCall extends Span {
  readonly language: CodeLanguage;
  /** As the form of the call shows: `v1` for paths, `wsi` for named arguments or WS-I's wrappers in PHP, `v2` otherwise. */
  readonly dialect: SoapDialect;
  /** Path or operation as written, without `Async`. */
  readonly method: string;
  /** Place of the path (inside its quotes) or the operation. */
  readonly methodSpan: Span;
  /** The method, if the registry has it. */
  readonly known: Method | undefined;
  /** The registry in which methods are looked up. */
  readonly registry: ResourceRegistry;
  /**
   * Arguments without the session. For V1 this is the value passed as `args`, or `undefined` if there is none. Otherwise it is a map by
   * name, which need not exist as such in the code. Variables with a literal value are replaced with it. Arguments that cannot be read are
   * an expression.
   */
  readonly args: CodeNode | undefined;
  /** Whether arguments are in V1's form: a list in order, with filters as a map of attributes. */
  readonly positional: boolean;
}

/** All calls of this API in a file, in order. */
export function findCalls(text: string, language: CodeLanguage, registry: ResourceRegistry = knownResources): readonly FoundCall[] {
  if (!mayHold(text, registry)) return [];
  const file = new CodeFile(readCode(text, language), registry);
  return file.evidence.sites.flatMap((site) => file.callsAt(site));
}

/** Whether a file may hold calls of these resources. */
export function mayHold(text: string, registry: ResourceRegistry): boolean {
  return registry === knownResources ? mayHoldCalls(text) : mayHoldCalls(text, callNames(registry).gate);
}

/** One version of a file: its tokens, its signs of this API, and its variables. */
export class CodeFile {
  readonly names: CallNames;
  readonly evidence: Evidence;
  readonly #variables: Variables;

  constructor(
    readonly code: Code,
    registry: ResourceRegistry,
  ) {
    this.names = callNames(registry);
    this.evidence = new Evidence(code, this.names);
    this.#variables = new Variables(code, this.names);
  }

  /**
   * The calls at a call site: none if it is not a call of this API, several for a `multiCall`.
   * @param typing whether to include calls whose path is still empty or ambiguous
   */
  callsAt(site: CallSite, typing = false): readonly FoundCall[] {
    const reader = new SiteReader(this.code, this.names, this.evidence, this.#variables, site, typing);
    const args = readArguments(this.code, site.open);
    if (site.name === 'call') return reader.v1(args);
    if (site.name === 'multiCall') return reader.multi(args);
    if (site.name !== '__soapCall') return reader.typed(site.name, site.nameSpan, args);
    const [operation, list] = args;
    if (operation?.kind !== 'text') return [];
    const passed = reader.resolve(list);
    const values = passed?.kind === 'list' ? passed.items : passed === undefined ? [] : [{ ...unread(passed), spread: true }];
    if (operation.value === 'call') return reader.v1(values);
    return operation.value === 'multiCall' ? reader.multi(values) : reader.typed(operation.value, operation.inner, values);
  }
}

class SiteReader {
  readonly #language: CodeLanguage;

  constructor(
    private readonly code: Code,
    private readonly names: CallNames,
    private readonly evidence: Evidence,
    private readonly variables: Variables,
    private readonly site: CallSite,
    private readonly typing: boolean,
  ) {
    this.#language = code.language;
  }

  /** `call(session, path, args)`, `callAsync({ sessionId, resourcePath, … })`, or `call(path, args)` of a wrapper. */
  v1(args: readonly CodeNode[]): readonly FoundCall[] {
    const [first, second, third] = args;
    const named = this.resolve(first);
    if (named?.kind === 'map' && entryOf(named, 'resourcePath') !== undefined) {
      return this.#path(entryOf(named, 'resourcePath')?.value, this.#namedArguments(named));
    }
    if (named?.kind === 'text' && this.#isPath(named.value)) return this.evidence.speaks ? this.#path(first, second) : [];
    return this.#maySession(first) ? this.#path(second, third) : [];
  }

  /** `multiCall(session, [[path, args], …])`. */
  multi(args: readonly CodeNode[]): readonly FoundCall[] {
    const [first, second] = args;
    if (first?.kind !== 'map' && !this.#maySession(first)) return [];
    const passed =
      first?.kind === 'map' ? (entryOf(first, 'calls')?.value ?? this.#encoded(entryOf(first, '$xml')?.value, 'calls')) : second;
    const calls = this.resolve(passed);
    if (calls?.kind !== 'list') return [];
    return calls.items.flatMap((call) => (call.kind === 'list' ? this.#path(call.items[0], call.items[1], call) : []));
  }

  /** An operation of V2 or WS-I. */
  typed(operation: string, methodSpan: Span, args: readonly CodeNode[]): readonly FoundCall[] {
    const { registry } = this.names;
    const known = registry.find(operation);
    if (known === undefined && !this.names.isOperation(operation)) return [];
    const [first] = args;
    // `$client->customerCustomerList(...)` makes a function of the method and does not call it.
    if (args.length === 1 && first !== undefined && this.code.text.slice(first.start, first.end) === '...') return [];
    if (!this.#believed(operation, known, first)) return [];
    const common = { ...this.#span, language: this.#language, method: operation, methodSpan, positional: false };
    const passed = this.#typedArguments(known, args);
    // The form of named arguments does not tell V2 from WS-I in the soap package, so the names of both are accepted.
    const own = registry.over(passed.dialect, this.#language === 'typescript');
    return [{ ...common, known: known === undefined ? undefined : own.find(operation), registry: own, ...passed }];
  }

  /** The literal that is the value of a variable or constant; for any other node, the node itself. */
  resolve(node: CodeNode): CodeNode;
  resolve(node: CodeNode | undefined): CodeNode | undefined;
  resolve(node: CodeNode | undefined): CodeNode | undefined {
    return node === undefined ? undefined : this.variables.resolve(node, this.site.token);
  }

  get #span(): Span {
    return { start: this.site.start, end: this.site.end };
  }

  /** Whether an operation belongs to this API, judging by its name, its session, and the file. */
  #believed(operation: string, known: Method | undefined, first: CodeNode | undefined): boolean {
    const { evidence, site } = this;
    const single = this.resolve(first);
    const session = evidence.isSession(first) || (single?.kind === 'map' && entryOf(single, 'sessionId') !== undefined);
    if (!site.member) return known !== undefined && session && evidence.soap;
    if (known !== undefined) return this.names.isCertainOperation(operation) || session || evidence.speaks;
    if (session) return true;
    return (
      evidence.speaks &&
      (!site.own ||
        similar(
          operation,
          this.names.registry.methods.map((method) => method.operation),
        ) !== undefined)
    );
  }

  #typedArguments(known: Method | undefined, args: readonly CodeNode[]): Pick<FoundCall, 'args' | 'dialect'> {
    const [first] = args;
    const single = this.resolve(first);
    const whole: ExpressionNode = { kind: 'expression', start: first?.start ?? this.site.end, end: args.at(-1)?.end ?? this.site.end };
    if (args.some((arg) => arg.kind === 'expression' && arg.spread === true)) return { dialect: 'v2', args: whole };
    // WS-I, and any dialect in the soap package: one map of named arguments.
    if (single?.kind === 'map' && (this.#language === 'typescript' || entryOf(single, 'sessionId') !== undefined)) {
      const entries = single.entries
        .filter(({ key }) => keyOf(key) !== 'sessionId')
        .map((entry) => ({ ...entry, value: this.resolve(entry.value) }));
      const wsi = this.#language === 'php' || entries.some(({ value }) => value !== undefined && wrapped(value));
      return { dialect: wsi ? 'wsi' : 'v2', args: { ...single, entries } };
    }
    if (first !== undefined && !this.#positional(args)) return { dialect: this.#language === 'php' ? 'wsi' : 'v2', args: whole };
    const names = known?.args.map(({ name }) => name) ?? [];
    const entries = args.slice(1).map((value, index): MapEntry => {
      const place = { start: value.start, end: value.start };
      const key: CodeNode = { kind: 'text', value: names[index] ?? `#${index + 1}`, inner: place, quote: '', ...place };
      return { key, value: this.resolve(value), start: value.start, end: value.end };
    });
    const start = Math.min(first?.end ?? this.site.end, this.site.end);
    const map: MapNode = { kind: 'map', entries, start, end: this.site.end };
    return { dialect: 'v2', args: map };
  }

  /** Whether arguments are in order, after the session. A single argument may also be a map of all. */
  #positional(args: readonly CodeNode[]): boolean {
    const [first] = args;
    if (first === undefined) return true;
    if (this.evidence.isSession(first)) return !/^new\b/.test(this.code.text.slice(first.start, first.start + 4));
    if (first.kind === 'text') return true;
    const single = this.resolve(first);
    if (this.#language === 'typescript' || args.length < 2 || single.kind === 'map' || single.kind === 'list') return false;
    return !/^new\b/.test(this.code.text.slice(first.start, first.start + 4));
  }

  /** Whether the first argument of a V1 call may be its session. */
  #maySession(node: CodeNode | undefined): boolean {
    if (node === undefined || node.kind === 'map' || node.kind === 'list' || (node.kind === 'expression' && node.spread === true))
      return false;
    if (this.evidence.isSession(node)) return true;
    // `route.call(this, …)` and `call('GET', …)` are never calls of this API.
    const code = this.code.text.slice(node.start, Math.min(node.end, node.start + 100));
    if (node.kind === 'text' ? /^[A-Z]{3,7}$/.test(node.value) : node.kind === 'scalar' || /^\$?this$/.test(code)) return false;
    return this.evidence.speaks;
  }

  #path(path: CodeNode | undefined, args: CodeNode | undefined, span: Span = this.#span): readonly FoundCall[] {
    const written = this.resolve(path);
    if (written?.kind !== 'text' || !(this.typing || this.#isPath(written.value))) return [];
    const { start, end } = span;
    const { registry } = this.names;
    const known = registry.find(written.value);
    const common = {
      start,
      end,
      language: this.#language,
      dialect: 'v1',
      method: written.value,
      methodSpan: written.inner,
      known,
      registry,
    } as const;
    return [{ ...common, args: this.#inner(this.resolve(args)), positional: true }];
  }

  /** The arguments of `callAsync({ sessionId, resourcePath, … })`. */
  #namedArguments(map: MapNode): CodeNode | undefined {
    const plain = entryOf(map, 'args');
    if (plain !== undefined) return plain.value ?? unread(plain);
    const xml = entryOf(map, '$xml');
    if (xml !== undefined) return this.#encoded(xml.value, 'args') ?? unread(xml);
    return map.entries.every(({ key }) => keyOf(key) !== undefined) ? undefined : unread(map);
  }

  /** The value passed to `encode('args', …)`, a function in our snippets. */
  #encoded(node: CodeNode | undefined, part: string): CodeNode | undefined {
    if (node?.kind !== 'expression') return undefined;
    const token = this.code.at(node.start);
    if (!this.code.is(token, 'encode') || !this.code.is(token + 1, '(')) return undefined;
    const [name, value] = readArguments(this.code, token + 1);
    return name?.kind === 'text' && name.value === part ? value : undefined;
  }

  /** Whether a text is a path of a resource, or a misspelled one. */
  #isPath(text: string): boolean {
    if (this.names.isPath(text)) return true;
    return (
      text.length < 60 &&
      /^\w+\.\w+$/.test(text) &&
      similar(
        text,
        this.names.registry.methods.map(({ id }) => id),
      ) !== undefined
    );
  }

  /** Replaces variables one level down: V1's arguments are mostly written as `[$filters]` or `[$id, $data]`. */
  #inner(node: CodeNode | undefined): CodeNode | undefined {
    if (node?.kind === 'list') return { ...node, items: node.items.map((item) => this.resolve(item)) };
    if (node?.kind === 'map') return { ...node, entries: node.entries.map((entry) => ({ ...entry, value: this.resolve(entry.value) })) };
    return node;
  }
}

function unread({ start, end }: Span): ExpressionNode {
  return { kind: 'expression', start, end };
}

/** Whether a value has WS-I's wrapper anywhere. */
function wrapped(node: CodeNode): boolean {
  if (node.kind === 'list') return node.items.some(wrapped);
  return (
    node.kind === 'map' &&
    node.entries.some(({ key, value }) => keyOf(key) === 'complexObjectArray' || (value !== undefined && wrapped(value)))
  );
}
