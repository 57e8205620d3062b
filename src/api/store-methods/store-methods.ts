import { isWrite } from '../access';
import { TypeTable } from '../described-types';
import { facets, writtenIn } from '../dialect-facets';
import { isSoap, type Dialect } from '../dialect';
import type { Method } from '../method';
import { any, type WireType } from '../types';
import {
  DESCRIPTION_VERSION,
  keptDescription,
  parseParts,
  parseType,
  partsText,
  type KeptDescription,
  type KeptMethod,
  type KeptPart,
  type KeptResource,
} from './kept';
import { isRestRequest, pathParameters, restRequest } from '../rest-request';
import { operationOfPath, operationsOfPath } from './names';

/** The two dialects whose WSDLs name methods. */
export type DescribedDialect = 'v2' | 'wsi';

/** A resource of a store, in the store's own words. Those are text of somebody else: show them as text only. */
export interface StoreResource {
  /** What paths begin with, such as `sales_order`. Operations whose path is unknown stand for themselves. */
  readonly name: string;
  /** Other names of it, such as `order`. */
  readonly aliases: readonly string[];
  readonly title: string | undefined;
  readonly description: string | undefined;
  readonly methods: readonly StoreMethod[];
  /** What `resourceFaults` lists for it; `undefined` when it was not asked. */
  readonly faults: readonly { readonly code: string; readonly message: string }[] | undefined;
}

/** One argument of a method. V1 takes it by its place, V2 and WS-I by a name, which may differ between the two. */
export interface StoreArgument {
  /** Name that it goes by here: V2's, or WS-I's where V2 has none. */
  readonly name: string;
  /** Names over V2 and over WS-I; `undefined` where that dialect does not have the argument, or was not read. */
  readonly names: { readonly v2: string | undefined; readonly wsi: string | undefined };
  readonly type: WireType;
  /** `true`: may be left out, `false`: must be given, `undefined`: nothing that was read says it (V2's WSDL alone does not). */
  readonly optional: boolean | undefined;
}

/** One method of a store. */
export interface StoreMethod {
  /** Path over V1 such as `sales_order.list`; `undefined` when only the operation is known. */
  readonly path: string | undefined;
  /** Operation over V2 and WS-I such as `salesOrderList`; `undefined` when no WSDL that was read has it. */
  readonly operation: string | undefined;
  /** What it is called here: its path, or its operation where the path is unknown. */
  readonly id: string;
  readonly resource: string;
  /** What the path ends with, such as `list`. */
  readonly name: string;
  /** Other paths of it, such as `order.list`. */
  readonly aliases: readonly string[];
  readonly title: string | undefined;
  readonly description: string | undefined;
  /** Whether the API user may call it: what `resources` listed. `undefined` when `resources` was not asked. */
  readonly callable: boolean | undefined;
  /** Dialects in which it can be called, as far as is known. */
  readonly dialects: readonly Dialect[];
  readonly access: 'read' | 'write';
  /** Arguments in V1's order, without the session; `undefined` when no WSDL describes them. */
  readonly args: readonly StoreArgument[] | undefined;
  /** Type of the result; `any` when no WSDL describes it. */
  readonly result: WireType;
}

/**
 * All methods of one store, found by any of their names, with arguments and types, made of its WSDLs and of its answer to `resources`
 * (`soap/wsdl/store-methods.ts` makes the description). No method is written by hand. Types and arguments are worked out when they are
 * asked for, so a kept description loads in a few milliseconds.
 *
 * @example
 * const methods = StoreMethods.read(JSON.parse(text));
 * methods?.find('sales_order.list')?.args?.map(({ name }) => name); // ['filters']
 */
export class StoreMethods {
  readonly resources: readonly StoreResource[];
  /** The methods of all resources, in their order. */
  readonly methods: readonly StoreMethod[];
  readonly #resources = new Map<string, StoreResource>();
  readonly #byName = new Map<string, StoreMethod>();
  readonly #kept = new WeakMap<StoreMethod, KeptMethod>();
  readonly #tables: Readonly<Record<DescribedDialect, TypeTable>>;
  /** Requests to REST by what their paths look like, and those with values in their paths that were asked for. */
  readonly #templates = new Map<string, StoreMethod[]>();
  readonly #literal = new Map<string, StoreMethod>();

  constructor(readonly description: KeptDescription) {
    const { types, wsiTypes = {} } = description;
    const lookUp = (name: string, ...tables: readonly Readonly<Record<string, string>>[]): string | undefined =>
      tables.find((table) => Object.hasOwn(table, name))?.[name];
    const parsed = (text: string | undefined): ReturnType<typeof parseType> | undefined =>
      text === undefined ? undefined : parseType(text);
    this.#tables = {
      v2: new TypeTable((name) => parsed(lookUp(name, types, wsiTypes))),
      wsi: new TypeTable((name) => parsed(lookUp(name, wsiTypes, types))),
    };
    this.resources = description.resources.map((resource) => this.#resource(resource));
    for (const resource of this.resources) if (!this.#resources.has(resource.name)) this.#resources.set(resource.name, resource);
    this.methods = this.resources.flatMap(({ methods }) => methods);
    // Paths and operations go before aliases: an alias must not hide a method of that name.
    for (const method of this.methods) for (const name of [method.path, method.operation]) this.#name(name, method);
    for (const method of this.methods) for (const alias of method.aliases) this.#name(alias, method);
    for (const method of this.methods.filter(({ dialects }) => dialects.some((dialect) => !isSoap(dialect)))) {
      this.#name(method.id, method);
      const shape = shapeOf(method.id);
      const alike = this.#templates.get(shape);
      if (alike === undefined) this.#templates.set(shape, [method]);
      else alike.push(method);
    }
  }

  /** A description that was kept, or `undefined` when it is of another version or is not one. */
  static read(kept: unknown): StoreMethods | undefined {
    const read = keptDescription.safeParse(kept);
    return read.success ? new StoreMethods(read.data) : undefined;
  }

  /** A description of nothing, as of a store that was not read yet. */
  static get empty(): StoreMethods {
    return new StoreMethods({ version: DESCRIPTION_VERSION, namespace: '', from: [], resources: [], types: {} });
  }

  /**
   * Whether a whole WSDL or OpenAPI document is part of it, which names every method; the list of resources names only what the user may
   * call.
   */
  get isWhole(): boolean {
    const { cutOff, from } = this.description;
    return this.isRest || (cutOff !== true && from.some((part) => facets[part].describesMethods));
  }

  /** Whether it is of requests to REST, made of an OpenAPI document. */
  get isRest(): boolean {
    return this.description.from.includes('rest');
  }

  /**
   * Finds a method by its path, its operation or an alias. Names mean themselves: upper and lower case count, as for V1. A request to REST
   * is found by its path as the store describes it, `GET /products/{id}`, and with values in it, `GET /products/5`; then it lacks the
   * arguments that these are.
   */
  find(name: string): StoreMethod | undefined {
    if (isRestRequest(name)) return this.#byName.get(name) ?? this.#filled(name);
    const names = [name, ...operationsOfPath(name)];
    return names.map((each) => this.#byName.get(each)).find((method) => method !== undefined);
  }

  /**
   * Methods that a search means: every word stands in a name or in the store's words, whatever its case.
   * `catalog_product.list`, `catalogProductList`, `product list` and `stock` all find something; `catalog_*` is a pattern for names.
   */
  search(words: string): readonly StoreMethod[] {
    const wanted = words
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word !== '');
    const tests = wanted.map((word) =>
      word.includes('*') ? patternTest(word) : (method: StoreMethod) => textOf(method, this).includes(word),
    );
    return this.methods.filter((method) => tests.every((test) => test(method)));
  }

  /**
   * Methods that are named: by a path, an operation or another name of them, by their resource, or by a pattern of these such as
   * `catalog_*`. In the order of the store, each once.
   */
  fitting(patterns: readonly string[]): readonly StoreMethod[] {
    const tests = patterns.map((pattern) => patternTest(pattern.toLowerCase()));
    const resources = new Set(patterns);
    return this.methods.filter((method) => resources.has(method.resource) || tests.some((test) => test(method)));
  }

  /** The resource of a method. */
  resourceOf({ resource }: StoreMethod): StoreResource | undefined {
    return this.#resources.get(resource);
  }

  /**
   * A method as codecs and generators take it: with the names and types that its arguments have in a dialect. V1 has no names of its own
   * and goes by V2's.
   */
  asMethod(method: StoreMethod, dialect: Dialect): Method {
    const described: DescribedDialect = facets[writtenIn(dialect)].style === 'document' ? 'wsi' : this.#has(method, 'v2') ? 'v2' : 'wsi';
    const kept = this.#kept.get(method);
    const result = parseParts(kept?.result ?? '')[0]?.[described];
    return {
      id: method.id,
      operation: method.operation ?? (isRestRequest(method.id) ? method.id : operationOfPath(method.id)),
      ...(kept?.wrapper === undefined ? {} : { wrapper: kept.wrapper }),
      access: method.access,
      right: '',
      title: method.title ?? method.id,
      doc: method.description ?? '',
      args: parseParts(kept?.args ?? '').flatMap((part) => {
        const own = part[described];
        if (own === undefined) return [];
        const type = this.#tables[described].of(own.type);
        const isEmptied = !isRestRequest(method.id) && method.access === 'read' && (type.kind === 'list' || type.kind === 'entity');
        const emptyElement = part.optional === false && isEmptied;
        const optional = part.optional !== false || emptyElement;
        return [{ name: own.name, type, doc: '', ...(optional ? { optional } : {}), ...(emptyElement ? { emptyElement } : {}) }];
      }),
      result: {
        type: result === undefined ? any : this.#tables[described].of(result.type),
        part: facets[described].resultPart ?? result?.name ?? 'result',
        doc: '',
      },
      faults: this.resourceOf(method)?.faults?.map(({ code, message }) => ({ code, doc: message })) ?? [],
    };
  }

  #has(method: StoreMethod, dialect: DescribedDialect): boolean {
    const kept = this.#kept.get(method);
    return this.description.from.includes(dialect) && kept?.operation !== undefined && (kept.only ?? dialect) === dialect;
  }

  #name(name: string | undefined, method: StoreMethod): void {
    if (name !== undefined && !this.#byName.has(name)) this.#byName.set(name, method);
  }

  #resource(kept: KeptResource): StoreResource {
    return {
      name: kept.name,
      aliases: kept.aliases ?? [],
      title: kept.title,
      description: kept.description,
      faults: kept.faults,
      methods: kept.methods.map((method) => this.#method(kept, method)),
    };
  }

  #method(resource: KeptResource, kept: KeptMethod): StoreMethod {
    const path = resource.pathless === true ? undefined : `${resource.name}.${kept.name}`;
    const operation = kept.operation;
    const id = path ?? operation ?? kept.name;
    const { from } = this.description;
    const described = (['v2', 'wsi'] as const).filter((dialect) => from.includes(dialect) && (kept.only ?? dialect) === dialect);
    const argsOf = (): readonly StoreArgument[] | undefined =>
      kept.args === undefined ? undefined : parseParts(kept.args).flatMap((part) => this.#argument(part));
    const resultOf = (): WireType => this.#typeOf(parseParts(kept.result ?? '')[0]);
    let args: readonly StoreArgument[] | undefined;
    let result: WireType | undefined;
    const method: StoreMethod = {
      path,
      operation,
      id,
      resource: resource.name,
      name: kept.name,
      aliases: kept.aliases ?? [],
      title: kept.title,
      description: kept.description,
      callable: kept.callable,
      dialects: isRestRequest(id)
        ? ['rest']
        : [...(path === undefined ? [] : (['v1'] as const)), ...(operation === undefined ? [] : described)],
      // Whichever of its names says that it writes is right: taking a read for a write is the safe mistake.
      access: [path, operation ?? id].some((name) => name !== undefined && isWrite(name)) ? 'write' : 'read',
      get args() {
        return (args ??= argsOf());
      },
      get result() {
        return (result ??= resultOf());
      },
    };
    this.#kept.set(method, kept);
    return method;
  }

  /** A request whose path has values where the description has names. */
  #filled(name: string): StoreMethod | undefined {
    const known = this.#literal.get(name);
    if (known !== undefined) return known;
    const segments = segmentsOf(name);
    const found = this.#templates
      .get(shapeOf(name))
      ?.filter(({ id }) => segmentsOf(id).every((segment, index) => isParameter(segment) || segment === segments[index]))
      // A path that says more literally goes before: /customers/me before /customers/{id}.
      .toSorted((one, other) => pathParameters(one.id).length - pathParameters(other.id).length)[0];
    const kept = found === undefined ? undefined : this.#kept.get(found);
    const resource = found === undefined ? undefined : this.description.resources.find((each) => each.name === found.resource);
    if (found === undefined || kept === undefined || resource === undefined) return undefined;
    // What stands in the path is not given a second time; names that are left in it are.
    const left = pathParameters(name).length > 0;
    const args = parseParts(kept.args ?? '').filter((part) => left || part.v2?.name !== 'path');
    const method = this.#method(resource, { ...kept, name, args: partsText(args) });
    if (this.#literal.size >= MAX_LITERALS) this.#literal.clear();
    this.#literal.set(name, method);
    return method;
  }

  #argument(part: KeptPart): readonly StoreArgument[] {
    const name = part.v2?.name ?? part.wsi?.name;
    if (name === undefined) return [];
    const { from: read, filled } = this.description;
    const from = (dialect: DescribedDialect): string | undefined =>
      filled === true || read.includes(dialect) ? part[dialect]?.name : undefined;
    return [{ name, names: { v2: from('v2'), wsi: from('wsi') }, type: this.#typeOf(part), optional: part.optional }];
  }

  #typeOf(part: KeptPart | undefined): WireType {
    if (part?.v2 !== undefined) return this.#tables.v2.of(part.v2.type);
    return part?.wsi === undefined ? any : this.#tables.wsi.of(part.wsi.type);
  }
}

/** Requests with values in their paths that are remembered. */
const MAX_LITERALS = 500;

/** What two requests have in common that may be the same: the verb and how many parts the path has. */
function shapeOf(name: string): string {
  return `${restRequest(name)?.verb ?? ''} ${segmentsOf(name).length}`;
}

function segmentsOf(name: string): readonly string[] {
  return (restRequest(name)?.path ?? '').split('/').slice(1);
}

function isParameter(segment: string): boolean {
  return /^\{\w+\}$/.test(segment);
}

function textOf(method: StoreMethod, methods: StoreMethods): string {
  const { id, path, operation, aliases, title, description } = method;
  const resource = methods.resourceOf(method)?.title;
  return [id, path, operation, ...aliases, title, description, resource].join('\n').toLowerCase();
}

/** A pattern such as `catalog_*`, which paths and operations fit as a whole. */
function patternTest(pattern: string): (method: StoreMethod) => boolean {
  const parts = pattern.split('*');
  if (parts.length === 1)
    return ({ id, path, operation, aliases }) => [id, path, operation, ...aliases].some((name) => name?.toLowerCase() === pattern);
  return ({ id, path, operation, aliases }) =>
    [id, path, operation, ...aliases].some((name) => name !== undefined && fits(name.toLowerCase(), parts));
}

/** Whether a text is made of these parts with anything between them; in linear time, whatever the pattern. */
function fits(text: string, parts: readonly string[]): boolean {
  const [first = '', ...rest] = parts;
  const last = rest.pop() ?? '';
  if (!text.startsWith(first) || text.length < first.length + last.length || !text.endsWith(last)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= text.length - last.length;
}
