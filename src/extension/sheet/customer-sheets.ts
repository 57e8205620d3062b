import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { plural, t } from '../../l10n/texts';
import type { SoapRecord } from '../../api/value';
import { sheetMemory, type SheetPlace } from '../../pages/sheet-messages';
import { names } from '../names';
import { showWarning } from '../messages';
import type { KeptAddress } from '../../store/customers/address-undo';
import type { KeptSave } from '../../store/customers/customer-undo';
import type { Store } from '../stores/store';
import { oneLine } from '../text';
import { webviewHtml, webviewOptions } from '../webview-html';
import type * as customerSheet from './customer-sheet';
import type { CustomerSheet } from './customer-sheet';
import type { SheetBeginning, SheetPorts } from './sheet-ports';

/** The sheet with its forms and traps. Loaded when the first sheet opens. */
type SheetModule = Pick<typeof customerSheet, 'CustomerSheet'>;

async function sheetModule(): Promise<SheetModule> {
  return await import('./customer-sheet');
}

/** Options for opening a sheet. */
export interface SheetOptions {
  /** Open it like a click in the explorer: the next preview replaces it, and the keyboard focus stays where it is. */
  readonly preview?: boolean;
  /** Open the form immediately. */
  readonly edit?: boolean;
  /** Open it beside the active editor. The next customer that is opened beside an editor replaces it. */
  readonly beside?: boolean;
}

/** The open sheets, one for each customer. */
export class CustomerSheets implements vscode.WebviewPanelSerializer, vscode.Disposable {
  readonly #open = new Set<CustomerSheet>();
  #preview: CustomerSheet | undefined;
  #leaving = false;

  constructor(
    private readonly extension: vscode.Uri,
    private readonly ports: SheetPorts,
  ) {}

  /** Shows the sheet of a customer. Reuses the sheet if it is already open. */
  async open(store: Store, customer: string, { preview = false, edit = false, beside = false }: SheetOptions = {}): Promise<void> {
    const loaded = await sheetModule();
    const place: SheetPlace = { store: store.id, customer };
    const known = this.#of(place);
    if (known !== undefined) {
      if (!preview && !beside && known === this.#preview) this.#preview = undefined;
      known.panel.reveal(beside ? columnBeside(known.panel) : undefined, preview);
      if (edit) known.edit();
      return;
    }
    const reused = this.#preview;
    if ((preview || beside) && reused !== undefined && !reused.dirty) {
      reused.panel.reveal(beside ? columnBeside(reused.panel) : undefined, preview);
      await reused.change(place);
      if (edit) reused.edit();
      return;
    }
    const sheet = this.#add(loaded, this.#panel(t('Customer {customer}', { customer }), preview, beside), place, { edit, preview });
    if (preview || beside) this.#preview = sheet;
  }

  /** The customer whose sheet is in front. */
  get active(): SheetPlace | undefined {
    return this.#front?.place;
  }
  /** The row of that customer as the store gave it. */
  get activeRow(): SoapRecord | undefined {
    return this.#front?.row();
  }

  get #front(): CustomerSheet | undefined {
    return [...this.#open].find(({ panel }) => panel.active);
  }

  /** Opens a customer with the values from before a save or a write to an address, for review. */
  async undo(store: Store, save: KeptSave | KeptAddress): Promise<void> {
    await this.open(store, save.customerId);
    this.#of({ store: store.id, customer: save.customerId })?.undo('undo' in save ? 'address' : save);
  }

  /** Opens an empty form for a new customer. */
  async create(store: Store): Promise<void> {
    const loaded = await sheetModule();
    const place: SheetPlace = { store: store.id };
    const known = this.#of(place);
    if (known !== undefined) known.panel.reveal();
    else this.#add(loaded, this.#panel(t('New customer'), false), place, { edit: true });
  }

  /** Closes the sheets of deleted customers. */
  async gone(store: Store, customers: readonly string[]): Promise<void> {
    const sheets = [...this.#open].filter(
      ({ place }) => place.store === store.id && place.customer !== undefined && customers.includes(place.customer),
    );
    await Promise.all(sheets.map((sheet) => sheet.abandon()));
  }

  /** Called by VS Code for sheets that were open when the window was reloaded. Their pages kept the unsaved changes. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const memory = z.safeParse(sheetMemory, state);
    if (!memory.success) {
      panel.dispose();
      return;
    }
    panel.webview.options = webviewOptions(this.extension);
    const { place, editing, changes, address } = memory.data;
    this.#add(await sheetModule(), panel, place, { edit: editing, typed: address === undefined ? { changes } : { changes, address } });
  }

  dispose(): void {
    this.#leaving = true;
    for (const { panel } of [...this.#open]) panel.dispose();
  }

  /** Keeps the unsaved changes of a sheet whose tab was closed, and offers to reopen it. */
  async #closed({ place, name, unsaved, hasPassword }: CustomerSheet): Promise<void> {
    const changed = unsaved.changes.length + (unsaved.address?.changes.length ?? 0);
    if (changed === 0) return;
    const { drafts, store: storeOf } = this.ports;
    await drafts.keep(place, unsaved);
    const [reopen, discard] = [t('Reopen'), t('Discard')];
    const to = place.customer === undefined ? t('a new customer') : oneLine(name);
    const words = plural(changed, '{count} change to {customer} is not saved.', '{count} changes to {customer} are not saved.', {
      customer: to,
    });
    const chosen = await showWarning([words, ...(hasPassword ? [t('The password is not kept.')] : [])].join(' '), reopen, discard);
    const store = storeOf(place.store);
    if (chosen === reopen && store !== undefined) {
      if (place.customer === undefined) await this.create(store);
      else await this.open(store, place.customer);
    } else if (chosen === discard && this.#of(place) === undefined) await drafts.forget(place);
  }

  /** Sets the context keys by which menus and the palette offer commands for the customer of the active sheet. */
  #tellMenus(): void {
    const { active } = this;
    const shown = active?.customer !== undefined;
    const writable = shown && this.ports.store(active.store)?.readOnly === false;
    for (const [key, value] of [
      ['sheetShown', shown],
      ['sheetWritable', writable],
    ] as const)
      void vscode.commands.executeCommand('setContext', `mahoSoap.${key}`, value);
  }

  #of({ store, customer }: SheetPlace): CustomerSheet | undefined {
    return [...this.#open].find(({ place }) => place.store === store && place.customer === customer);
  }

  #panel(title: string, preserveFocus: boolean, beside = false): vscode.WebviewPanel {
    return vscode.window.createWebviewPanel(
      names.sheetPanel,
      title,
      { viewColumn: beside ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active, preserveFocus },
      webviewOptions(this.extension),
    );
  }

  #add({ CustomerSheet }: SheetModule, panel: vscode.WebviewPanel, place: SheetPlace, beginning: SheetBeginning): CustomerSheet {
    const sheet = new CustomerSheet(panel, place, this.ports, beginning);
    this.#open.add(sheet);
    panel.onDidChangeViewState(() => {
      this.#tellMenus();
    });
    this.#tellMenus();
    panel.onDidDispose(() => {
      this.#open.delete(sheet);
      this.#tellMenus();
      if (this.#preview === sheet) this.#preview = undefined;
      // When the window closes, VS Code keeps the state of the page.
      if (!this.#leaving)
        void this.#closed(sheet).catch((error: unknown) => {
          this.ports.errors.report(error);
        });
    });
    const first = sheet.begin();
    panel.webview.html = webviewHtml(panel.webview, this.extension, {
      title: t('Customer'),
      script: 'sheet.js',
      styles: ['sheet.css'],
      first,
    });
    return sheet;
  }
}

/** The column for a sheet that must not cover the active editor: its own column, unless the active editor is in the same group of tabs. */
function columnBeside({ viewColumn }: vscode.WebviewPanel): vscode.ViewColumn | undefined {
  return viewColumn === vscode.window.tabGroups.activeTabGroup.viewColumn ? vscode.ViewColumn.Beside : undefined;
}
