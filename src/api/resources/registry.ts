import type { Dialect } from '../dialect';
import type { Method } from '../method';
import { protocolOperations } from '../protocol';
import { entitiesAmong, type EntityType } from '../types';
import { customer } from './customer';
import { customerAddress } from './customer-address';
import { customerGroup } from './customer-group';
import { listPath, type FilterableResource, type Resource } from './resource';

/**
 * Methods of a registry beyond those of its own resources: those of a store or a product, read from its description. Made by
 * `api/store-methods/registry.ts`.
 */
export interface FurtherMethods {
  /** Their owner, for the beginning of a sentence: `The store`. */
  readonly owner: string;
  /** Whether a method that is missing here does not exist. The description of a product lacks methods that extensions add to a store. */
  readonly complete: boolean;
  readonly methods: readonly Method[];
  /** Their resources, with the prefixes of their paths and operations. `operations` is empty. */
  readonly resources: readonly Resource[];
  find(name: string): Method | undefined;
  resourceOf(method: Method): Resource | undefined;
  /**
   * The same methods with their names and types in a dialect.
   * @param anyName whether names of other dialects are accepted too
   */
  over(dialect: Dialect, anyName: boolean): FurtherMethods;
}

/**
 * The known resources with their methods. Code about resources takes a registry, by default {@link knownResources}, so that a test can add
 * a resource.
 */
export class ResourceRegistry {
  readonly #own: readonly Method[];
  readonly #methods: ReadonlyMap<string, Method>;
  readonly #resources: ReadonlyMap<Method, Resource>;
  readonly #over = new WeakMap<FurtherMethods, ResourceRegistry>();
  #all: readonly Method[] | undefined;
  #entities: readonly EntityType[] | undefined;

  /** @param further methods beyond those of the resources, which take precedence */
  constructor(
    readonly resources: readonly Resource[],
    readonly further?: FurtherMethods,
  ) {
    const all = resources.flatMap((resource) => methodsOf(resource).map((method) => ({ resource, method })));
    this.#own = all.map(({ method }) => method);
    this.#methods = new Map(this.#own.flatMap((method) => [[method.id, method] as const, [method.operation, method] as const]));
    this.#resources = new Map(all.map(({ resource, method }) => [method, resource]));
  }

  /** The methods of all resources, in their order, followed by the further ones. */
  get methods(): readonly Method[] {
    return (this.#all ??= [...this.#own, ...(this.further?.methods ?? []).filter(({ id, operation }) => !this.#has(id, operation))]);
  }

  /** Every entity that methods and operations of the protocol take or return, without duplicates. */
  get entities(): readonly EntityType[] {
    return (this.#entities ??= entitiesAmong([
      ...this.methods.flatMap((method) => [...method.args.map(({ type }) => type), method.result.type]),
      ...protocolOperations.flatMap((operation) => [...operation.args.map(({ type }) => type), operation.result]),
    ]));
  }

  /** Finds a method by its path or its V2 operation; `undefined` when no resource has it. */
  find(name: string): Method | undefined {
    return this.#methods.get(name) ?? this.further?.find(name);
  }

  /** The same registry with the names and types of further methods in a dialect, see {@link FurtherMethods.over}. */
  over(dialect: Dialect, anyName: boolean): ResourceRegistry {
    const further = this.further?.over(dialect, anyName);
    if (further === undefined || further === this.further) return this;
    let over = this.#over.get(further);
    if (over === undefined) this.#over.set(further, (over = new ResourceRegistry(this.resources, further)));
    return over;
  }

  /** Whether a method is one of the further ones, known from a description only. */
  isDescribed(method: Method): boolean {
    return !this.#resources.has(method);
  }

  #has(...names: readonly string[]): boolean {
    return names.some((name) => this.#methods.has(name));
  }

  /** The resource of a method. A text is its path or its operation. */
  resourceOf(method: Method | string): Resource | undefined {
    const found = typeof method === 'string' ? this.find(method) : method;
    return found === undefined ? undefined : (this.#resources.get(found) ?? this.further?.resourceOf(found));
  }

  /** The resource with a name. */
  resource(name: string): Resource | undefined {
    return this.resources.find((resource) => resource.name === name);
  }

  /** The resources whose lists can be filtered. */
  get filterable(): readonly FilterableResource[] {
    return this.resources.filter(isFilterable);
  }

  /** The method that lists the rows of a resource by filters. @throws {Error} if it is missing */
  listOf(resource: FilterableResource): Method {
    const method = this.find(listPath(resource));
    if (method === undefined) throw new Error(`No resource has ${listPath(resource)}.`);
    return method;
  }
}

/** Whether the rows of a resource can be filtered. */
export function isFilterable(resource: Resource | undefined): resource is FilterableResource {
  return resource?.filtered !== undefined;
}

/** The resources of the customer family. */
export const knownResources = new ResourceRegistry([customer, customerGroup, customerAddress]);

/** The operations of a resource as methods with their full names. */
function methodsOf({ name, prefix, operations, faults }: Resource): readonly Method[] {
  return Object.entries(operations).map(([verb, { faults: meanings = [], ...operation }]) => ({
    ...operation,
    id: `${name}.${verb}`,
    operation: `${prefix}${verb.slice(0, 1).toUpperCase()}${verb.slice(1)}`,
    faults: meanings.flatMap((meaning) => faults.filter((fault) => fault.meaning === meaning).map(({ code, doc }) => ({ code, doc }))),
  }));
}
