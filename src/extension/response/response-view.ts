import * as vscode from 'vscode';
import { dialectLabels, isSoap, type Dialect } from '../../api/dialect';
import { writtenIn } from '../../api/dialect-facets';
import { responseRequest, type ResponseRequest, type ResponseUpdate } from '../../pages/response-messages';
import { applyFix } from '../../api/traps';
import { isList, isRecord } from '../../api/value';
import type { KnownLink } from '../../forms/known-links';
import { isWrite } from '../../store/calls/policy';
import { plural, t } from '../../l10n/texts';
import type { CopyAs } from '../calls/copy-as';
import type { ErrorReporter } from '../errors/error-reporter';
import type { ColumnMemory } from '../grid/column-memory';
import { saveRows } from '../grid/save-rows';
import { helpCommand } from '../help-link';
import { topicOf } from '../topics';
import { oneLine, withoutIcons } from '../text';
import { saveBytes, type ExchangeDocuments, type MessagePart } from './exchange-documents';
import type { Call, CallOutcome, ExchangeKeeper } from '../calls/outcome';
import { holdsMask, offeredFix, ResponseModel } from './response-model';
import { runCall } from '../calls/run-call';
import { runAgain } from './run-again';
import { comparisonChoices, otherDialects } from './comparison-choices';
import { compareAnswers, requestOver } from './same-call';
import { hasRest } from '../stores/maho-stores';
import { maskedCallError, onlyFromFileError, onlyOverRestError } from './not-again';
import { pickOne, pickSeveral } from '../picks';

/** The parts of the extension that a response view needs. */
export interface ResponsePorts {
  readonly documents: ExchangeDocuments;
  readonly copyAs: CopyAs;
  readonly errors: ErrorReporter;
  /** The chosen columns of each method. */
  readonly columns: ColumnMemory;
  readonly history: ExchangeKeeper;
  /** Keeps this view as it is, so that the next outcome opens another view. */
  readonly keep: (view: ResponseView) => void;
}

/** A call that was remembered over a reload of the window, without its outcome. */
export interface Remembered {
  readonly title: string;
  readonly words: string;
  /** Runs the call again. `undefined` when that is not possible. */
  readonly rerun: ((signal: AbortSignal) => Promise<CallOutcome | undefined>) | undefined;
}

/** A webview that shows one outcome at a time. */
export class ResponseView {
  #model: ResponseModel | undefined;
  #gone: Remembered | undefined;
  /** Whether the tab is closed. Nothing is drawn any more then. */
  #closed = false;
  #running: { readonly stop: AbortController; readonly words: string; readonly here: boolean } | undefined;

  constructor(
    readonly panel: vscode.WebviewPanel,
    private readonly ports: ResponsePorts,
  ) {
    panel.webview.onDidReceiveMessage((message: unknown) => {
      void this.#answer(message).catch((error: unknown) => {
        this.ports.errors.report(error);
      });
    });
    panel.onDidDispose(() => {
      this.#closed = true;
      this.#running?.stop.abort();
    });
  }

  /** Whether a call runs whose outcome will be shown here. Another outcome must not take its place meanwhile. */
  get running(): boolean {
    return this.#running?.here === true;
  }

  /** The outcome that is shown. `undefined` after a reload. */
  get outcome(): CallOutcome | undefined {
    return this.#model?.outcome;
  }

  /** Shows an outcome instead of the earlier one. */
  show(outcome: CallOutcome): void {
    this.#gone = undefined;
    this.#model = new ResponseModel(outcome, this.ports.columns.read(outcome.call.method));
    if (!this.#closed) this.panel.title = withoutIcons(outcome.title);
    this.#post({ type: 'show', state: this.#model.state });
  }

  /** Shows which call was here before the window was reloaded. */
  remember(gone: Remembered): void {
    this.#gone = gone;
    this.panel.title = withoutIcons(gone.title);
    this.#postAll();
  }

  /** Carries out a request of the page or of a command. */
  async do(request: ResponseRequest): Promise<void> {
    const model = this.#model;
    switch (request.type) {
      case 'ready':
        this.#postAll();
        return;
      case 'run':
        await this.#runAgain();
        return;
      case 'cancel':
        this.#running?.stop.abort();
        return;
      case 'keep':
        this.ports.keep(this);
        vscode.window.setStatusBarMessage(t('Kept: the next response opens beside it'), 3000);
        return;
      default:
        if (model !== undefined) await this.#doWith(model, request);
    }
  }

  async #doWith(model: ResponseModel, request: Exclude<ResponseRequest, { type: 'ready' | 'run' | 'cancel' | 'keep' }>): Promise<void> {
    const { outcome, table } = model;
    switch (request.type) {
      case 'rows':
        if (table !== undefined && request.version === table.state.version)
          this.#post({ type: 'rows', version: request.version, start: request.start, rows: table.page(request.start) });
        return;
      case 'branch':
        this.#post({ type: 'branch', path: request.path, start: request.start, items: model.branch(request.path, request.start) });
        return;
      case 'sort':
        table?.sortBy(request.column);
        this.#postTable();
        return;
      case 'filter':
        table?.filterBy(request.text);
        this.#postTable();
        return;
      case 'columns':
        await this.#chooseColumns(model);
        return;
      case 'move-column':
        table?.move(request.column, request.to);
        await this.#columnsChanged(model);
        return;
      case 'widen':
        table?.widen(request.column, request.px);
        await this.#columnsChanged(model);
        return;
      case 'copy-cell':
        if (request.version === table?.state.version) await copy(table.text(request.row, request.column), t('Copied cell'));
        return;
      case 'copy-row':
        if (request.version === table?.state.version)
          await copy(JSON.stringify(table.row(request.row) ?? null, null, 2), t('Copied row as JSON'));
        return;
      case 'follow':
        await followCell(model, request.version, request.row, request.column);
        return;
      case 'open-row': {
        const column = table === undefined ? undefined : model.tableState(table).rowLink?.column;
        if (column !== undefined) await followCell(model, request.version, request.row, column);
        return;
      }
      case 'follow-value':
        await follow(model, model.linkAt(request.path));
        return;
      case 'copy-value':
        await copy(model.textAt(request.path), t('Copied value'));
        return;
      case 'copy-all': {
        const format = request.format.toUpperCase();
        const words =
          table === undefined
            ? t('Copied {format}', { format })
            : plural(table.state.shown, 'Copied {count} row as {format}', 'Copied {count} rows as {format}', { format });
        await copy(request.format === 'csv' ? (table?.csv() ?? '') : model.json(), words);
        return;
      }
      case 'save':
        await saveRows({
          name: model.outcome.call.method,
          csv: table === undefined ? undefined : () => table.csv(),
          json: () => model.json(),
        });
        return;
      case 'run-over':
        await this.#runOver(outcome, request.dialect);
        return;
      case 'compare':
        await this.#compare(model);
        return;
      case 'copy-as':
        await this.ports.copyAs.copy(outcome.call, outcome.store);
        return;
      case 'learn-more':
        if (outcome.error !== undefined) await vscode.commands.executeCommand(helpCommand, ...(topicOf(outcome.error.words) ?? []));
        return;
      case 'fix':
        await this.#fix(model, request.suggestion);
        return;
      case 'open-xml':
        await this.openMessage(request.part, request.form);
        return;
      case 'save-bytes':
        if (outcome.exchange !== undefined) await saveBytes(outcome.exchange, request.part);
    }
  }

  /** Opens a message as a document, in the column of the view. */
  async openMessage(part: MessagePart, form: 'pretty' | 'exact' = 'pretty'): Promise<void> {
    const { exchange } = this.outcome ?? {};
    if (exchange !== undefined) await this.ports.documents.open(exchange, part, form, this.panel.viewColumn);
  }

  async #answer(message: unknown): Promise<void> {
    await this.do(responseRequest.parse(message));
  }

  async #runAgain(): Promise<void> {
    const { outcome } = this;
    const again =
      outcome === undefined ? this.#gone?.rerun : (outcome.again ?? ((signal: AbortSignal) => this.#rerun(outcome, outcome.call, signal)));
    if (again !== undefined) await this.#run(t('Running again'), again, outcome?.againShowsItself !== true);
  }

  async #runOver(outcome: CallOutcome, dialect: Dialect): Promise<void> {
    // The page does not offer this for writes, so a message that asks for it is ignored.
    if (isWrite(outcome.call.method)) return;
    await this.#run(t('Running over {dialect}', { dialect: dialectLabels[dialect] }), (signal) =>
      this.#rerun(outcome, { ...outcome.call, dialect }, signal),
    );
  }

  async #fix({ findings, outcome }: ResponseModel, index: number): Promise<void> {
    const finding = findings[index];
    const fix = finding === undefined ? undefined : offeredFix(finding);
    if (fix === undefined) return;
    if (outcome.fix !== undefined) {
      await outcome.fix(fix);
      await this.#runAgain();
      return;
    }
    const { method, args } = applyFix({ method: outcome.call.method, args: outcome.call.args }, fix);
    const fixed = { ...outcome.call, method, args: isRecord(args) || isList(args) ? args : undefined };
    await this.#run(t('Running the fixed call'), (signal) => this.#rerun(outcome, fixed, signal));
  }

  /** Sends a call again. Asks for a confirmation if it writes. */
  async #rerun({ store, title, fix }: CallOutcome, call: Call, signal: AbortSignal): Promise<CallOutcome | undefined> {
    if (call.envelope !== undefined) throw onlyFromFileError();
    if (holdsMask(call)) throw maskedCallError();
    const again = await runAgain(call, store, { history: this.ports.history, title, signal });
    return again === undefined ? undefined : { ...again, fix };
  }

  /** Runs a task, shows that it is running, and then shows its outcome. One task at a time. */
  async #run(words: string, task: (signal: AbortSignal) => Promise<CallOutcome | undefined>, here = true): Promise<void> {
    const outcome = await this.#busy(words, task, here);
    if (outcome !== undefined) this.show(outcome);
  }

  async #busy<T>(words: string, task: (signal: AbortSignal) => Promise<T>, here = true): Promise<T | undefined> {
    if (this.#running !== undefined) {
      vscode.window.setStatusBarMessage(t('{task}: cancel it first, or wait for it', { task: this.#running.words }), 5000);
      return undefined;
    }
    const stop = new AbortController();
    this.#running = { stop, words, here };
    this.#post({ type: 'busy', busy: true, words });
    try {
      return await task(stop.signal);
    } catch (error) {
      if (!stop.signal.aborted) throw error;
      vscode.window.setStatusBarMessage(t('Cancelled: the view shows the previous response'), 5000);
      return undefined;
    } finally {
      this.#running = undefined;
      this.#post({ type: 'busy', busy: false, words: '' });
    }
  }

  async #compare(model: ResponseModel): Promise<void> {
    const { outcome } = model;
    if (outcome.call.envelope !== undefined) throw onlyFromFileError();
    const others = otherDialects(outcome, hasRest(outcome.store));
    if (others.length === 0) throw onlyOverRestError(outcome.call.method);
    const own = outcome.dialect === undefined ? undefined : dialectLabels[outcome.dialect];
    const items = comparisonChoices(outcome, others);
    const chosen = await pickOne(items, {
      placeHolder: isWrite(outcome.call.method)
        ? t('Compare (a write is not repeated, so only requests can be compared)')
        : t('Compare the same call in other dialects'),
    });
    if (chosen?.dialect !== undefined) await this.#compareRequests(outcome, chosen.dialect, own ?? '');
    else if (chosen !== undefined) await this.#compareAnswers(model, others);
  }

  async #compareRequests({ call, store, exchange, dialect }: CallOutcome, other: Dialect, own: string): Promise<void> {
    const sent = dialect !== undefined && isSoap(dialect) ? exchange?.request.body : undefined;
    const left = sent ?? (await requestOver(dialect ?? writtenIn(dialect), call, store));
    const right = await requestOver(other, call, store);
    await this.ports.documents.compare(
      t('{method}: {dialect} and {other}', { method: oneLine(call.method), dialect: own, other: dialectLabels[other] }),
      { name: `${call.method} ${own}`, xml: left },
      { name: `${call.method} ${dialectLabels[other]}`, xml: right },
    );
  }

  async #compareAnswers(model: ResponseModel, others: readonly Dialect[]): Promise<void> {
    const { outcome } = model;
    const answers = await this.#busy(
      t('Running over the other dialects'),
      async (signal) =>
        await Promise.all(
          others.map((dialect) =>
            runCall({ ...outcome.call, dialect }, outcome.store, { history: this.ports.history, signal }).then((answer) => ({
              ...answer,
              dialect,
            })),
          ),
        ),
    );
    if (answers === undefined || this.#model !== model) return;
    model.comparison = compareAnswers(outcome, answers);
    this.#post({ type: 'comparison', comparison: model.comparison });
  }

  async #chooseColumns(model: ResponseModel): Promise<void> {
    const { table } = model;
    if (table === undefined) return;
    const items = table.allColumns.map(({ code, doc }) => ({
      label: withoutIcons(code),
      description: withoutIcons(doc.split('. ')[0] ?? ''),
      code,
      picked: !table.choice.hidden.includes(code),
    }));
    const chosen = await pickSeveral(items, { placeHolder: t('Select the columns to show') });
    if (chosen === undefined) return;
    const shown = new Set(chosen.map(({ code }) => code));
    table.choose({
      ...table.choice,
      order: items.map(({ code }) => code),
      hidden: items.map(({ code }) => code).filter((code) => !shown.has(code)),
    });
    await this.#columnsChanged(model);
  }

  async #columnsChanged({ table, outcome }: ResponseModel): Promise<void> {
    if (table === undefined) return;
    this.#postTable();
    await this.ports.columns.write(outcome.call.method, table.choice);
  }

  #postTable(): void {
    if (this.#model?.table !== undefined) this.#post({ type: 'table', table: this.#model.tableState(this.#model.table) });
  }

  #postAll(): void {
    if (this.#model !== undefined) this.#post({ type: 'show', state: this.#model.state });
    else if (this.#gone !== undefined)
      this.#post({ type: 'gone', title: this.#gone.title, words: this.#gone.words, rerun: this.#gone.rerun !== undefined });
    if (this.#running !== undefined) this.#post({ type: 'busy', busy: true, words: this.#running.words });
  }

  #post(update: ResponseUpdate): void {
    if (!this.#closed) void this.panel.webview.postMessage(update);
  }
}

/** Opens the target of a value, unless the rows have changed since. */
async function followCell(model: ResponseModel, version: number, row: number, column: string): Promise<void> {
  const { table } = model;
  if (table !== undefined && version === table.state.version) await follow(model, model.linkIn(table, row, column));
}

async function follow({ outcome }: ResponseModel, link: KnownLink | undefined): Promise<void> {
  if (link !== undefined) await vscode.commands.executeCommand('mahoSoap.api.follow', { store: outcome.store.id, link });
}

async function copy(text: string, words: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(words, 3000);
}
