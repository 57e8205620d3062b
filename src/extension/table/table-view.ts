import * as vscode from 'vscode';
import { customer } from '../../api/resources/customer';
import { ToolkitError, toToolkitError } from '../../api/errors';
import type { SoapRecord } from '../../api/value';
import { tableRequest, type CellEdit, type TablePlace, type TableRequest, type TableUpdate } from '../../pages/table-messages';
import { customerGroups } from '../customer/customer-groups';
import { RowList, type LongTask, type RowSource } from '../customer/row-list';
import { selectionOf, type SavedFilter } from '../customer/saved-filter';
import type { Connection, Store } from '../stores/store';
import { connecting } from '../stores/patience';
import { count, withoutIcons } from '../text';
import { CustomerTable } from './customer-table';
import { isEditable } from './cell-edits';
import { actOnEmpty, commands, exportList, openCustomer, runOn } from './table-actions';
import { editOf, takeEdit } from './table-edit';
import { chooseColumns } from './table-columns';
import type { TablePorts } from './table-ports';
import { SearchRows, type TableRows } from './table-rows';
import { findableText, tableState, tableTitle, whyNoRows, type TableGround } from './table-state';

/** One table of customers in a webview: asks the store, and gives the page what to draw. */
export class TableView {
  #table: CustomerTable;
  #filter: SavedFilter | undefined;
  #problem: ToolkitError | undefined;
  #connecting: string | undefined;
  /** The store that is listened to, and the connection whose groups were asked for. */
  #store: Store | undefined;
  #listening: vscode.Disposable | undefined;
  #named: Connection | undefined;
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
      ports.onDidChangeGround(() => {
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

  /** The selected customers as commands take them. */
  get nodes(): readonly unknown[] {
    const { store } = this;
    return store === undefined ? [] : this.ports.nodes(store, this.#table.selectedRows);
  }

  /** Loads the first customers. @param asked somebody wants it now: a missing key is asked for */
  load(asked: boolean): void {
    this.#do(() => this.#load(asked));
  }

  /** Customers of the store changed; `undefined` for what is not known one by one. */
  customersChanged(ids: readonly string[] | undefined): void {
    if (!this.#table.rows.started) return;
    if (ids !== undefined) this.#do(() => this.#table.look(ids));
    // A search through the whole store is repeated only where somebody asks for it.
    else if (this.#table.rows.isSearch) this.#table.outdate();
    else if (this.panel.visible) this.#do(() => this.#refresh());
    else this.#stale = true;
  }

  /** Does what the page or a command asks for. */
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
        if (this.store !== undefined) await exportList(this.ports, this.place, this.store, table.rows.rows);
        return;
      case 'empty-action':
        await this.#emptyAction();
        return;
      default:
        await this.#doWithRows(table, request);
    }
  }

  async #doWithRows(
    table: CustomerTable,
    request: Extract<
      TableRequest,
      { type: 'select' | 'select-all' | 'select-none' | 'open' | 'edit' | 'edited' | 'copy' | 'copy-cell' | 'export' | 'change' | 'delete' }
    >,
  ): Promise<void> {
    // What was asked about rows that stand elsewhere by now is not done to others.
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
        vscode.window.setStatusBarMessage('Copied cell', 3000);
        return;
      case 'copy': {
        const { length } = table.selectedRows;
        if (length === 0) return;
        await vscode.env.clipboard.writeText(table.copy(request.format));
        vscode.window.setStatusBarMessage(
          `Copied ${count(length)} ${length === 1 ? 'row' : 'rows'} as ${request.format.toUpperCase()}`,
          3000,
        );
        return;
      }
      case 'export':
      case 'change':
      case 'delete':
        await this.#command(commands[request.type]);
    }
  }

  /** Runs a command of the tree on the selected customers: each asks, confirms and undoes as it does elsewhere. */
  async #command(command: string): Promise<void> {
    await runOn(command, this.nodes);
  }

  async #open(row: SoapRecord | undefined, edit: boolean): Promise<void> {
    await openCustomer(this.ports, this.store, row, edit);
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

  /** Lets a cell be changed where it stands; what cannot be, in the form of the customer. */
  async #edit(table: CustomerTable, row: number, column: string): Promise<void> {
    if (this.store?.readOnly !== false) return;
    if (isEditable(column)) this.#answer(editOf(table, row, column));
    else await this.#open(table.record(row), true);
  }

  #edited(table: CustomerTable, { row, column, value }: Extract<TableRequest, { type: 'edited' }>): void {
    const { store } = this;
    if (store?.readOnly === false) this.#answer(takeEdit(table, row, column, value, store.connection?.dialect ?? 'v2'));
  }

  #answer(edit: CellEdit | undefined): void {
    if (edit !== undefined) this.#send({ type: 'edit', ...edit });
  }

  /** Shows what the changed cells would do, as an import shows it; there they are sent and taken back. */
  async #reviewEdits(table: CustomerTable): Promise<void> {
    const { store } = this;
    if (store === undefined) return;
    for (const file of table.editFiles()) await this.ports.change(store, file);
  }

  async #keepColumns(): Promise<void> {
    await this.ports.columns.write(this.place.store, this.#table.choice);
  }

  async #load(asked: boolean): Promise<void> {
    const { store } = this;
    const table = this.#table;
    this.#listen();
    this.#problem = this.#whyNot();
    if (store === undefined || this.#problem !== undefined) {
      this.#post();
      return;
    }
    try {
      if (store.connection === undefined) {
        this.#connecting = connecting(store);
        this.#post();
      }
      const connection = asked ? await store.wanted() : await store.connected();
      this.#connecting = undefined;
      const { problem } = table.rows;
      // Over a new connection it begins anew, and what failed over the old one is over.
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

  /** Groups have names where the API user may read them; their numbers say enough otherwise. */
  async #nameGroups(connection: Connection): Promise<void> {
    if (this.#named === connection) return;
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

  /** Makes the table anew, with nothing in it. */
  #begin(typed: string): CustomerTable {
    const { place, ports } = this;
    this.#filter = this.#savedFilter();
    this.#named = undefined;
    const source: RowSource = {
      get connection() {
        return ports.store(place.store)?.connection;
      },
      get signal() {
        return ports.store(place.store)?.signal ?? AbortSignal.abort();
      },
      lost: async (error) => (await ports.store(place.store)?.lost(error)) ?? false,
    };
    const table = new CustomerTable(
      (run) => this.#rows(source, run),
      ports.columns.read(place.store),
      (by) => {
        if (this.#table !== table) return;
        this.#by += by;
        this.#soon();
      },
    );
    table.filterBy(typed);
    return table;
  }

  #rows(source: RowSource, run: LongTask): TableRows {
    const { order } = this.ports;
    if (this.place.source.kind === 'search') return new SearchRows(this.place.source.text, source, order, run);
    return new RowList(source, customer, order, this.#filter === undefined ? {} : selectionOf(this.#filter), run);
  }

  #savedFilter(): SavedFilter | undefined {
    const { store, place } = this;
    return store !== undefined && place.source.kind === 'filter' ? this.ports.filter(store, place.source.name) : undefined;
  }

  #whyNot(): ToolkitError | undefined {
    return whyNoRows(this.place, this.store, this.#filter);
  }

  /** The store came, went or was made anew, or the filter was changed. */
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

  #ground(): TableGround {
    return { place: this.place, store: this.store, filter: this.#filter, problem: this.#problem, connecting: this.#connecting };
  }

  /** One state for all that changes at once. */
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
