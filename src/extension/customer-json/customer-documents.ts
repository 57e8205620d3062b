import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { ToolkitError, toToolkitError } from '../../api/errors';
import { names } from '../names';
import { maskValue } from '../../store/masking/mask';
import { t } from '../../l10n/texts';
import type { ExchangeKeeper } from '../calls/outcome';
import type { Documents } from '../lazy/lazy-documents';
import type { Store } from '../stores/store';

/** The query of a document's URI. */
const place = z.object({ store: z.string(), customer: z.string() });

/** A customer as a read-only JSON document, secrets masked. */
export class CustomerDocuments implements Documents, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #texts = new Map<string, string>();
  readonly #subscription: vscode.Disposable;

  readonly onDidChange = this.#changed.event;

  constructor(
    /** A store by its ID. */
    private readonly store: (id: string) => Store | undefined,
    private readonly history: ExchangeKeeper,
  ) {
    this.#subscription = vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      this.#texts.delete(uri.toString());
    });
  }

  /**
   * Reads the customer from the store and shows it.
   * @throws {ToolkitError} before a document opens
   */
  async open(store: Store, customerId: string, options: vscode.TextDocumentShowOptions): Promise<void> {
    const uri = addressOf(store, customerId);
    this.#texts.set(uri.toString(), await read(store, customerId, this.history));
    this.#changed.fire(uri);
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), options);
  }

  /**
   * VS Code also calls it for documents that were open when the window was reloaded. If the store cannot be asked, the text is the reason.
   */
  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const known = this.#texts.get(uri.toString());
    if (known !== undefined) return known;
    try {
      const { store, customer } = place.parse(JSON.parse(uri.query));
      const found = this.store(store);
      if (found === undefined) throw new ToolkitError('input', { code: 'store-gone', what: t('This store is no longer in the settings.') });
      return await read(found, customer);
    } catch (error) {
      return json({ error: toToolkitError(error).words });
    }
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }
}

function addressOf(store: Store, customerId: string): vscode.Uri {
  const folder = (store.config?.name ?? store.name).replaceAll('/', '∕');
  return vscode.Uri.from({
    scheme: names.customerScheme,
    path: `/${folder}/Customer ${customerId.replaceAll('/', '∕')}.json`,
    query: JSON.stringify({ store: store.id, customer: customerId }),
  });
}

/** @param history records the call. Given when the user opens the customer */
async function read(store: Store, customerId: string, history?: ExchangeKeeper): Promise<string> {
  const { client } = history === undefined ? await store.connected() : await store.wanted();
  const { value, exchange } = await client.call('customer.info', { customerId }, { signal: store.signal });
  history?.record(exchange, value);
  return json(maskValue(value));
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
