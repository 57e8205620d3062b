import { toToolkitError, type ToolkitError } from '../../api/errors';
import type { CsvRow } from './csv-file';
import type { RowResult } from './journal';
import type { Planner } from './planner';
import { failedResult, isStop, unknownResult, type RowSender, type SendResult, type Writable } from './send';
import type { PlannedRow } from './rows';

/**
 * Continues a batch that one row has ended: PHP stopped at it, so the store answers with one fault for all rows. It reads the store's
 * current content and sends the first unwritten row alone, which then gets its own reason. Then it sends the rest together again.
 */
export class StoppedBatch {
  constructor(
    private readonly rows: readonly CsvRow[],
    private readonly planner: Planner,
    private readonly sender: RowSender,
    private readonly signal: AbortSignal | undefined,
    /** Whether an earlier run lost its answer for rows of this batch; see {@link isStop}. */
    readonly again: boolean,
  ) {}

  /** @param writes rows of the batch that was answered with a fault; it is not known which of them were written */
  async goOn(writes: readonly Writable[]): Promise<SendResult> {
    const outcomes: RowResult[] = [];
    let left = writes;
    let together = true;
    while (left.length > 0) {
      const { done, open, error: blind } = await this.#compareWithStore(left);
      outcomes.push(...done);
      // Rows that cannot be looked up stay in doubt. An import that continues looks them up again.
      if (blind !== undefined) return { outcomes: [...outcomes, ...left.map(unknownResult)], unsent: [], error: blind };
      const [first, ...rest] = open;
      if (first === undefined) break;
      if (this.signal?.aborted === true) return { outcomes, unsent: open.map(({ number }) => number), error: undefined };
      const { outcome, error } = await this.#alone(first);
      if (outcome !== undefined) outcomes.push(outcome);
      if (error !== undefined) return { outcomes, unsent: (outcome === undefined ? open : rest).map(({ number }) => number), error };
      // A row that succeeds alone did not stop PHP: the batch as a whole was too large.
      if (outcome?.status === 'created' || outcome?.status === 'updated') together = false;
      left = rest;
      if (!together || rest.length === 0) continue;
      const sent = await this.sender.send(rest);
      if (!isStop(sent.error, this.again)) return { outcomes: [...outcomes, ...sent.outcomes], unsent: sent.unsent, error: sent.error };
    }
    return { outcomes, unsent: [], error: undefined };
  }

  /**
   * Continues after a row at which PHP stopped when it was sent alone.
   * @param sent the results up to that row; only the store's content shows whether the row itself was written
   */
  async goOnBehind(writes: readonly Writable[], sent: SendResult): Promise<SendResult> {
    const outcomes: RowResult[] = [];
    let latest = sent;
    while (isStop(latest.error, this.again)) {
      const { error, unsent } = latest;
      const open = new Set(latest.outcomes.filter(({ status }) => status === 'unknown').map(({ row }) => row));
      // PHP did not stop at a row.
      if (open.size === 0) break;
      const told = latest.outcomes.filter(({ row }) => !open.has(row));
      const compared = await this.#compareWithStore(writes.filter(({ number }) => open.has(number)));
      outcomes.push(
        ...told,
        ...compared.done,
        ...compared.open.map((row) => (compared.error === undefined ? failedResult(row, error) : unknownResult(row))),
      );
      if (compared.error !== undefined) return { outcomes, unsent, error: compared.error };
      latest = await this.sender.send(writes.filter(({ number }) => unsent.includes(number)));
    }
    return { ...latest, outcomes: [...outcomes, ...latest.outcomes] };
  }

  /** Compares rows with the store's current content: `done` were written, `open` were not, as far as the store shows. */
  async #compareWithStore(writes: readonly Writable[]): Promise<{
    readonly done: readonly RowResult[];
    readonly open: readonly Writable[];
    readonly error: ToolkitError | undefined;
  }> {
    const numbers = new Set(writes.map(({ number }) => number));
    try {
      const planned = await this.planner.plan(
        this.rows.filter(({ number }) => numbers.has(number)),
        () => true,
        this.signal,
      );
      const now = new Map(planned.map((row) => [row.number, row]));
      const done = writes.flatMap((row) => doneOf(row, now.get(row.number)));
      const written = new Set(done.map(({ row }) => row));
      return { done, open: writes.filter(({ number }) => !written.has(number)), error: undefined };
    } catch (error) {
      return { done: [], open: writes, error: toToolkitError(error) };
    }
  }

  /** Sends one row alone. After a stop of PHP, the store's content shows whether it was written. */
  async #alone(row: Writable): Promise<{ readonly outcome: RowResult | undefined; readonly error: ToolkitError | undefined }> {
    const { outcome, stop, error } = await this.sender.one(row, this.again);
    if (stop === undefined) return { outcome, error };
    const { done, error: blind } = await this.#compareWithStore([row]);
    return blind === undefined
      ? { outcome: done[0] ?? failedResult(row, stop), error: undefined }
      : { outcome: unknownResult(row), error: blind };
  }
}

/** The result of a row that needs no more changes: it was written. */
function doneOf(row: Writable, now: PlannedRow | undefined): readonly RowResult[] {
  if (now?.action !== 'unchanged') return [];
  return [{ row: row.number, action: row.action, status: row.action === 'create' ? 'created' : 'updated', id: now.id }];
}
