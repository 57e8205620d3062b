import * as vscode from 'vscode';
import { t } from '../../l10n/texts';
import type { ResourceRegistry } from '../../api/resources';
import type { ActiveStore } from '../stores/active-store';
import type { Store } from '../stores/store';
import type { KnownMethods } from '../stores/store-methods';
import { oneLine } from '../text';

/**
 * The methods that code knows beyond the catalogue: those of the store that it is for, as far as they were read, or else those of a current
 * product. Code may be for any store, so what is missing from either may still exist.
 */
export class CodeMethods implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable[];
  #following = false;

  /** Other methods may be known than before. */
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

  /** What is known for a store, the active one when none is given; nothing is sent for it. The same object as long as it is the same. */
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
