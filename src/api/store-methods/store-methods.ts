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

/** A resource of a store. Its title and description come from the store and are not trusted: show them as text only. */
export interface StoreResource {
  /** Prefix of its paths, such as `sales_order`. An operation with an unknown path is a resource with its own name. */
  readonly name: string;
  /** Aliases of the resource, such as `order`. */
  readonly aliases: readonly string[];
  readonly title: string | undefined;
  readonly description: string | undefined;
  readonly methods: readonly StoreMethod[];
  /** Faults from `resourceFaults`; `undefined` if it was not called. */
  readonly faults: readonly { readonly code: string; readonly message: string }[] | undefined;
}

/** One argument of a method. V1 identifies it by its position, V2 and WS-I by its name, which may differ between the two. */
export interface StoreArgument {
  /** Its name here: that of V2, or of WS-I if V2 does not have it. */
  readonly name: string;
  /** Names in V2 and WS-I; `undefined` if the dialect does not have the argument, or was not read. */
  readonly names: { readonly v2: string | undefined; readonly wsi: string | undefined };
  readonly type: WireType;
  /** `true`: optional, `false`: required, `undefined`: not known from the sources (V2's WSDL does not say). */
  readonly optional: boolean | undefined;
}

/** One method of a store. */
export interface StoreMethod {
  /** Path in V1 such as `sales_order.list`; `undefined` when only the operation is known. */
  readonly path: string | undefined;
  /** Operation in V2 and WS-I such as `salesOrderList`; `undefined` when no WSDL has it. */
  readonly operation: string | undefined;
  /** Its name here: its path, or its operation if the path is unknown. */
  readonly id: string;
  readonly resource: string;
  /** Last part of the path, such as `list`. */
  readonly name: string;
  /** Other paths of the method, such as `order.list`. */
  readonly aliases: readonly string[];
  readonly title: string | undefined;
  readonly description: string | undefined;
  /** Whether `resources` listed it for the API user; `undefined` if `resources` was not called. */
  readonly callable: boolean | undefined;
  /** Dialects in which it can be called, as far as known. */
  readonly dialects: readonly Dialect[];
  readonly access: 'read' | 'write';
  /** Arguments in V1's order, without the session; `undefined` when no WSDL describes them. */
  readonly args: readonly StoreArgument[] | undefined;
  /** Type of the result; `any` when no WSDL describes it. */
  readonly result: WireType;
}

/**
 * All methods of one store with arguments and types, found by any of their names. They are made from its WSDLs and its answer to
 * `resources` (`soap/wsdl/store-methods.ts` makes the description), and none is handwritten. Types and arguments are parsed when needed, so
 * a saved description loads in a few milliseconds.
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
  /** REST requests by the shape of their paths, and a cache of requests with values in their paths. */
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
    // Paths and operations are added first: an alias must not hide a method with that name.
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

  /** Reads a saved description; `undefined` when it has another version or is invalid. */
  static read(kept: unknown): StoreMethods | undefined {
    const read = keptDescription.safeParse(kept);
    return read.success ? new StoreMethods(read.data) : undefined;
  }

  /** An empty description, for a store that was not read yet. */
  static get empty(): StoreMethods {
    return new StoreMethods({ version: DESCRIPTION_VERSION, namespace: '', from: [], resources: [], types: {} });
  }

  /**
   * Whether its sources include a whole WSDL or OpenAPI document, which names every method. The answer to `resources` only has the methods
   * that the user may call.
   */
  get isWhole(): boolean {
    const { cutOff, from } = this.description;
    return this.isRest || (cutOff !== true && from.some((part) => facets[part].describesMethods));
  }

  /** Whether it has REST requests, from an OpenAPI document. */
  get isRest(): boolean {
    return this.description.from.includes('rest');
  }

  /**
   * Finds a method by its path, its operation or an alias. Case matters, as in V1. A REST request is found by its path in the description,
   * `GET /products/{id}`, and with values in the path, `GET /products/5`. The latter has no arguments for these values.
   */
  find(name: string): StoreMethod | undefined {
    if (isRestRequest(name)) return this.#byName.get(name) ?? this.#filled(name);
    const names = [name, ...operationsOfPath(name)];
    return names.map((each) => this.#byName.get(each)).find((method) => method !== undefined);
  }

  /**
   * Methods that match a search: every word is in a name or in the store's texts. Case is ignored. `catalog_product.list`,
   * `catalogProductList`, `product list` and `stock` all find methods; `catalog_*` is a pattern for names.
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
   * Methods chosen by a path, an operation, an alias, a resource, or a pattern such as `catalog_*`. In the order of the store, without
   * duplicates.
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

  /** A method in the form of the catalogue, with the names and types of its arguments in a dialect. For V1 these are V2's. */
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
      // If any of its names is that of a write, it is one: taking a read for a write is the safe mistake.
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

  /** Finds a request whose path has values for the parameters of the description. */
  #filled(name: string): StoreMethod | undefined {
    const known = this.#literal.get(name);
    if (known !== undefined) return known;
    const segments = segmentsOf(name);
    const found = this.#templates
      .get(shapeOf(name))
      ?.filter(({ id }) => segmentsOf(id).every((segment, index) => isParameter(segment) || segment === segments[index]))
      // The path with the fewest parameters wins: /customers/me before /customers/{id}.
      .toSorted((one, other) => pathParameters(one.id).length - pathParameters(other.id).length)[0];
    const kept = found === undefined ? undefined : this.#kept.get(found);
    const resource = found === undefined ? undefined : this.description.resources.find((each) => each.name === found.resource);
    if (found === undefined || kept === undefined || resource === undefined) return undefined;
    // The argument `path` is only needed if parameters are left in the path.
    const left = pathParameters(name).length > 0;
    const args = parseParts(kept.args ?? '').filter((part) => left || part.v2?.name !== 'path');
    const method = this.#method(resource, { ...kept, name, args: partsText(args) });
    if (this.#literal.size >= MAX_CACHED_REQUESTS) this.#literal.clear();
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

/** The most requests with values in their paths that are cached. */
const MAX_CACHED_REQUESTS = 500;

/** A key for requests that may match: the verb and the number of parts in the path. */
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

/** A pattern such as `catalog_*`. It must match a whole path or operation. */
function patternTest(pattern: string): (method: StoreMethod) => boolean {
  const parts = pattern.split('*');
  if (parts.length === 1)
    return ({ id, path, operation, aliases }) => [id, path, operation, ...aliases].some((name) => name?.toLowerCase() === pattern);
  return ({ id, path, operation, aliases }) =>
    [id, path, operation, ...aliases].some((name) => name !== undefined && fits(name.toLowerCase(), parts));
}

/** Whether a text has these parts in order, with any text between them. Takes linear time for any pattern. */
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
