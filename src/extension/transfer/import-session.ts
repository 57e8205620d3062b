import { ToolkitError, toToolkitError } from '../../api/errors';
import type { ImportFilter, ImportRequest } from '../../pages/import-messages';
import {
  checkMapping,
  guessMapping,
  importKey,
  importTargets,
  journalFile,
  openCsv,
  previewImport,
  removeJournal,
  runImport,
  takeBackMapping,
  type CsvFile,
  type ImportMapping,
  type ImportPreview,
  type ImportProgress,
  type ImportResult,
  type Readings,
} from '../../store/transfer';
import { t } from '../../l10n/texts';
import { ImportDoubts, withoutDecision, type NumberNames } from './import-doubts';
import { firstRows } from './first-rows';
import type { ImportTarget, SessionPorts } from './import-ports';
import { ImportRows } from './import-rows';

/**
 * One import: a file and the meaning of its columns, the comparison with a store, and the run. Knows neither the editor nor the page. It
 * compares automatically whenever something changes that affects the rows. Only the latest comparison counts.
 */
export class ImportSession {
  rows = new ImportRows(() => this.names);
  phase: 'opening' | 'comparing' | 'ready' | 'running' | 'over' = 'opening';
  csv: CsvFile | undefined;
  samples: readonly (readonly string[])[] = [];
  mapping: ImportMapping | undefined;
  names: NumberNames = new Map();
  doubts = new ImportDoubts();
  preview: ImportPreview | undefined;
  problem: ToolkitError | undefined;
  result: ImportResult | undefined;
  /** Number of rows that were compared in this phase. */
  compared = 0;
  connecting = false;
  stopping = false;
  progress: ImportProgress | undefined;
  /** In ms since 1970. */
  begun = 0;
  revision = 0;
  #stop = new AbortController();
  /** Whether the confirmation of the run is open. */
  #asking = false;
  #closed = false;
  #shown: { readonly filter: ImportFilter; readonly text: string } = { filter: 'all', text: '' };

  /** @param given the meaning of the columns, if it is already known */
  constructor(
    private readonly file: string,
    private readonly ports: SessionPorts,
    readonly given?: ImportMapping,
  ) {}

  /** Why the meanings of the columns do not fit together. */
  get mappingProblem(): string | undefined {
    if (this.mapping === undefined) return undefined;
    try {
      checkMapping(this.mapping);
      return undefined;
    } catch (error) {
      return toToolkitError(error).message;
    }
  }

  /** Reads the file and compares it with the store. @param asked whether the user asked for it now, so that a missing key is asked for */
  async open(asked: boolean): Promise<void> {
    if (this.phase === 'running') return;
    const stop = this.#begin('opening');
    this.result = undefined;
    try {
      const csv = await openCsv(this.file);
      const samples = await firstRows(csv);
      if (stop.aborted) return;
      const same = this.csv !== undefined && JSON.stringify(this.csv.header) === JSON.stringify(csv.header);
      this.csv = csv;
      this.samples = samples;
      if (!same || this.mapping === undefined)
        this.mapping = this.given ?? takeBackMapping(csv) ?? this.ports.remembered(csv.header) ?? guessMapping(csv.header);
    } catch (error) {
      this.#failed(error, stop);
      return;
    }
    await this.#compare(asked);
  }

  /** Ends the work under way. Rows that were already sent to the store are not undone. */
  cancel(): void {
    if (this.phase === 'running') this.stopping = true;
    this.#stop.abort();
    if (this.phase === 'comparing' || this.phase === 'opening') {
      this.phase = 'ready';
      this.preview = undefined;
      this.connecting = false;
      this.problem = new ToolkitError('input', {
        code: 'stopped',
        what: t('The comparison was stopped.'),
        why: t('The effect of the other rows is not known.'),
        next: t('Compare again to continue.'),
      });
    }
    this.ports.changed();
  }

  /** Sets the meaning of a column. An attribute comes from one column: the one that was chosen last. */
  async setColumn(index: number, target: string | undefined): Promise<void> {
    const { mapping, csv } = this;
    if (mapping === undefined || csv === undefined || index >= csv.header.length) return;
    if (target !== undefined && !importTargets.some(({ name }) => name === target)) return;
    const columns = csv.header.map((_, other) => {
      const now = mapping.columns[other] ?? null;
      return other === index ? (target ?? null) : now === target ? null : now;
    });
    await this.#change({ ...mapping, columns });
  }

  /** Changes how rows find their customers, or the meaning of empty cells. */
  async setRule(rule: Partial<Pick<ImportMapping, 'key' | 'emptyCells'>>): Promise<void> {
    if (this.mapping !== undefined) await this.#change({ ...this.mapping, ...rule });
  }

  /** Decides a doubt for all rows. */
  async decide(doubt: string, value: string): Promise<void> {
    const readings = this.doubts.decided(doubt, value, this.mapping?.readings ?? {});
    if (readings !== undefined) await this.#read(readings);
  }

  /** Undoes a decision. */
  async undecide(decision: string): Promise<void> {
    await this.#read(withoutDecision(this.mapping?.readings ?? {}, decision));
  }

  /** Shows the rows of a kind, or those that contain a text. */
  show({ filter = this.#shown.filter, text = this.#shown.text }: { readonly filter?: ImportFilter; readonly text?: string }): void {
    this.#shown = { filter, text };
    this.rows.show(filter, text);
    this.ports.changed();
  }

  /** Leaves shown rows out, or takes them back in. */
  leaveOut(from: number, to: number, out: boolean): void {
    // While the confirmation is open, the rows it asks about must not change.
    if (this.phase !== 'running' && this.phase !== 'over' && !this.#asking) {
      this.rows.leaveOut(from, to, out);
      this.revision++;
    }
    this.ports.changed();
  }

  /** Forgets the results of an earlier run of this import, and compares every row again. */
  async startOver(): Promise<void> {
    const { csv, mapping, preview } = this;
    if (csv === undefined || mapping === undefined || preview === undefined || this.phase !== 'ready') return;
    const { client } = await this.ports.connect(true);
    await removeJournal(journalFile(csv.file, importKey(csv.hash, mapping, client.config)));
    await this.#compare(true);
  }

  /** Ends the work under way. Nothing can begin after that. */
  close(): void {
    this.#closed = true;
    this.cancel();
  }

  /** Writes the ticked rows, after a confirmation where that is required. */
  async run(): Promise<void> {
    const { csv, mapping, preview, rows } = this;
    if (csv === undefined || mapping === undefined || preview === undefined || this.phase !== 'ready' || this.#asking) return;
    if (rows.counts.create + rows.counts.update === 0) return;
    const target = await this.#confirmed(preview);
    // Write exactly what was confirmed: nothing that was compared meanwhile, and nothing for a view that was closed.
    if (target === undefined || this.preview !== preview || this.#closed) return;
    const { client, signal } = target;
    const stop = this.#begin('running');
    this.stopping = false;
    this.begun = Date.now();
    rows.begin();
    this.ports.changed();
    let [result, error]: [ImportResult | undefined, ToolkitError | undefined] = [undefined, undefined];
    try {
      result = await runImport({ client, csv, mapping }, preview, {
        confirmed: true,
        signal: AbortSignal.any([stop, signal]),
        leftOut: (row) => rows.isLeftOut(row),
        onOutcome: (outcome) => {
          rows.note(outcome);
        },
        onProgress: (progress) => {
          this.progress = progress;
          this.revision++;
          this.ports.changed();
        },
      });
    } catch (thrown) {
      error = toToolkitError(thrown);
    }
    if (result !== undefined) rows.end();
    this.result = result;
    this.problem = error;
    this.phase = 'over';
    this.progress = undefined;
    this.revision++;
    this.ports.runEnded({ csv, client, begun: this.begun, result, error });
    this.ports.changed();
  }

  /**
   * Connects, and asks whether to write. If the connection ends meanwhile, the settings of the store may have changed, such as its address
   * or its environment. It connects and asks again then, so that the answer always applies to the store that is written to.
   * @returns `undefined` when it was refused, or when the store does not answer
   */
  async #confirmed(preview: ImportPreview): Promise<ImportTarget | undefined> {
    this.#asking = true;
    try {
      for (;;) {
        const target = await this.ports.connect(true);
        // Nothing is written for a view that was closed, after another comparison, or to a store that was disconnected again.
        if (target.signal.aborted || this.preview !== preview || this.#closed) return target;
        if (!(await this.ports.confirm(preview, this.rows))) return undefined;
        if (!target.signal.aborted) return target;
      }
    } catch (error) {
      this.problem = toToolkitError(error);
      this.ports.changed();
      return undefined;
    } finally {
      this.#asking = false;
    }
  }

  async #read(readings: Readings): Promise<void> {
    if (this.mapping === undefined) return;
    const { readings: _, ...mapping } = this.mapping;
    await this.#change(Object.keys(readings).length === 0 ? mapping : { ...mapping, readings });
  }

  async #change(mapping: ImportMapping): Promise<void> {
    if (this.phase === 'running' || this.phase === 'over' || this.csv === undefined) return;
    this.mapping = mapping;
    // The meaning of a file that was made for one purpose does not apply to other files with the same columns.
    if (this.given === undefined && takeBackMapping(this.csv) === undefined) await this.ports.remember(this.csv.header, mapping);
    await this.#compare(true);
  }

  async #compare(asked: boolean): Promise<void> {
    const { csv, mapping } = this;
    const out = new Set(this.rows.leftOut);
    const stop = this.#begin('comparing');
    const rows = new ImportRows(() => this.names);
    // These filters show results, and there are none yet.
    if (this.#shown.filter === 'done' || this.#shown.filter === 'failed') this.#shown = { ...this.#shown, filter: 'all' };
    rows.show(this.#shown.filter, this.#shown.text);
    const doubts = new ImportDoubts();
    if (csv === undefined || mapping === undefined) return;
    if (this.mappingProblem !== undefined) {
      this.rows = rows;
      this.doubts = doubts;
      this.phase = 'ready';
      this.ports.changed();
      return;
    }
    try {
      this.connecting = true;
      this.ports.changed();
      const { client, signal } = await this.ports.connect(asked);
      if (stop.aborted) return;
      this.connecting = false;
      this.rows = rows;
      this.doubts = doubts;
      this.ports.changed();
      const preview = await previewImport(
        { client, csv, mapping },
        {
          signal: AbortSignal.any([stop, signal]),
          samples: 0,
          onWay: ({ choices }) => {
            if (stop.aborted) return;
            this.names = choices;
          },
          onRow: (row) => {
            if (stop.aborted) return;
            rows.add(row, out.has(row.number));
            if (row.action === 'reject') doubts.add(row.doubts ?? []);
          },
          onProgress: (compared) => {
            if (stop.aborted) return;
            this.compared = compared;
            this.ports.changed();
          },
        },
      );
      if (stop.aborted) return;
      this.preview = preview;
      this.phase = 'ready';
      this.ports.changed();
    } catch (error) {
      this.#failed(error, stop);
    }
  }

  /** Begins another phase and ends the work of the earlier one. */
  #begin(phase: ImportSession['phase']): AbortSignal {
    this.#stop.abort();
    this.#stop = new AbortController();
    if (phase !== 'running') this.preview = undefined;
    this.phase = phase;
    this.problem = undefined;
    this.connecting = false;
    this.compared = 0;
    this.ports.changed();
    return this.#stop.signal;
  }

  #failed(error: unknown, stop: AbortSignal): void {
    // The error of abandoned work is of no interest.
    if (stop.aborted) return;
    this.problem = toToolkitError(error);
    this.connecting = false;
    this.phase = 'ready';
    this.ports.changed();
  }

  /** Carries out a request of the page that is about the import itself. @returns whether it was such a request */
  async do(request: ImportRequest): Promise<boolean> {
    switch (request.type) {
      case 'show':
        this.show({ filter: request.filter });
        return true;
      case 'filter':
        this.show({ text: request.text });
        return true;
      case 'column':
        await this.setColumn(request.column, request.target);
        return true;
      case 'key':
        await this.setRule({ key: request.key });
        return true;
      case 'empty-cells':
        await this.setRule({ emptyCells: request.as });
        return true;
      case 'check':
        if (request.version === this.rows.state.version) this.leaveOut(request.from, request.to, !request.on);
        return true;
      case 'check-shown':
        this.leaveOut(0, this.rows.state.shown - 1, !request.on);
        return true;
      case 'decide':
        await this.decide(request.doubt, request.value);
        return true;
      case 'undecide':
        await this.undecide(request.decision);
        return true;
      case 'start-over':
        await this.startOver();
        return true;
      case 'run':
        await this.run();
        return true;
      case 'cancel':
        this.cancel();
        return true;
      case 'retry':
      case 'go-on':
        await this.open(true);
        return true;
      default:
        return false;
    }
  }
}
