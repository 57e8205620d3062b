import { t } from '../../l10n/texts';
import { toToolkitError } from '../../api/errors';
import type { StoreMethod, StoreMethods, StoreResource } from '../../api/store-methods/store-methods';
import type { Store } from '../stores/store';
import type { TreePorts } from './tree-ports';
import { ProblemNode } from './problem-node';
import type { StoreRow } from './row-above';

/** The API of a store: every resource with its methods. Read when the user opens the row. */
export class ApiNode {
  readonly kind = 'api';
  readonly id: string;
  #resources: readonly ResourceNode[] | undefined;
  #methods: StoreMethods | undefined;

  constructor(
    readonly parent: StoreRow,
    private readonly ports: TreePorts,
  ) {
    this.id = `${parent.id}/api`;
  }

  get store(): Store {
    return this.parent.store;
  }

  /** The methods. `undefined` until they were read. */
  get methods(): StoreMethods | undefined {
    return this.#methods;
  }

  async children(): Promise<readonly (ResourceNode | ProblemNode)[]> {
    if (this.#resources !== undefined) return this.#resources;
    try {
      const connection = await this.store.connected();
      const known = await this.ports.methods();
      let methods: StoreMethods | undefined;
      await this.ports.wait(t('Reading the methods of {name}', { name: this.store.name }))(async (_, stop) => {
        methods = await known.of(this.store, connection, AbortSignal.any([this.store.signal, stop]));
      });
      this.#methods = methods;
      this.#resources = (methods?.resources ?? []).map((resource) => new ResourceNode(resource, this));
      return this.#resources;
    } catch (error) {
      if (await this.store.lost(error)) return [];
      return [new ProblemNode(toToolkitError(error), this)];
    }
  }

  /** Makes the row read the methods again when it is next opened. */
  async forget(): Promise<void> {
    this.#resources = undefined;
    const { connection } = this.store;
    if (connection !== undefined) (await this.ports.methods()).forget(connection);
  }
}

/** A resource of a store, such as products. */
export class ResourceNode {
  readonly kind = 'resource';
  readonly id: string;
  readonly #methods: readonly MethodNode[];

  constructor(
    readonly resource: StoreResource,
    readonly parent: ApiNode,
  ) {
    this.id = `${parent.id}/${resource.name}`;
    this.#methods = resource.methods.map((method) => new MethodNode(method, this));
  }

  get store(): Store {
    return this.parent.store;
  }

  children(): readonly MethodNode[] {
    return this.#methods;
  }
}

/** A method of a store. */
export class MethodNode {
  readonly kind = 'method';
  readonly id: string;

  constructor(
    readonly method: StoreMethod,
    readonly parent: ResourceNode,
  ) {
    this.id = `${parent.id}/${method.name}`;
  }

  get store(): Store {
    return this.parent.store;
  }
}
