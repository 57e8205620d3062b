import type { Method } from '../method';
import { protocolOperations } from '../protocol';
import { entitiesAmong, type EntityType } from '../types';
import { customer } from './customer';
import { customerAddress } from './customer-address';
import { customerGroup } from './customer-group';
import { listPath, type FilterableResource, type Resource } from './resource';

/**
 * Resources that are known, with their methods. Whatever speaks of resources takes one, and {@link knownResources} where nothing else
 * is given, so that a test can add a resource of its own.
 */
export class ResourceRegistry {
  /** The methods of all resources, in their order. */
  readonly methods: readonly Method[];
  /** Every entity that methods and operations of the protocol take or return, each once. */
  readonly entities: readonly EntityType[];
  readonly #methods: ReadonlyMap<string, Method>;
  readonly #resources: ReadonlyMap<Method, Resource>;

  constructor(readonly resources: readonly Resource[]) {
    const all = resources.flatMap((resource) => methodsOf(resource).map((method) => ({ resource, method })));
    this.methods = all.map(({ method }) => method);
    this.#methods = new Map(this.methods.flatMap((method) => [[method.id, method] as const, [method.operation, method] as const]));
    this.#resources = new Map(all.map(({ resource, method }) => [method, resource]));
    this.entities = entitiesAmong([
      ...this.methods.flatMap((method) => [...method.args.map(({ type }) => type), method.result.type]),
      ...protocolOperations.flatMap((operation) => [...operation.args.map(({ type }) => type), operation.result]),
    ]);
  }

  /** Finds a method by its path or its V2 operation; `undefined` when no resource has it. */
  find(name: string): Method | undefined {
    return this.#methods.get(name);
  }

  /** The resource of a method, given by its path, by its operation or as found here. */
  resourceOf(method: Method | string): Resource | undefined {
    const found = typeof method === 'string' ? this.find(method) : method;
    return found === undefined ? undefined : this.#resources.get(found);
  }

  /** The resource of that name. */
  resource(name: string): Resource | undefined {
    return this.resources.find((resource) => resource.name === name);
  }

  /** The resources whose lists can be filtered. */
  get filterable(): readonly FilterableResource[] {
    return this.resources.filter(isFilterable);
  }

  /** The method that lists the rows of a resource by filters. */
  listOf(resource: FilterableResource): Method {
    const method = this.find(listPath(resource));
    if (method === undefined) throw new Error(`No resource has ${listPath(resource)}.`);
    return method;
  }
}

/** Whether rows of a resource can be filtered. */
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
