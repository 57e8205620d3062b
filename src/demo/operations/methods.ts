import type { Generation } from '../../api/generations';
import { knownResources, type Resource, type ResourceRegistry } from '../../api/resources';
import { protocolOperations } from '../../api/protocol';
import { requestElement } from '../serve/wsdl-operation';
import * as address from './address';
import type { DemoMethod, Operation } from './answer';
import * as customer from './customer';
import { PlainRows } from './plain';
import { findVersionMethod, versionMethods } from './version';

export type { DemoMethod } from './answer';

/** Resources with rules that were recorded. Others are plain rows. */
const ownCode: Readonly<Record<string, Readonly<Record<string, Operation>>>> = {
  customer: { list: customer.list, create: customer.create, info: customer.info, update: customer.update, delete: customer.remove },
  customer_address: { list: address.list, create: address.create, info: address.info, update: address.update, delete: address.remove },
};

/** The methods that one demo store serves, with the rows of resources that it has no code of its own for. */
export class DemoMethods {
  readonly #methods: ReadonlyMap<string, DemoMethod>;
  readonly #byElement: ReadonlyMap<string, string>;

  constructor(
    private readonly generation: Generation,
    readonly registry: ResourceRegistry = knownResources,
  ) {
    const all = registry.resources.flatMap((resource) => methodsOf(resource, registry));
    this.#methods = new Map(all.flatMap((demo) => [[demo.method.id, demo] as const, [demo.method.operation, demo] as const]));
    const protocol = protocolOperations.filter(({ id, v1Only }) => v1Only !== true && id !== 'startSession');
    this.#byElement = new Map([
      ...protocol.map((operation) => [requestElement(operation), operation.id] as const),
      ...[...registry.methods, ...versionMethods(generation)].map((method) => [requestElement(method), method.operation] as const),
    ]);
  }

  /** Finds a method by its path or its V2 operation. */
  find(name: string): DemoMethod | undefined {
    return this.#methods.get(name) ?? findVersionMethod(name, this.generation);
  }

  /** Operation of a WS-I request by the element in its body. */
  operationOf(element: string): string | undefined {
    return this.#byElement.get(element);
  }
}

function methodsOf(resource: Resource, registry: ResourceRegistry): readonly DemoMethod[] {
  const own = Object.hasOwn(ownCode, resource.name) ? ownCode[resource.name] : undefined;
  const plain = own === undefined ? new PlainRows(resource) : undefined;
  const methods = registry.methods.filter((method) => registry.resourceOf(method) === resource);
  return methods.flatMap((method): readonly DemoMethod[] => {
    const verb = method.id.slice(resource.name.length + 1);
    const run = plain?.operation(method) ?? own?.[verb];
    if (run === undefined) return [];
    // PHP insists on filters, which may be empty but not left out (wire v1/10).
    const required = method.args.filter(({ name, optional }) => optional !== true || name === resource.filtered?.argument).length;
    return [{ method, run, php: `${resource.demo.phpClass}::${verb === 'list' ? 'items' : verb}`, required }];
  });
}
