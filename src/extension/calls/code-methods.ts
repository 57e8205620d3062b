import * as vscode from 'vscode';
import { t } from '../../l10n/texts';
import type { ResourceRegistry } from '../../api/resources';
import type { ActiveStore } from '../stores/active-store';
import type { Store } from '../stores/store';
import type { KnownMethods } from '../stores/store-methods';
import { oneLine } from '../text';

/**
 * The methods that code may call beyond the catalogue: those of its store, where they were read, or else those of a current product. Code
 * may be written for any store, so a method that is missing from either may still exist.
 */
export class CodeMethods implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable[];
  #following = false;

  /** Fires when the known methods may have changed. */
  readonly onDidChange = this.#changed.event;

  constructor(
    private readonly active: ActiveStore,
    private readonly methods: () => Promise<KnownMethods>,
  ) {
    this.#subscriptions = [
      active.onDidChange(() => {
        this.#changed.fire();
      }),
    ];
  }

  /** The known methods for a store, by default the active one. Nothing is sent. Returns the same object as long as they do not change. */
  async registry(store: Store | undefined = this.active.current): Promise<ResourceRegistry> {
    const { describedRegistry } = await import('../../api/store-methods/registry');
    const own = store === undefined ? undefined : await (await this.#known()).without(store);
    if (store !== undefined && own !== undefined && !own.isRest)
      return describedRegistry(own, { dialect: 'v2', owner: oneLine(store.config?.name ?? store.name), complete: false, anyName: true });
    const { productLabels, productMethods } = await import('../../api/store-methods/products');
    const product = ['OpenMage', 'Magento'].includes(store?.connection?.product ?? '') ? 'openmage' : 'maho';
    const owner = t('A current {product}', { product: productLabels[product] });
    return describedRegistry(await productMethods(product), { dialect: 'v2', owner, complete: false, anyName: true });
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#changed.dispose();
  }

  async #known(): Promise<KnownMethods> {
    const known = await this.methods();
    if (!this.#following) {
      this.#following = true;
      this.#subscriptions.push(
        known.onDidChange(() => {
          this.#changed.fire();
        }),
      );
    }
    return known;
  }
}
