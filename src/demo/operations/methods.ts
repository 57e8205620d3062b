import type { Generation } from '../../api/generations';
import type { Method } from '../../api/method';
import { protocolOperations } from '../../api/protocol';
import { isFilterable, knownResources, type Resource, type ResourceRegistry } from '../../api/resources';
import { requestElement } from '../serve/wsdl-operation';
import * as address from './address';
import type { DemoMethod, Operation } from './answer';
import * as customer from './customer';
import * as group from './group';
import { PlainRows } from './plain';
import * as directory from './shop/directory';
import * as orders from './shop/orders';
import * as products from './shop/products';
import { versionOperation, withVersion } from './version';

export type { DemoMethod } from './answer';

type OwnCode = Readonly<Record<string, (type: Method['result']['type']) => Operation>>;

/** Implementations that set the type of their result themselves. */
function typed(operations: Readonly<Record<string, Operation>>): OwnCode {
  return Object.fromEntries(Object.entries(operations).map(([verb, run]) => [verb, () => run]));
}

/** Resources with behaviour that was recorded. All others use {@link PlainRows}. */
const ownCode: Readonly<Record<string, OwnCode>> = {
  customer: typed({
    list: customer.list,
    create: customer.create,
    info: customer.info,
    update: customer.update,
    delete: customer.remove,
  }),
  customer_address: typed({
    list: address.list,
    create: address.create,
    info: address.info,
    update: address.update,
    delete: address.remove,
  }),
  customer_group: { list: group.list },
  directory_country: { list: directory.countries },
  directory_region: { list: directory.regions },
  catalog_product: { list: products.list, info: products.info },
  sales_order: { list: orders.list, info: orders.info },
};

/** The methods that one demo store serves, and the rows of resources without their own implementation. */
export class DemoMethods {
  /** The offered resources: those that were given, and those by which the generation reports its version. */
  readonly registry: ResourceRegistry;
  readonly #methods: ReadonlyMap<string, DemoMethod>;
  readonly #byElement: ReadonlyMap<string, string>;
  readonly #plain: PlainRows[] = [];

  constructor(
    private readonly generation: Generation,
    registry: ResourceRegistry = knownResources,
  ) {
    this.registry = withVersion(registry, generation);
    const all = this.registry.resources.flatMap((resource) => this.#methodsOf(resource));
    this.#methods = new Map(all);
    const protocol = protocolOperations.filter(({ id, v1Only }) => v1Only !== true && id !== 'startSession');
    this.#byElement = new Map([
      ...protocol.map((operation) => [requestElement(operation), operation.id] as const),
      ...this.registry.methods.map((method) => [requestElement(method), method.operation] as const),
    ]);
  }

  /** Finds a method by its path, by a path of an alias of its resource, or by its V2 operation. */
  find(name: string): DemoMethod | undefined {
    return this.#methods.get(name);
  }

  /**
   * Takes a snapshot of the rows of resources without their own implementation. @returns a function that restores it, any number of times
   */
  snapshot(): () => void {
    const back = this.#plain.map((rows) => rows.snapshot());
    return () => {
      for (const each of back) each();
    };
  }

  /** Operation of a WS-I request by the element in its body. */
  operationOf(element: string): string | undefined {
    return this.#byElement.get(element);
  }

  #methodsOf(resource: Resource): readonly (readonly [name: string, DemoMethod])[] {
    const own = Object.hasOwn(ownCode, resource.name) ? ownCode[resource.name] : undefined;
    const version = versionOperation(resource.name, this.generation);
    const plain = own === undefined && version === undefined ? new PlainRows(resource) : undefined;
    if (plain !== undefined) this.#plain.push(plain);
    const methods = this.registry.methods.filter((method) => this.registry.resourceOf(method) === resource);
    return methods.flatMap((method) => {
      const verb = method.id.slice(resource.name.length + 1);
      const run = version ?? plain?.operation(method) ?? own?.[verb]?.(method.result.type);
      if (run === undefined) return [];
      // PHP requires the filters argument, which may be empty but not left out (wire v1/10).
      const insists = isFilterable(resource) ? resource.filtered.argument : undefined;
      const required = method.args.filter(({ name, optional }) => optional !== true || name === insists).length;
      const demo: DemoMethod = { method, run, php: `${resource.demo.phpClass}::${verb === 'list' ? 'items' : verb}`, required };
      const paths = [resource.name, ...(resource.aliases ?? [])].map((name) => `${name}.${verb}`);
      return [...paths, method.operation].map((name) => [name, demo] as const);
    });
  }
}
