/** A run of positions, the first and the last. */
export type Range = readonly [first: number, last: number];

/** What a press on rows does to those that are selected. */
export type SelectHow = 'only' | 'add' | 'toggle';

/**
 * The rows that are selected, by their keys, so that they stay selected wherever they stand. Only rows that are shown can be: what is
 * done to a selection is done to rows that somebody sees.
 */
export class SelectedRows {
  #keys: ReadonlySet<string> = new Set();

  /** How many there are. */
  get size(): number {
    return this.#keys.size;
  }

  /** Whether the row with this key is selected. */
  has(key: string): boolean {
    return this.#keys.has(key);
  }

  /** @param keys of the rows from one position to another, whichever comes first; rows without a key cannot be selected */
  select(keys: readonly string[], how: SelectHow): void {
    const wanted = keys.filter((key) => key !== '');
    if (how === 'only') this.#keys = new Set(wanted);
    else if (how === 'add') this.#keys = new Set([...this.#keys, ...wanted]);
    else {
      const next = new Set(this.#keys);
      for (const key of wanted) if (!next.delete(key)) next.add(key);
      this.#keys = next;
    }
  }

  /** Gives up what is not shown any more. @param keys of the rows that are shown */
  keep(keys: readonly string[]): void {
    if (this.#keys.size > 0) this.#keys = new Set(keys.filter((key) => this.#keys.has(key)));
  }

  /** Where they stand. @param keys of the rows that are shown, in their order */
  ranges(keys: readonly string[]): readonly Range[] {
    const found: [number, number][] = [];
    if (this.#keys.size === 0) return found;
    for (const [position, key] of keys.entries()) {
      if (!this.#keys.has(key)) continue;
      const last = found.at(-1);
      if (last?.[1] === position - 1) last[1] = position;
      else found.push([position, position]);
    }
    return found;
  }
}
