import * as vscode from 'vscode';
import { t } from '../../l10n/texts';
import { sheetRequest, type SheetPlace, type SheetRequest, type SheetUpdate } from '../../pages/sheet-messages';
import type { Dialect } from '../../api/dialect';
import { ToolkitError, toToolkitError } from '../../api/errors';
import type { SoapRecord } from '../../api/value';
import type { AddressOrder } from '../../store/customers/address-undo';
import type { SaveResult } from '../../store/customers/customer-save';
import type { KeptSave } from '../../store/customers/customer-undo';
import type { Store } from '../stores/store';
import { oneLine } from '../text';
import { keepOverwrittenAddress, keepOverwritten } from './keep-overwritten';
import { readMore } from './reading-more';
import { RecordingClient } from './recording-client';
import type { SaveOrder } from './save-order';
import { SheetModel, type UnsavedChanges } from './sheet-model';
import type { SheetBeginning, SheetPorts } from './sheet-ports';
import type { QuestionId } from './sheet-reading';
import { groupNames, isConfirmed, listedRow, storeFacts, storeOf } from './sheet-store';

/** One customer in a webview: asks the store, keeps unsaved changes, and tells the page what to draw. */
export class CustomerSheet {
  readonly #model: SheetModel;
  #client: RecordingClient | undefined;
  #stop = new AbortController();
  #saving: AbortController | undefined;
  /** The latest question to the store. */
  #ticket: QuestionId | undefined;
  #wasDirty: boolean;
  readonly #inPassing: boolean;
  /** Whether the store has been asked for the customer. */
  #begun = false;
  /** Whether the tab is closed. The result of a save is still kept then, but nothing is drawn any more. */
  #closed = false;

  constructor(
    readonly panel: vscode.WebviewPanel,
    at: SheetPlace,
    private readonly ports: SheetPorts,
    { edit = false, typed, preview = false }: SheetBeginning = {},
  ) {
    this.#model = new SheetModel(
      at,
      storeFacts(this.ports, at),
      typed === undefined || (typed.changes.length === 0 && typed.address === undefined) ? ports.drafts.of(at) : typed,
    );
    this.#wasDirty = this.#model.dirty;
    this.#inPassing = preview;
    this.#know();
    if (edit) this.#model.edit();
    panel.webview.onDidReceiveMessage((message: unknown) => {
      void this.#reported(this.#answer(message));
    });
    const listening = ports.onDidChangeStores(() => {
      // The sheet of a store that is gone keeps the store's name. Actions that need the store report that it is gone.
      if (ports.store(this.place.store) === undefined) return;
      this.#model.updateStore(storeFacts(ports, this.place));
      this.#draw();
    });
    panel.onDidDispose(() => {
      listening.dispose();
      this.#closed = true;
      this.#stop.abort();
      // A write under way is not stopped, because its result would then be unknown.
    });
  }

  /** Which customer of which store this is. */
  get place(): SheetPlace {
    return this.#model.place;
  }
  /** The name of the customer, as the title of the tab shows it. */
  get name(): string {
    return this.#model.title;
  }
  /** The customer's row as the store gave it. */
  readonly row = (): SoapRecord | undefined => this.#model.row;
  /** Whether there are changes that are not saved or are being saved. */
  get dirty(): boolean {
    return this.#model.dirty || this.#saving !== undefined;
  }
  /** The unsaved changes, without passwords. */
  get unsaved(): UnsavedChanges {
    return this.#model.unsaved;
  }
  /** Whether a password was typed. It cannot be kept. */
  get hasPassword(): boolean {
    return this.#model.hasPassword;
  }

  /** Closes the sheet of a deleted customer. Its unsaved changes are no longer of use. */
  async abandon(): Promise<void> {
    this.#model.discard();
    const { place } = this;
    this.panel.dispose();
    await this.ports.drafts.forget(place);
  }

  /** Asks the store before the page has loaded. @returns the first state for the page, made of what a list knows */
  begin(): SheetUpdate {
    this.#begun = true;
    void this.#reported(this.reload({ opening: !this.#inPassing }));
    return this.#model.draw();
  }

  /** Shows another customer in the same place. */
  async change(place: SheetPlace): Promise<void> {
    this.#model.change(place, storeFacts(this.ports, place), this.ports.drafts.of(place));
    this.#wasDirty = this.#model.dirty;
    this.#client = undefined;
    this.#know();
    // Only previews change to another customer.
    await this.reload({ opening: false });
  }

  /** Opens the form. */
  edit(): void {
    this.#model.edit();
    this.#draw();
  }

  /** Shows the undo of a save, or of the last write to an address. The sheet shows a message where that is not possible. */
  undo(save: KeptSave | 'address'): void {
    if (save === 'address') this.#model.undoAddress();
    else this.#model.undo(save);
    this.#draw();
  }

  /**
   * Reads the customer again. Unsaved changes stay.
   * @param again whether the user asked for it, so that a failed connection is tried again
   * @param opening whether the user wants to see the customer. False when it is only read again after a write
   * @param over the dialect that the user chose to read over
   */
  async reload({
    again = false,
    opening = true,
    over,
  }: { readonly again?: boolean; readonly opening?: boolean; readonly over?: Dialect } = {}): Promise<void> {
    this.#stop.abort();
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    const model = this.#model;
    const { customer } = this.place;
    const ticket = model.ask(storeFacts(this.ports, this.place), over);
    this.#ticket = ticket;
    const reading = model.reading.chosenDialect;
    this.#draw();
    try {
      const store = storeOf(this.ports, this.place);
      const connection = again ? await store.wanted() : await store.connected();
      const client = new RecordingClient(store, connection.client, { history: this.ports.history, opening });
      const { readCustomer } = await import('../../store/customers/customer-save');
      const [row, groups, save, address] = await Promise.all([
        customer === undefined ? undefined : readCustomer(client, customer, { signal, reading }),
        groupNames(connection, this.ports.log),
        this.ports.copies.lastSave(this.place),
        this.ports.copies.lastAddress(this.place),
      ]);
      if (!model.wants(ticket)) return;
      this.#client = client;
      if (client.latest !== undefined) model.noteExchange();
      model.customerRead(ticket, {
        row,
        read: reading ?? connection.dialect,
        dialect: connection.dialect,
        groups,
        websiteNames: this.ports.websiteNames(store),
        save,
        address,
        generation: connection.generation?.generation,
      });
      this.#draw();
      if (row !== undefined && customer !== undefined) {
        const drawn = (): void => {
          this.#draw();
        };
        await readMore({ model, ports: this.ports, place: this.place, client: connection.client, customer, row, ticket, signal }, drawn);
      }
    } catch (error) {
      model.failed(ticket, error);
      this.#draw();
    }
  }

  /** Stops waiting for the store, even for a login under way. */
  #cancelReading(): void {
    this.#stop.abort();
    if (this.#ticket !== undefined && this.#model.wants(this.#ticket))
      this.#model.failed(
        this.#ticket,
        new ToolkitError('transport', { code: 'cancelled', what: t('Reading the customer was cancelled.') }),
      );
    this.#draw();
  }

  async #answer(message: unknown): Promise<void> {
    const request: SheetRequest = sheetRequest.parse(message);
    const model = this.#model;
    switch (request.type) {
      case 'ready':
        model.pageStarted();
        if (this.#begun) this.#draw();
        else {
          this.#begun = true;
          await this.reload({ opening: !this.#inPassing });
        }
        return;
      case 'typed':
        model.typed(request.sequence, request.code, request.value);
        this.#post(model.drawTyped());
        this.#tell();
        return;
      case 'edit':
      case 'review':
      case 'back':
      case 'discard':
        model[request.type]();
        this.#draw();
        return;
      case 'undo':
        model.undoLast();
        this.#draw();
        return;
      case 'address-new':
      case 'address-edit':
      case 'address-default':
      case 'address-remove':
        model.address(request);
        this.#draw();
        return;
      case 'decide':
        if (model.decide(request.code, request.keep)) await this.reload({ opening: false });
        else model.review();
        this.#draw();
        return;
      case 'save': {
        const order = model.send(request.revision);
        const address = model.sendAddress(request.revision);
        this.#draw();
        if (order !== undefined) await this.#save(order, request.typed);
        if (address !== undefined) await this.#saveAddress(address, request.typed);
        return;
      }
      case 'cancel':
        if (this.#saving !== undefined) this.#saving.abort();
        else this.#cancelReading();
        return;
      case 'codes':
        model.updateStore({ codes: request.shown });
        this.#draw();
        await this.ports.codes.show(request.shown);
        return;
      case 'refresh':
        await this.reload({ again: true });
        return;
      case 'read-over':
        await this.reload({ over: request.dialect });
        return;
      default:
        await this.#show(request);
    }
  }

  /** Carries out the requests of the page that neither read nor write the customer. */
  async #show(request: Extract<SheetRequest, { type: 'open-json' | 'show-exchange' | 'reveal' | 'copy' | 'delete' }>): Promise<void> {
    const { customer } = this.place;
    switch (request.type) {
      case 'open-json':
        if (customer !== undefined) await this.ports.documents.open(storeOf(this.ports, this.place), customer, { preview: false });
        return;
      case 'show-exchange':
        if (this.#client?.latest !== undefined) this.ports.outcomes.show(this.#client.latest);
        return;
      case 'reveal':
        this.ports.log.info(`${storeOf(this.ports, this.place).name}: ${request.code} of customer ${customer ?? ''} was revealed`);
        this.#model.reveal(request.code);
        this.#draw();
        return;
      case 'copy':
        await vscode.env.clipboard.writeText(this.#model.shownValue(request.code) ?? '');
        return;
      case 'delete':
        await vscode.commands.executeCommand('mahoSoap.customer.delete', { ...this.place, label: `${this.name} (#${customer ?? ''})` });
    }
  }

  /** Sends the reviewed changes and shows the result. The form stays as it was after any error. */
  async #save(order: SaveOrder, typed: string): Promise<void> {
    const saving = new AbortController();
    this.#saving = saving;
    const method = order.kind === 'create' ? 'customer.create' : 'customer.update';
    try {
      const { store, recording, confirmed } = await this.#writer(typed);
      const options = { signal: saving.signal, confirmed, reading: this.#model.reading.shownDialect };
      const { createCustomer, saveCustomer } = await import('../../store/customers/customer-save');
      const outcome =
        order.kind === 'create'
          ? await createCustomer(recording, order.values, options)
          : await saveCustomer(recording, order.customer, order.changes, options);
      this.#saving = undefined;
      await this.#saved(store, order, outcome);
    } catch (error) {
      this.#saving = undefined;
      this.#model.refused(error, method);
      this.ports.log.error(toToolkitError(error));
      this.#draw();
    }
  }

  /** Writes a reviewed address and shows the result. */
  async #saveAddress(order: AddressOrder, typed: string): Promise<void> {
    const { customer } = this.place;
    if (customer === undefined) return;
    const model = this.#model;
    const saving = new AbortController();
    this.#saving = saving;
    try {
      const { store, recording, confirmed } = await this.#writer(typed);
      const { saveAddress } = await import('../../store/customers/address-save');
      const outcome = await saveAddress(recording, customer, order, { signal: saving.signal, confirmed });
      this.#saving = undefined;
      if (recording.latest !== undefined) model.noteExchange();
      model.addressSaved(outcome);
      this.#draw();
      const kept = await keepOverwrittenAddress(this.ports, store, customer, outcome);
      if (kept !== undefined) model.noteKeptAddress(kept);
      this.#draw();
      if (outcome.kind === 'conflict') return;
      this.#tellOthers(store, customer);
      // The customer's own attributes name the default addresses, too.
      await this.reload({ opening: false });
    } catch (error) {
      this.#saving = undefined;
      model.refused(error, `customer_address.${order.kind}`);
      this.ports.log.error(toToolkitError(error));
      this.#draw();
    }
  }

  /** The store and the client for a write. @param typed the text that was typed to confirm a write on production */
  async #writer(typed: string): Promise<{ readonly store: Store; readonly recording: RecordingClient; readonly confirmed: boolean }> {
    const store = storeOf(this.ports, this.place);
    const { client } = await store.wanted();
    const recording = new RecordingClient(store, client, { history: this.ports.history });
    this.#client = recording;
    return { store, recording, confirmed: isConfirmed(store, typed) };
  }

  async #saved(store: Store, order: SaveOrder, outcome: SaveResult): Promise<void> {
    const model = this.#model;
    const before = this.place;
    if (this.#client?.latest !== undefined) model.noteExchange();
    model.saved(outcome);
    this.#draw();
    if (order.kind === 'create' && outcome.kind === 'saved') await this.ports.drafts.forget(before);
    const { customer } = this.place;
    const save = customer === undefined ? undefined : await keepOverwritten(this.ports, store, customer, outcome, model.row ?? {});
    if (save !== undefined) model.noteKeptSave(save);
    this.#draw();
    if (outcome.kind !== 'conflict') this.#tellOthers(store, customer);
    if (before.customer !== customer) await this.reload({ opening: false });
  }

  /** Updates the lists in the background. They may wait for rows that are loading, and the sheet must not wait for that. */
  #tellOthers(store: Store, customer: string | undefined): void {
    void this.#reported(this.ports.changed(store, customer === undefined ? [] : [customer]));
  }

  async #reported(work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (error) {
      this.ports.errors.report(error);
    }
  }

  /** Takes the name from a list, so that it is shown before the store answers. */
  #know(): void {
    const row = listedRow(this.ports, this.place);
    if (row !== undefined) this.#model.takeListRow(row, this.ports.store(this.place.store)?.connection?.dialect);
  }

  #draw(): void {
    this.#tell();
    this.#post(this.#model.draw());
  }

  /** Shows a dot for unsaved changes, as on the tabs of files. Forgets the kept draft once nothing is unsaved. */
  #tell(): void {
    const { dirty, title } = this.#model;
    if (!this.#closed) this.panel.title = `${dirty ? '● ' : ''}${oneLine(title)}`;
    if (this.#wasDirty && !dirty && this.#model.loaded) void this.#reported(this.ports.drafts.forget(this.place));
    this.#wasDirty = dirty;
  }

  #post(update: SheetUpdate): void {
    if (!this.#closed) void this.panel.webview.postMessage(update);
  }
}
