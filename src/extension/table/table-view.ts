import * as vscode from 'vscode';
import { ToolkitError, toToolkitError } from '../../api/errors';
import type { StoreMethod } from '../../api/store-methods/store-methods';
import type { SoapRecord } from '../../api/value';
import { tableRequest, type CellEdit, type TablePlace, type TableRequest, type TableUpdate } from '../../pages/table-messages';
import { t } from '../../l10n/texts';
import { customerGroups } from '../customer/customer-groups';
import type { SavedFilter } from '../customer/saved-filter';
import type { Connection, Store } from '../stores/store';
import { connectingTitle } from '../stores/wait-with-notice';
import { withoutIcons } from '../text';
import { saveRows } from '../grid/save-rows';
import { ListTable } from './list-table';
import { isEditable } from './cell-edits';
import { actOnEmpty, commands, copyRows, exportList, namesOneOf, openCustomer, openLinked, runOn } from './table-actions';
import { editOf, takeEdit } from './table-edit';
import { chooseColumns } from './table-columns';
import type { TablePorts } from './table-ports';
import { methodOf, rowsOf } from './table-origin';
import { columnsKey, subjectOf } from './table-subject';
import { findableText, tableState, tableTitle, whyNoRows, type TableContext } from './table-state';

/** One table in a webview: asks the store, and tells the page what to draw. */
export class TableView {
  #table: ListTable;
  #filter: SavedFilter | undefined;
  /** The method that lists the rows as the store describes it, where that is needed. */
  #method: StoreMethod | undefined;
  #problem: ToolkitError | undefined;
  #connecting: string | undefined;
  /** The store that is listened to, and the connection whose groups were asked for. */
  #store: Store | undefined;
  #listening: vscode.Disposable | undefined;
  #named: Connection | undefined;
  /** Number of rows by which the visible rows moved down since the page was last told. */
  #by = 0;
  #posting = false;
  #closed = false;
  /** Whether the rows are read again when the table is next shown. */
  #stale = false;

  constructor(
    readonly panel: vscode.WebviewPanel,
    readonly place: TablePlace,
    private readonly ports: TablePorts,
    typed = '',
  ) {
    this.#table = this.#begin(typed);
    const subscriptions = [
      panel.webview.onDidReceiveMessage((message: unknown) => {
        this.#do(async () => {
          await this.do(tableRequest.parse(message));
        });
      }),
      panel.onDidChangeViewState(() => {
        if (panel.visible && this.#stale) this.#do(() => this.#refresh());
      }),
      ports.onDidChangeContext(() => {
        this.#groundChanged();
      }),
    ];
    panel.onDidDispose(() => {
      this.#closed = true;
      this.#table.cancel();
      this.#listening?.dispose();
      for (const subscription of subscriptions) subscription.dispose();
    });
  }

  /** The store, while it is listed. */
  get store(): Store | undefined {
    return this.ports.store(this.place.store);
  }

  /** The selected customers as rows of the tree, for commands. */
  get nodes(): readonly unknown[] {
    const { store } = this;
    return store === undefined || !this.#table.subject.customers ? [] : this.ports.nodes(store, this.#table.selectedRows);
  }

  /** Loads the first rows. @param asked whether the user asked for it now, so that a missing key may be asked for */
  load(asked: boolean): void {
    this.#do(() => this.#load(asked));
  }

  /** Takes the IDs of customers that changed. `undefined` when any of them may have changed. */
  customersChanged(ids: readonly string[] | undefined): void {
    if (!this.#table.rows.started) return;
    if (!this.#table.subject.customers) {
      // Another list changes only with a customer it belongs to, as a list of addresses does. Without IDs, it is read again.
      if (ids === undefined || namesOneOf(this.place.source, ids)) this.#again();
    } else if (ids !== undefined) this.#do(() => this.#table.recheck(ids));
    // A search through the whole store is repeated only when the user asks for it.
    else if (this.#table.rows.isSearch) this.#table.outdate();
    else this.#again();
  }

  /** Reads the rows again, now or when the table is next shown. */
  #again(): void {
    if (this.panel.visible) this.#do(() => this.#refresh());
    else this.#stale = true;
  }

  /** Carries out a request of the page or of a command. */
  async do(request: TableRequest): Promise<void> {
    const table = this.#table;
    switch (request.type) {
      case 'ready':
        this.#post();
        return;
      case 'rows':
        if (request.version === table.grid.version)
          this.#send({ type: 'rows', version: request.version, start: request.start, rows: table.page(request.start) });
        return;
      case 'at':
        if (request.version === table.grid.version) table.at(request.row, request.first);
        return;
      case 'sort':
        table.sortBy(request.column);
        return;
      case 'filter':
        table.filterBy(request.text);
        return;
      case 'columns':
        if (await chooseColumns(table)) await this.#keepColumns();
        return;
      case 'move-column':
        table.move(request.column, request.to);
        await this.#keepColumns();
        return;
      case 'pin':
        table.pin(request.column, request.on);
        await this.#keepColumns();
        return;
      case 'widen':
        table.widen(request.column, request.px);
        await this.#keepColumns();
        return;
      case 'more':
        await table.loadMore();
        return;
      case 'cancel':
        table.cancel();
        return;
      case 'retry':
        await this.#load(true);
        return;
      case 'refresh':
        await (table.rows.started && this.store?.connection !== undefined ? this.#refresh() : this.#load(true));
        return;
      case 'look':
        await this.#look();
        return;
      case 'review-edits':
        await this.#reviewEdits(table);
        return;
      case 'discard-edits':
        table.discardEdits();
        return;
      case 'export-all':
        if (!table.subject.customers) await saveRows({ name: tableTitle(this.place), ...table.whole });
        else if (this.store !== undefined) await exportList(this.ports, this.place, this.store, table.rows.rows);
        return;
      case 'empty-action':
        await this.#emptyAction();
        return;
      default:
        await this.#doWithRows(table, request);
    }
  }

  async #doWithRows(
    table: ListTable,
    request: Extract<
      TableRequest,
      { type: 'select' | 'select-all' | 'select-none' | 'open' | 'edit' | 'edited' | 'copy' | 'copy-cell' | 'export' | 'change' | 'delete' }
    >,
  ): Promise<void> {
    // A request about rows that have moved since must not affect other rows.
    if ('version' in request && request.version !== table.grid.version) return;
    switch (request.type) {
      case 'select':
        table.select(request.from, request.to, request.how);
        return;
      case 'select-all':
      case 'select-none':
        table.selectAll(request.type === 'select-all');
        return;
      case 'open':
        await this.#open(table.record(request.row), request.edit);
        return;
      case 'edit':
        await this.#edit(table, request.row, request.column);
        return;
      case 'edited':
        this.#edited(table, request);
        return;
      case 'copy-cell':
        await vscode.env.clipboard.writeText(table.text(request.row, request.column));
        vscode.window.setStatusBarMessage(t('Copied cell'), 3000);
        return;
      case 'copy':
        await copyRows(table, request.format);
        return;
      case 'export':
        if (table.subject.customers) await runOn(commands.export, this.nodes);
        else await saveRows({ name: tableTitle(this.place), ...table.selected });
        return;
      case 'change':
      case 'delete':
        await runOn(commands[request.type], this.nodes);
    }
  }

  async #open(row: SoapRecord | undefined, edit: boolean): Promise<void> {
    if (this.#table.subject.customers) await openCustomer(this.ports, this.store, row, edit);
    else if (row !== undefined) await openLinked(this.place.store, this.#table.subject.linkOf(row));
  }

  async #look(): Promise<void> {
    const text = findableText(this.#table, { place: this.place, store: this.store });
    if (text !== undefined) await this.ports.open({ store: this.place.store, source: { kind: 'search', text } });
  }

  async #emptyAction(): Promise<void> {
    const action = tableState(this.#table, this.#ground()).empty?.action?.id;
    if (action === 'look') await this.#look();
    else if (action === 'clear-filter') this.#table.filterBy('');
    else if (action !== undefined) await actOnEmpty(action, this.ports.listNode(this.place));
  }

  /** Edits a cell in its place. A cell that cannot be edited there opens the form of the customer. */
  async #edit(table: ListTable, row: number, column: string): Promise<void> {
    if (this.store?.readOnly !== false) return;
    if (isEditable(column)) this.#answer(editOf(table, row, column));
    else await this.#open(table.record(row), true);
  }

  #edited(table: ListTable, { row, column, value }: Extract<TableRequest, { type: 'edited' }>): void {
    const { store } = this;
    if (store?.readOnly === false) this.#answer(takeEdit(table, row, column, value, store.connection?.dialect ?? 'v2'));
  }

  #answer(edit: CellEdit | undefined): void {
    if (edit !== undefined) this.#send({ type: 'edit', ...edit });
  }

  /** Reviews the changed cells as an import, which can be sent and undone. */
  async #reviewEdits(table: ListTable): Promise<void> {
    const { store } = this;
    if (store === undefined) return;
    for (const file of table.editFiles()) await this.ports.change(store, file);
  }

  async #keepColumns(): Promise<void> {
    await this.ports.columns.write(columnsKey(this.place.store, this.#table.subject), this.#table.choice);
  }

  async #load(asked: boolean): Promise<void> {
    const { store } = this;
    this.#listen();
    this.#problem = this.#whyNot();
    if (store === undefined || this.#problem !== undefined) {
      this.#post();
      return;
    }
    try {
      if (store.connection === undefined) {
        this.#connecting = connectingTitle(store);
        this.#post();
      }
      const connection = asked ? await store.wanted() : await store.connected();
      await this.#describe(store, connection);
      this.#connecting = undefined;
      const table = this.#table;
      const { problem } = table.rows;
      // A new connection starts again, and errors of the old one no longer matter.
      await table.loadFirst();
      if (problem !== undefined && table.rows.problem === problem) await table.retry();
      await this.#nameGroups(connection);
    } catch (error) {
      this.#problem = toToolkitError(error);
    } finally {
      this.#connecting = undefined;
      this.#post();
    }
  }

  /** Reads the description of the method that lists the rows. The table is then made again with it. */
  async #describe(store: Store, connection: Connection): Promise<void> {
    const { source } = this.place;
    if (this.#method !== undefined) return;
    this.#method = await methodOf(source, store, connection, this.ports.methods);
    if (this.#method !== undefined) this.#table = this.#begin(this.#table.grid.filter);
  }

  /** Groups have names if the API user may read them. Otherwise their numbers are shown. */
  async #nameGroups(connection: Connection): Promise<void> {
    if (this.#named === connection || !this.#table.subject.customers) return;
    this.#named = connection;
    try {
      this.#table.name(await customerGroups(connection));
    } catch (error) {
      if (!(error instanceof ToolkitError)) throw error;
      this.#named = undefined;
    }
  }

  async #refresh(): Promise<void> {
    this.#stale = false;
    await this.#table.refresh();
  }

  /** Makes a new, empty table. */
  #begin(typed: string): ListTable {
    const { place, ports } = this;
    this.#filter = this.#savedFilter();
    this.#named = undefined;
    const subject = subjectOf(place.source, this.#method);
    const known = { filter: this.#filter, method: this.#method };
    const table = new ListTable(
      subject,
      (run) => rowsOf(place, ports, known, run),
      ports.columns.read(columnsKey(place.store, subject)),
      (by) => {
        if (this.#table !== table) return;
        this.#by += by;
        this.#soon();
      },
    );
    table.filterBy(typed);
    return table;
  }

  #savedFilter(): SavedFilter | undefined {
    const { store, place } = this;
    return store !== undefined && place.source.kind === 'filter' ? this.ports.filter(store, place.source.name) : undefined;
  }

  #whyNot(): ToolkitError | undefined {
    return whyNoRows(this.place, this.store, this.#filter);
  }

  /** Called when the store was added, removed or replaced, or when the filter was changed. */
  #groundChanged(): void {
    const filter = this.#savedFilter();
    const other = JSON.stringify(filter) !== JSON.stringify(this.#filter);
    if (other) {
      this.#table.cancel();
      this.#table = this.#begin(this.#table.grid.filter);
    }
    const why = this.#whyNot();
    if (other || this.store !== this.#store || why?.code !== this.#problem?.code) this.load(false);
  }

  #listen(): void {
    const { store } = this;
    if (store === this.#store) return;
    this.#listening?.dispose();
    this.#store = store;
    this.#listening = store?.onDidChange(() => {
      this.#problem = this.#whyNot() ?? store.failure ?? store.problem;
      if (store.connection !== undefined && this.#connecting === undefined) this.load(false);
      else this.#post();
    });
  }

  #ground(): TableContext {
    return { place: this.place, store: this.store, filter: this.#filter, problem: this.#problem, connecting: this.#connecting };
  }

  /** Combines several changes into one state. */
  #soon(): void {
    if (this.#posting) return;
    this.#posting = true;
    setImmediate(() => {
      this.#post();
    });
  }

  #post(): void {
    this.#posting = false;
    if (this.#closed) return;
    const state = tableState(this.#table, this.#ground());
    this.panel.title = withoutIcons([tableTitle(this.place), state.store].filter((part) => part !== '').join(', '));
    this.#send({ type: 'show', state, by: this.#by });
    this.#by = 0;
  }

  #send(update: TableUpdate): void {
    if (!this.#closed) void this.panel.webview.postMessage(update);
  }

  #do(task: () => Promise<void>): void {
    task().catch((error: unknown) => {
      this.ports.errors.report(error);
    });
  }
}
