import type { SoapRecord } from '../../api/value';
import { summarize } from '../customer/customer-summary';

/** If more rows than this look different, the row above them is drawn again with all rows below it, which takes less time. */
const MAX_ROWS_DRAWN_ALONE = 50;

/** The row of a customer. */
interface CustomerRow {
  readonly row: SoapRecord;
  readonly showsAddresses: boolean;
}

/**
 * The customers below a row as VS Code got them last, to tell which of them must be drawn again. VS Code reads the rows below a row again
 * when that row is drawn again, and cannot run commands on them for a moment.
 */
export class DrawnRows<Row extends CustomerRow> {
  readonly #looks: ReadonlyMap<Row, { readonly row: SoapRecord; readonly isPinned: boolean }>;

  /**
   * @param pinned the pinned customers
   * @param context everything else that these rows and the row above them show
   */
  constructor(
    nodes: readonly Row[],
    pinned: readonly SoapRecord[],
    private readonly context: string,
  ) {
    const ids = new Set(pinned.map((row) => summarize(row).id));
    this.#looks = new Map(nodes.map((node) => [node, { row: node.row, isPinned: ids.has(summarize(node.row).id) }]));
  }

  /** The rows that look different than before. `undefined` when the row above them must be drawn again with all of them. */
  since(before: DrawnRows<Row>): readonly Row[] | undefined {
    const nodes = [...this.#looks.keys()];
    const nodesBefore = [...before.#looks.keys()];
    if (this.context !== before.context || nodes.length !== nodesBefore.length) return undefined;
    if (nodes.some((node, index) => node !== nodesBefore[index])) return undefined;
    const changed = nodes.filter((node) => !this.#looksAs(before, node));
    return changed.length > MAX_ROWS_DRAWN_ALONE ? undefined : changed;
  }

  #looksAs(before: DrawnRows<Row>, node: Row): boolean {
    const [now, then] = [this.#looks.get(node), before.#looks.get(node)];
    if (now === undefined || then === undefined || now.isPinned !== then.isPinned) return false;
    if (now.row === then.row) return true;
    // The addresses below a row may have changed although the row did not.
    return !node.showsAddresses && JSON.stringify(now.row) === JSON.stringify(then.row);
  }
}
