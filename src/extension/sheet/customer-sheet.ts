import * as vscode from 'vscode';
import { sheetRequest, type SheetChange, type SheetPlace, type SheetRequest, type SheetUpdate } from '../../api/messages';
import type { Dialect } from '../../api/dialect';
import { ToolkitError, toToolkitError } from '../../api/errors';
import { isList, isRecord, type SoapRecord } from '../../api/value';
import type { SaveOptions, SaveOutcome } from '../../store/customer-save';
import type { KeptSave } from '../../store/customer-undo';
import type { CustomerDocuments } from '../documents/customer-documents';
import type { ErrorReporter } from '../errors/error-reporter';
import type { Log } from '../log/log';
import type { ExchangeKeeper, OutcomePresenter } from '../response/outcome';
import type { Connection, Store } from '../stores/store';
import { oneLine } from '../text';
import { summarize, text } from '../tree/customer-summary';
import type { Places } from '../tree/places';
import { customerGroups, type Groups } from './customer-groups';
import type { Drafts } from './drafts';
import type { KeptCopies } from './kept-copies';
import { RecordingClient } from './recording-client';
import { refusal, sheetAddress, sheetResult, sheetState, sheetWords, undoOf } from './sheet-state';

/** What sheets need of the rest of the extension. */
export interface SheetPorts {
  readonly documents: CustomerDocuments;
  readonly errors: ErrorReporter;
  readonly log: Log;
  readonly outcomes: OutcomePresenter;
  readonly history: ExchangeKeeper;
  /** A store by the ID under which it is listed; sheets outlive connections and reloads. */
  readonly store: (id: string) => Store | undefined;
  /** Websites and store views that were seen among the customers of a store. */
  readonly places: (store: Store) => Places;
  /** What was typed into sheets that were closed. */
  readonly drafts: Drafts;
  /** What saves wrote over. */
  readonly copies: KeptCopies;
  /** Customers of a store changed. */
  readonly changed: (store: Store, ids: readonly string[]) => Promise<void>;
}

/** One customer in a webview. Reads the customer when the page is ready, and again when it is asked to. */
export class CustomerSheet {
  readonly #revealed = new Set<string>();
  #shown: { readonly row: SoapRecord | undefined; readonly read: Dialect; readonly groups: Groups; readonly store: Store; readonly save: KeptSave | undefined } | undefined;
  #client: RecordingClient | undefined;
  #stop = new AbortController();
  #saving: AbortController | undefined;
  #changes = 0;
  /** What was typed, as far as it may be kept. */
  #unsaved: readonly SheetChange[];
  /** What the page has not been told yet of a draft that was kept. */
  #draft: readonly SheetChange[];
  #edit: boolean;
  /** Whether the draft is to be looked over as soon as it is there. */
  #review = false;
  /** Dialect to read over instead of the store's own. */
  #reading: Dialect | undefined;

  /** @param edit whether the form is wanted as soon as the customer is there */
  constructor(
    readonly panel: vscode.WebviewPanel,
    private at: SheetPlace,
    private readonly ports: SheetPorts,
    edit = false,
  ) {
    this.#edit = edit;
    this.#unsaved = this.#draft = ports.drafts.of(at);
    panel.webview.onDidReceiveMessage((message: unknown) => {
      void this.#answer(message).catch((error: unknown) => { this.ports.errors.report(error); });
    });
    panel.onDidDispose(() => {
      this.#stop.abort();
      // A write on its way is let go: stopping it would leave nobody to know what came of it.
    });
  }

  /** Which customer of which store this is. */
  get place(): SheetPlace { return this.at; }
  /** The customer, in words. */
  get name(): string { return this.#name !== '' ? this.#name : this.at.customer === undefined ? 'New customer' : `Customer ${this.at.customer}`; }
  /** Whether something was typed that is not saved. */
  get dirty(): boolean { return this.#changes > 0; }
  /** What was typed and is not saved, without passwords. */
  get unsaved(): readonly SheetChange[] { return this.#unsaved; }
  /** Whether a password was typed that cannot be kept. */
  get hasPassword(): boolean { return this.#changes > this.#unsaved.length; }

  /** The customer is gone: what was typed is of no use any more. */
  async abandon(): Promise<void> {
    this.#unsaved = [];
    this.#changes = 0;
    this.panel.dispose();
    await this.ports.drafts.forget(this.at);
  }

  /** Shows another customer in the same place. */
  async change(place: SheetPlace): Promise<void> {
    this.at = place;
    this.#unsaved = this.#draft = this.ports.drafts.of(place);
    this.#shown = undefined;
    this.#client = undefined;
    this.#reading = undefined;
    this.#revealed.clear();
    await this.reload();
  }

  /** Opens the form of what is shown. */
  edit(): void {
    this.#edit = true;
    this.#show();
  }

  /**
   * Puts earlier values into the form and shows what would be written.
   * @throws {ToolkitError} while there are changes that are not saved, or when the values are back already
   */
  undo(save: KeptSave): void {
    if (this.dirty || this.#unsaved.length > 0) throw new ToolkitError('input', { code: 'unsaved', what: 'There are changes to this customer that are not saved.', next: 'Save or discard them, then undo.' });
    const row = this.#shown?.row;
    if (row !== undefined && undoOf(save, row) === undefined) throw new ToolkitError('input', { code: 'nothing-to-undo', what: 'The customer has its earlier values already.' });
    this.#draft = save.changes;
    this.#review = true;
    this.#show();
  }

  /**
   * Asks the store for the customer anew. What was typed stays.
   * @param again somebody wants it now: a connection that failed is tried again
   * @param opening it is what somebody wants to see, and not only read after a write
   */
  async reload({ again = false, opening = true }: { readonly again?: boolean; readonly opening?: boolean } = {}): Promise<void> {
    this.#stop.abort();
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    const { customer } = this.at;
    this.#post({ type: 'loading', title: customer === undefined ? 'New customer' : `Customer ${customer}`, place: this.at });
    try {
      const store = this.#store();
      const connection = again ? await store.wanted() : await store.connected();
      const client = new RecordingClient(store, connection.client, { history: this.ports.history, opening });
      this.#client = client;
      const { readCustomer } = await import('../../store/customer-save');
      const read = this.#reading ?? connection.dialect;
      const [row, groups, save] = await Promise.all([customer === undefined ? undefined : readCustomer(client, customer, { signal, reading: this.#reading }), this.#groups(connection), this.ports.copies.lastSave(this.at)]);
      if (signal.aborted) return;
      this.#shown = { row, read, groups, store, save };
      this.#show();
      if (customer !== undefined) await this.#loadAddresses(connection, customer, signal);
    } catch (error) {
      if (signal.aborted) return;
      if (this.#reading !== undefined && this.#shown !== undefined) {
        // The other dialect is an extra: what was there before is still worth showing.
        this.#reading = undefined;
        this.#post({ type: 'result', result: refusal(error, 'customer.info') });
        this.#show();
        return;
      }
      this.#post({ type: 'failed', ...sheetWords(error) });
    }
  }

  async #answer(message: unknown): Promise<void> {
    const request: SheetRequest = sheetRequest.parse(message);
    switch (request.type) {
      case 'ready':
        await this.reload();
        return;
      case 'refresh':
        await this.reload({ again: true });
        return;
      case 'open-json':
        if (this.at.customer !== undefined) await this.ports.documents.open(this.#store(), this.at.customer, { preview: false });
        return;
      case 'show-exchange':
        if (this.#client?.latest !== undefined) this.ports.outcomes.show(this.#client.latest);
        return;
      case 'read-over':
        this.#reading = request.dialect;
        await this.reload();
        return;
      case 'reveal':
        this.ports.log.info(`${this.#store().name}: ${request.code} of customer ${this.at.customer ?? ''} was revealed`);
        this.#revealed.add(request.code);
        this.#show();
        return;
      case 'copy': {
        const value = this.#shown?.row?.[request.code];
        await vscode.env.clipboard.writeText(typeof value === 'object' ? JSON.stringify(value) : text(value));
        return;
      }
      case 'delete':
        await vscode.commands.executeCommand('mahoSoap.customer.delete', { ...this.at, label: `${this.#name} (#${this.at.customer ?? ''})` });
        return;
      case 'changed':
        this.#changes = request.count;
        this.#unsaved = request.changes;
        this.#title();
        if (request.count === 0) await this.ports.drafts.forget(this.at);
        return;
      case 'save': {
        const { customer } = this.at;
        if (customer === undefined) return;
        const { saveCustomer } = await import('../../store/customer-save');
        await this.#write('customer.update', request.typed, async (client, options) => await saveCustomer(client, customer, request.changes, options));
        return;
      }
      case 'create': {
        const { createCustomer } = await import('../../store/customer-save');
        await this.#write('customer.create', request.typed, async (client, options) => await createCustomer(client, request.values, options));
        return;
      }
      case 'cancel':
        this.#saving?.abort();
    }
  }

  /** Runs a write and shows what came of it. Whatever goes wrong leaves the form as it was. */
  async #write(method: string, typed: string, write: (client: RecordingClient, options: SaveOptions) => Promise<SaveOutcome>): Promise<void> {
    if (this.#saving !== undefined) return;
    const saving = new AbortController();
    this.#saving = saving;
    try {
      const store = this.#store();
      const { client } = await store.wanted();
      const recording = new RecordingClient(store, client, { history: this.ports.history });
      this.#client = recording;
      const confirmed = store.environment !== 'production' || typed === (store.config?.name ?? store.name);
      const outcome = await write(recording, { signal: saving.signal, confirmed, reading: this.#reading });
      await this.#written(store, method, outcome);
    } catch (error) {
      this.#post({ type: 'result', result: refusal(error, method) });
      this.ports.log.error(toToolkitError(error));
    } finally {
      this.#saving = undefined;
    }
  }

  async #written(store: Store, method: string, outcome: SaveOutcome): Promise<void> {
    const creating = method === 'customer.create';
    // The result first: it tells the page whether what was typed is still needed when the customer is shown anew.
    this.#post({ type: 'result', result: sheetResult(outcome, creating) });
    if (creating && outcome.kind === 'saved') await this.ports.drafts.forget(this.at);
    if (creating && outcome.row !== undefined) this.at = { ...this.at, customer: text(outcome.row['customer_id']) };
    if (creating && outcome.kind === 'saved') this.at = { ...this.at, customer: outcome.customerId };
    const save = await this.#kept(store, outcome);
    if (this.#shown !== undefined && save !== undefined) this.#shown = { ...this.#shown, save };
    if (outcome.row !== undefined && this.#shown !== undefined && this.at.customer !== undefined) {
      this.#shown = { ...this.#shown, row: outcome.row, read: this.#reading ?? store.connection?.dialect ?? this.#shown.read };
      this.#show();
    }
    if (creating && this.at.customer !== undefined) await this.reload({ opening: false });
    if (outcome.kind !== 'conflict') await this.ports.changed(store, this.at.customer === undefined ? [] : [this.at.customer]);
  }

  /** Keeps what a save wrote over. */
  async #kept(store: Store, outcome: SaveOutcome): Promise<KeptSave | undefined> {
    const customerId = this.at.customer;
    if (outcome.kind === 'conflict' || outcome.overwritten === undefined || customerId === undefined) return undefined;
    const { changes, unknown } = outcome.overwritten;
    if (changes.length === 0 && unknown.length === 0) return undefined;
    const { name, email } = summarize(outcome.row ?? this.#shown?.row ?? {});
    const save: KeptSave = { version: 1, at: new Date().toISOString(), store: store.config?.name ?? store.name, storeId: store.id, customerId, name, email, changes: [...changes], unknown: [...unknown] };
    try {
      return (await this.ports.copies.keepSave(save)).kept;
    } catch (error) {
      // The customer is saved, and that has to be shown: until the sheet is closed the earlier values are known here.
      this.ports.log.error(toToolkitError(error));
      return save;
    }
  }

  async #groups(connection: Connection): Promise<Groups> {
    try {
      return await customerGroups(connection);
    } catch (error) {
      // Names of groups are a comfort: the sheet is of use without them.
      this.ports.log.error(toToolkitError(error));
      return new Map();
    }
  }

  async #loadAddresses({ client }: Connection, customerId: string, signal: AbortSignal): Promise<void> {
    try {
      const { value } = await client.call('customer_address.list', { customerId }, { signal });
      if (!signal.aborted) this.#post({ type: 'addresses', addresses: (isList(value) ? value : []).filter(isRecord).map(sheetAddress), problem: undefined });
    } catch (error) {
      if (!signal.aborted) this.#post({ type: 'addresses', addresses: undefined, problem: sheetWords(error) });
    }
  }

  /** @throws {ToolkitError} when the store is not there any more, or not yet */
  #store(): Store {
    const store = this.ports.store(this.at.store);
    if (store !== undefined) return store;
    const demo = this.at.store.startsWith('demo:');
    throw new ToolkitError('input', {
      code: 'store-gone',
      what: demo ? 'The demo store does not run.' : 'This store is not in the settings any more.',
      next: demo ? 'Start it, then retry. What you typed is kept.' : 'Add it again, then retry. What you typed is kept.',
    });
  }

  #show(): void {
    const shown = this.#shown;
    if (shown === undefined) return;
    const { row, read, groups, store, save } = shown;
    const state = sheetState({ place: this.at, store, row, read, revealed: this.#revealed, groups, places: this.ports.places(store), exchange: this.#client?.latest !== undefined, save });
    this.#name = state.title;
    this.#title();
    this.#post({ type: 'show', state, edit: this.#edit || row === undefined, draft: this.#draft, review: this.#review });
    this.#edit = false;
    this.#review = false;
    this.#draft = [];
  }

  #name = '';

  /** A dot stands for unsaved changes, as it does at the tabs of files. */
  #title(): void {
    if (this.#name !== '') this.panel.title = `${this.dirty ? '● ' : ''}${oneLine(this.#name)}`;
  }

  #post(update: SheetUpdate): void {
    void this.panel.webview.postMessage(update);
  }
}
