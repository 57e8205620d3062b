import * as vscode from 'vscode';
import { sheetRequest, type SheetRequest, type SheetState, type SheetUpdate } from '../../api/messages';
import { dialectLabels } from '../../api/dialect';
import { ToolkitError, toToolkitError } from '../../api/errors';
import { sheetSections, unreadReason } from '../../api/sheet';
import { isRecord, type SoapRecord } from '../../api/value';
import type { CustomerDocuments } from '../documents/customer-documents';
import type { ErrorReporter } from '../errors/error-reporter';
import type { Log } from '../log/log';
import type { Store } from '../stores/store';
import { summarize, text } from '../tree/customer-summary';
import { sheetHtml } from './sheet-html';

/** The sheets that are open, one for each customer. */
export class CustomerSheets implements vscode.Disposable {
  readonly #open = new Map<string, CustomerSheet>();

  constructor(
    private readonly extension: vscode.Uri,
    private readonly documents: CustomerDocuments,
    private readonly errors: ErrorReporter,
    private readonly log: Log,
  ) {}

  /** Shows the sheet of a customer, the one that is open already if there is one. */
  open(store: Store, customerId: string): void {
    const key = `${store.id} ${customerId}`;
    const known = this.#open.get(key);
    if (known !== undefined) {
      known.panel.reveal();
      return;
    }
    const panel = vscode.window.createWebviewPanel('mahoSoap.customerSheet', `Customer ${customerId}`, vscode.ViewColumn.Active, {
      enableScripts: true,
      localResourceRoots: [vscode.Uri.joinPath(this.extension, 'dist', 'webview'), vscode.Uri.joinPath(this.extension, 'media')],
    });
    const sheet = new CustomerSheet(panel, store, customerId, { documents: this.documents, errors: this.errors, log: this.log });
    this.#open.set(key, sheet);
    panel.onDidDispose(() => this.#open.delete(key));
    panel.webview.html = sheetHtml(panel.webview, this.extension, 'Customer');
  }

  dispose(): void {
    for (const { panel } of [...this.#open.values()]) panel.dispose();
  }
}

interface SheetPorts {
  readonly documents: CustomerDocuments;
  readonly errors: ErrorReporter;
  readonly log: Log;
}

/** One customer in a webview. Reads the customer when the page is ready, and again when it is shown anew. */
class CustomerSheet {
  readonly #revealed = new Set<string>();
  #row: SoapRecord | undefined;
  #stop = new AbortController();

  constructor(
    readonly panel: vscode.WebviewPanel,
    private readonly store: Store,
    private readonly customerId: string,
    private readonly ports: SheetPorts,
  ) {
    panel.webview.onDidReceiveMessage((message: unknown) => {
      void this.#answer(message).catch((error: unknown) => { this.ports.errors.report(error); });
    });
    panel.onDidDispose(() => { this.#stop.abort(); });
  }

  async #answer(message: unknown): Promise<void> {
    const request: SheetRequest = sheetRequest.parse(message);
    switch (request.type) {
      case 'ready':
        if (this.#row === undefined) await this.#load();
        else this.#show(this.#row);
        return;
      case 'refresh':
        await this.#load();
        return;
      case 'open-json':
        await this.ports.documents.open(this.store, this.customerId, { preview: false });
        return;
      case 'reveal':
        this.ports.log.info(`${this.store.name}: ${request.code} of customer ${this.customerId} was revealed`);
        this.#revealed.add(request.code);
        if (this.#row !== undefined) this.#show(this.#row);
        return;
      case 'copy': {
        const value = this.#row?.[request.code];
        await vscode.env.clipboard.writeText(typeof value === 'object' ? JSON.stringify(value) : text(value));
      }
    }
  }

  async #load(): Promise<void> {
    this.#stop.abort();
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    this.#post({ type: 'loading', title: `Customer ${this.customerId}` });
    try {
      const { client } = await this.store.connected();
      const { value } = await client.call('customer.info', { customerId: Number(this.customerId) }, { signal });
      if (!isRecord(value)) throw new ToolkitError('decode', { code: 'no-customer', what: 'The store answered, but not with a customer.' });
      this.#row = value;
      this.#show(value);
    } catch (error) {
      if (signal.aborted) return;
      const { what, said, why, next } = toToolkitError(error).words;
      this.#post({ type: 'failed', what, said, why, next });
    }
  }

  #show(row: SoapRecord): void {
    const { name, email, id } = summarize(row);
    const dialect = this.store.connection?.dialect ?? 'v1';
    const title = name !== '' ? name : email !== '' ? email : `Customer ${id}`;
    const state: SheetState = {
      title,
      email,
      id,
      store: this.store.name,
      environment: this.store.environment,
      dialect: dialectLabels[dialect],
      unread: unreadReason(dialect),
      sections: sheetSections(row, dialect, this.#revealed),
    };
    this.panel.title = title;
    this.#post({ type: 'show', state });
  }

  #post(update: SheetUpdate): void {
    void this.panel.webview.postMessage(update);
  }
}
