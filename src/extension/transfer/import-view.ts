import * as vscode from 'vscode';
import { ToolkitError } from '../../api/errors';
import { importRequest, type ImportPlace, type ImportRequest, type ImportUpdate } from '../../pages/import-messages';
import { PAGE_ROWS } from '../../pages/grid-messages';
import type { ImportMapping, ImportPreview } from '../../store/transfer';
import type { DoneTask } from '../../requests';
import { t } from '../../l10n/texts';
import type { ErrorReporter } from '../errors/error-reporter';
import { showError, showInformation, showWarning } from '../messages';
import { quietSuccess } from '../quiet-success';
import { confirmWrite } from '../stores/confirm-write';
import { connectionFor } from '../stores/wait-with-notice';
import type { Store } from '../stores/store';
import type { ImportRows } from './import-rows';
import type { FinishedRun, ImportTarget } from './import-ports';
import { ImportSession } from './import-session';
import { importState } from './import-state';
import { actionOf, countsOf, outcomeNotes, outcomeOf, undoWords } from './import-words';
import type { MappingMemory } from './mapping-memory';
import { baseName } from './save-place';

/** Records larger tasks that have ended. */
export interface TaskKeeper {
  recordTask(task: DoneTask): void;
}

/** The parts of the extension that import views need. */
export interface ImportPorts {
  readonly errors: ErrorReporter;
  /** Records an import as one entry. */
  readonly history: TaskKeeper;
  /** Remembers the meaning of columns. */
  readonly memory: MappingMemory;
  /** A store by its ID. Views outlive connections and reloads, so they keep the ID only. */
  readonly store: (id: string) => Store | undefined;
  /** Called when customers were written. */
  readonly onWritten: (store: Store) => void;
  /** Shows another import, for example of the file that undoes this one. */
  readonly open: (place: ImportPlace) => Promise<void>;
}

/** Shortest time between two states while rows are compared or written, in ms. */
const STATE_PAUSE_MS = 120;

/** One import in a webview: tells the page what to draw, and carries out its requests. */
export class ImportView {
  readonly session: ImportSession;
  #closed = false;
  #posting: NodeJS.Timeout | undefined;
  #posted = 0;

  constructor(
    readonly panel: vscode.WebviewPanel,
    readonly place: ImportPlace,
    private readonly ports: ImportPorts,
    given?: ImportMapping,
  ) {
    const { memory } = ports;
    this.session = new ImportSession(
      place.file,
      {
        connect: (asked) => this.#connect(asked),
        remembered: (header) => memory.read(header, place.store),
        remember: (header, mapping) => memory.write(header, place.store, mapping),
        changed: () => {
          this.#soon();
        },
        confirm: (preview, rows) => this.#confirm(preview, rows),
        runEnded: (run) => {
          this.#over(run);
        },
      },
      given,
    );
    const subscription = panel.webview.onDidReceiveMessage((message: unknown) => {
      this.#run(async () => {
        await this.do(importRequest.parse(message));
      });
    });
    panel.onDidDispose(() => {
      this.#closed = true;
      clearTimeout(this.#posting);
      subscription.dispose();
      this.session.close();
    });
  }

  /** The store, while it is listed. */
  get store(): Store | undefined {
    return this.ports.store(this.place.store);
  }

  /** Reads the file and compares it. @param asked whether the user asked for it now, so that a missing key may be asked for */
  open(asked: boolean): void {
    this.#run(() => this.session.open(asked));
  }

  /** Carries out a request of the page. */
  async do(request: ImportRequest): Promise<void> {
    const { session } = this;
    if (await session.do(request)) return;
    const { rows } = session;
    switch (request.type) {
      case 'ready':
        this.#post();
        return;
      case 'rows':
        if (request.version === rows.state.version)
          this.#send({ type: 'rows', version: request.version, start: request.start, rows: rows.page(request.start, PAGE_ROWS) });
        return;
      case 'detail': {
        const detail = request.version === rows.state.version ? rows.detail(request.row) : undefined;
        if (detail !== undefined) this.#send({ type: 'detail', version: request.version, row: request.row, detail });
        return;
      }
      case 'copy-row': {
        const line = request.version === rows.state.version ? rows.line(request.row) : undefined;
        if (line === undefined) return;
        await vscode.env.clipboard.writeText(line);
        vscode.window.setStatusBarMessage(t('Copied row'), 3000);
        return;
      }
      case 'results':
        await showFile(session.result?.resultFile);
        return;
      case 'take-back':
        if (session.result?.beforeFile !== undefined) await this.ports.open({ ...this.place, file: session.result.beforeFile });
        return;
      default:
    }
  }

  async #connect(asked: boolean): Promise<ImportTarget> {
    const { store } = this;
    if (store === undefined)
      throw new ToolkitError('input', {
        code: 'store-gone',
        what: t('The store of this import no longer exists.'),
        next: t('Start the demo store or add the store again, then compare again.'),
      });
    const { client } = asked ? await connectionFor(store) : await store.connected();
    return { client, signal: store.signal };
  }

  /** The button already names the action and the store, so only production asks again. */
  async #confirm(preview: ImportPreview, { counts }: ImportRows): Promise<boolean> {
    const { store } = this;
    if (store === undefined || store.environment !== 'production') return store !== undefined;
    const detail = counts.update > 0 ? undoWords(counts, preview.lost) : t('New customers are kept until someone deletes them.');
    return await confirmWrite(store, { action: actionOf(counts), detail });
  }

  #over({ csv, client, begun, result, error }: FinishedRun): void {
    const { store, ports } = this;
    const file = baseName(csv.file);
    const problem = error ?? (result?.end === 'failed' ? result.error : undefined);
    ports.history.recordTask({
      title: t('Import of {file}', { file }),
      store: store?.config?.name ?? store?.name ?? '',
      dialect: client.dialect,
      at: begun,
      summary: result === undefined ? t('nothing was sent') : countsOf(result),
      report: result?.resultFile,
      ms: Date.now() - begun,
      counts: result?.counts ?? {},
      problem: problem?.words.what ?? (result?.end === 'failed' ? t('It stopped.') : undefined),
    });
    if (result !== undefined && store !== undefined) ports.onWritten(store);
    // If the page is visible, it already shows the result.
    if (this.#closed || !this.panel.visible) this.#run(() => this.#tell(file, result, error));
  }

  /** Reports the result of an import while its page is not visible. */
  async #tell(file: string, result: FinishedRun['result'], error: ToolkitError | undefined): Promise<void> {
    if (result === undefined) {
      if (error !== undefined) this.ports.errors.report(error);
      return;
    }
    const words = `${file}: ${outcomeOf(result)}`;
    const good = result.end === 'complete' && result.journal === undefined;
    if (good && result.resultFile !== undefined) {
      quietSuccess(words, result.resultFile);
      return;
    }
    const show = t('Show Import');
    const say = result.end === 'failed' ? showError : result.end === 'cancelled' ? showInformation : showWarning;
    if ((await say([words, ...outcomeNotes(result)].join(' '), show)) === show) await this.#showAgain();
  }

  async #showAgain(): Promise<void> {
    if (this.#closed) await this.ports.open(this.place);
    else this.panel.reveal();
  }

  /** Combines several changes into one state, and limits the number of states while much changes. */
  #soon(): void {
    if (this.#posting !== undefined || this.#closed) return;
    this.#posting = setTimeout(
      () => {
        this.#post();
      },
      Math.max(0, this.#posted + STATE_PAUSE_MS - Date.now()),
    );
  }

  #post(): void {
    clearTimeout(this.#posting);
    this.#posting = undefined;
    if (this.#closed) return;
    this.#posted = Date.now();
    this.#send({ type: 'show', state: importState(this.session, { place: this.place, store: this.store }) });
  }

  #send(update: ImportUpdate): void {
    if (!this.#closed) void this.panel.webview.postMessage(update);
  }

  #run(task: () => Promise<void>): void {
    task().catch((error: unknown) => {
      this.ports.errors.report(error);
    });
  }
}

async function showFile(file: string | undefined): Promise<void> {
  if (file !== undefined) await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(file));
}
