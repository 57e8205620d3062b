import { toToolkitError, type ToolkitError } from '../../api/errors';
import type { CsvRow } from './csv-file';
import type { RowResult } from './journal';
import type { Planner } from './planner';
import { failed, isStop, unknown, type RowSender, type Sent, type Writable } from './send';
import type { PlannedRow } from './rows';

/**
 * Goes on with a batch that one row has ended: PHP stopped over it, so the store answers with one fault for all rows. Looks up what the
 * store holds now, sends the first row that is not there by itself, which then has its own reason, and sends the rest together again.
 */
export class StoppedBatch {
  constructor(
    private readonly rows: readonly CsvRow[],
    private readonly planner: Planner,
    private readonly sender: RowSender,
    private readonly signal: AbortSignal | undefined,
    /** Whether an earlier run lost its answer over rows of this batch; see {@link isStop}. */
    readonly again: boolean,
  ) {}

  /** @param writes rows of the batch that was answered with a fault; what the store did of them is not known */
  async goOn(writes: readonly Writable[]): Promise<Sent> {
    const outcomes: RowResult[] = [];
    let left = writes;
    let together = true;
    while (left.length > 0) {
      const { done, open, error: blind } = await this.#look(left);
      outcomes.push(...done);
      // What cannot be looked up stays in doubt, and an import that goes on looks again.
      if (blind !== undefined) return { outcomes: [...outcomes, ...left.map(unknown)], unsent: [], error: blind };
      const [first, ...rest] = open;
      if (first === undefined) break;
      if (this.signal?.aborted === true) return { outcomes, unsent: open.map(({ number }) => number), error: undefined };
      const { outcome, error } = await this.#alone(first);
      if (outcome !== undefined) outcomes.push(outcome);
      if (error !== undefined) return { outcomes, unsent: (outcome === undefined ? open : rest).map(({ number }) => number), error };
      // A row that goes through by itself was not what stopped PHP: the batch as a whole was too much.
      if (outcome?.status === 'created' || outcome?.status === 'updated') together = false;
      left = rest;
      if (!together || rest.length === 0) continue;
      const sent = await this.sender.send(rest);
      if (!isStop(sent.error, this.again)) return { outcomes: [...outcomes, ...sent.outcomes], unsent: sent.unsent, error: sent.error };
    }
    return { outcomes, unsent: [], error: undefined };
  }

  /**
   * Goes on behind a row that PHP stopped over when it was sent by itself.
   * @param sent what came of the rows up to it; of that row only a look tells
   */
  async goOnBehind(writes: readonly Writable[], sent: Sent): Promise<Sent> {
    const outcomes: RowResult[] = [];
    let latest = sent;
    while (isStop(latest.error, this.again)) {
      const { error, unsent } = latest;
      const open = new Set(latest.outcomes.filter(({ status }) => status === 'unknown').map(({ row }) => row));
      // It was not over a row that it stopped.
      if (open.size === 0) break;
      const told = latest.outcomes.filter(({ row }) => !open.has(row));
      const looked = await this.#look(writes.filter(({ number }) => open.has(number)));
      outcomes.push(...told, ...looked.done, ...looked.open.map((row) => (looked.error === undefined ? failed(row, error) : unknown(row))));
      if (looked.error !== undefined) return { outcomes, unsent, error: looked.error };
      latest = await this.sender.send(writes.filter(({ number }) => unsent.includes(number)));
    }
    return { ...latest, outcomes: [...outcomes, ...latest.outcomes] };
  }

  /** What the store holds now: rows that were written, and rows that were not, as far as it tells. */
  async #look(writes: readonly Writable[]): Promise<{
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

  /** One row by itself. After a stop of PHP, a look tells whether it was written. */
  async #alone(row: Writable): Promise<{ readonly outcome: RowResult | undefined; readonly error: ToolkitError | undefined }> {
    const { outcome, stop, error } = await this.sender.one(row, this.again);
    if (stop === undefined) return { outcome, error };
    const { done, error: blind } = await this.#look([row]);
    return blind === undefined ? { outcome: done[0] ?? failed(row, stop), error: undefined } : { outcome: unknown(row), error: blind };
  }
}

/** A row that needs nothing any more was written. */
function doneOf(row: Writable, now: PlannedRow | undefined): readonly RowResult[] {
  if (now?.action !== 'unchanged') return [];
  return [{ row: row.number, action: row.action, status: row.action === 'create' ? 'created' : 'updated', id: now.id }];
}
