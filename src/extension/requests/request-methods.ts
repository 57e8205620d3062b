import * as vscode from 'vscode';
import { t } from '../../l10n/texts';
import { isSoap, type Dialect } from '../../api/dialect';
import { REQUEST_DIALECT } from '../../api/rest-request';
import { productLabels } from '../../api/store-methods/product-names';
import type { StoreMethods } from '../../api/store-methods/store-methods';
import type { RegistryFor, RequestFile } from '../../requests';
import type { ActiveStore } from '../stores/active-store';
import type { KnownMethods } from '../stores/store-methods';
import type { Store } from '../stores/store';

/** The methods that request files know: the kept methods of their store, or else those of the product that they name. */
export class RequestMethods implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #made = new WeakMap<StoreMethods, Map<string, RegistryFor>>();
  #joined:
    | { readonly soap: RegistryFor | undefined; readonly rest: RegistryFor; readonly usual: Dialect; readonly both: RegistryFor }
    | undefined;
  #subscription: vscode.Disposable | undefined;

  /** Fires when the known methods changed. */
  readonly onDidChange = this.#changed.event;

  constructor(
    private readonly active: ActiveStore,
    private readonly methods: () => Promise<KnownMethods>,
  ) {}

  /** The store that the requests of a file are for. */
  storeOf({ store }: RequestFile): Store | undefined {
    return store === undefined ? this.active.current : this.active.allNamed(store.name)[0];
  }

  /**
   * The known methods for a file. Nothing is sent. Returns the same function as long as they do not change.
   * @returns `undefined` when no description is kept and the file names no product
   */
  async of(file: RequestFile): Promise<RegistryFor | undefined> {
    const store = this.storeOf(file);
    const dialect = store?.connection?.dialect ?? store?.config?.dialect ?? 'v2';
    const own = store === undefined ? undefined : await (await this.#known()).without(store);
    const soap = await this.#soap(file, own, dialect);
    if (!file.all.some((request) => request.dialect !== undefined && !isSoap(request.dialect)) && isSoap(dialect)) return soap;
    return this.#both(soap, await this.#requests(own), dialect);
  }

  async #soap(file: RequestFile, own: StoreMethods | undefined, dialect: Dialect): Promise<RegistryFor | undefined> {
    // A description from V1's list of resources alone lacks the methods that the user may not call.
    if (own !== undefined && !own.isRest) return await this.#registry(own, dialect, undefined, own.isWhole);
    if (file.product === undefined) return undefined;
    const { productMethods } = await import('../../api/store-methods/products');
    return await this.#registry(
      await productMethods(file.product),
      dialect,
      t('A current {product}', { product: productLabels[file.product] }),
      false,
    );
  }

  /** The requests to REST that the store describes, or else those of a current Maho, the only product with such requests. */
  async #requests(own: StoreMethods | undefined): Promise<RegistryFor> {
    if (own?.isRest === true) return await this.#registry(own, REQUEST_DIALECT, undefined, true);
    const { productRequests } = await import('../../api/store-methods/products');
    return await this.#registry(await productRequests(), REQUEST_DIALECT, t('A current {product}', { product: productLabels.maho }), false);
  }

  /** One function for both registries. Returns the same function as long as they do not change. */
  #both(soap: RegistryFor | undefined, rest: RegistryFor, usual: Dialect): RegistryFor {
    const before = this.#joined;
    if (before?.soap === soap && before?.rest === rest && before.usual === usual) return before.both;
    const both: RegistryFor = (dialect = usual) => (isSoap(dialect) ? soap?.(dialect) : rest(dialect));
    this.#joined = { soap, rest, usual, both };
    return both;
  }

  dispose(): void {
    this.#subscription?.dispose();
    this.#changed.dispose();
  }

  async #known(): Promise<KnownMethods> {
    const known = await this.methods();
    this.#subscription ??= known.onDidChange(() => {
      this.#changed.fire();
    });
    return known;
  }

  async #registry(methods: StoreMethods, usual: Dialect, owner: string | undefined, complete: boolean): Promise<RegistryFor> {
    const { describedRegistry } = await import('../../api/store-methods/registry');
    let made = this.#made.get(methods);
    if (made === undefined) this.#made.set(methods, (made = new Map<string, RegistryFor>()));
    let registry = made.get(usual);
    if (registry === undefined) {
      registry = (dialect = usual) => describedRegistry(methods, { dialect, owner, complete, anyName: true });
      made.set(usual, registry);
    }
    return registry;
  }
}
