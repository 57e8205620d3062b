import type { RowAbove } from './row-above';

/** The first version of VS Code that does not lose rows when a row is asked for them twice at once. */
const FIRST_FIXED_VERSION = [1, 133] as const;

/**
 * Whether this VS Code loses rows when a row is asked for them again before it has answered ("Element with id … is already registered",
 * microsoft/vscode#192055).
 * @param version such as `1.100.3`
 */
export function losesRows(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major < FIRST_FIXED_VERSION[0] || (major === FIRST_FIXED_VERSION[0] && minor < FIRST_FIXED_VERSION[1]);
}

/** A row, or `undefined` for what is above all rows. */
type Asked = RowAbove | undefined;

/**
 * The questions for rows that have no answer yet. An older VS Code takes the rows of each answer, and loses them when an answer overlaps
 * with another one or with a refresh. So only the latest answer returns rows.
 */
export class OverlappingQuestions {
  readonly #latest = new Map<Asked, symbol>();
  readonly #pending = new Map<Asked, Promise<unknown>>();

  /** @returns the rows. `undefined` when they must not be returned, because there was another question or a refresh meanwhile */
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

  /** Called when a row and everything below it is to be read again. The answers under way would be for rows that VS Code has forgotten. */
  outdate(node: RowAbove): void {
    for (const asked of this.#latest.keys()) if (asked !== undefined && isWithin(asked, node)) this.#latest.set(asked, Symbol());
  }

  /** Waits until no row above this one is being read, because VS Code asks for these rows before it reveals one. */
  async settled(node: RowAbove): Promise<void> {
    for (;;) {
      const above = [...this.#pending].filter(([asked]) => asked === undefined || isWithin(node, asked)).map(([, answer]) => answer);
      if (above.length === 0) return;
      await Promise.allSettled(above);
      // VS Code takes the rows a moment later.
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
    }
  }
}

/** Whether a row is the other one, or is below it. */
function isWithin(node: RowAbove, above: RowAbove): boolean {
  for (let row: RowAbove | undefined = node; row !== undefined; row = row.parent) if (row === above) return true;
  return false;
}
