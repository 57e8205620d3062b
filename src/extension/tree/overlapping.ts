import type { RowAbove } from './row-above';

/** The first VS Code that was seen to keep the rows of a row that is asked for them twice at once. */
const MENDED = [1, 133] as const;

/**
 * Whether this VS Code loses rows when a row is asked for them again before it has answered ("Element with id … is already registered",
 * microsoft/vscode#192055).
 * @param version such as `1.100.3`
 */
export function losesRows(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major < MENDED[0] || (major === MENDED[0] && minor < MENDED[1]);
}

/** A row, or `undefined` for what is above all rows. */
type Asked = RowAbove | undefined;

/**
 * The questions for rows that are not answered yet. An older VS Code takes in the rows of each answer, and an answer that overlaps with
 * another one, or with a refresh, makes it lose them. So only the latest answer has rows.
 */
export class OverlappingQuestions {
  readonly #latest = new Map<Asked, symbol>();
  readonly #pending = new Map<Asked, Promise<unknown>>();

  /** @returns the rows; `undefined` where they must not be given, since they were asked for again or are to be read anew */
  async ask<Row>(node: Asked, rows: () => Promise<Row>): Promise<Row | undefined> {
    const asked = Symbol();
    this.#latest.set(node, asked);
    const answer = rows();
    this.#pending.set(node, answer);
    try {
      const found = await answer;
      return this.#latest.get(node) === asked ? found : undefined;
    } finally {
      if (this.#pending.get(node) === answer) this.#pending.delete(node);
      if (this.#latest.get(node) === asked) this.#latest.delete(node);
    }
  }

  /** A row, and with it all below it, is to be read anew: what is being read belongs to what VS Code has forgotten. */
  outdate(node: RowAbove): void {
    for (const asked of this.#latest.keys()) if (asked !== undefined && isWithin(asked, node)) this.#latest.set(asked, Symbol());
  }

  /** Waits until no row above this one is being read: VS Code asks for the rows on the way to one that it is to show. */
  async settled(node: RowAbove): Promise<void> {
    for (;;) {
      const above = [...this.#pending].filter(([asked]) => asked === undefined || isWithin(node, asked)).map(([, answer]) => answer);
      if (above.length === 0) return;
      await Promise.allSettled(above);
      // VS Code takes the rows in a moment later.
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
    }
  }
}

/** Whether a row is another one, or stands below it. */
function isWithin(node: RowAbove, above: RowAbove): boolean {
  for (let row: RowAbove | undefined = node; row !== undefined; row = row.parent) if (row === above) return true;
  return false;
}
