/** A run of positions, the first and the last. */
export type Range = readonly [first: number, last: number];

/** The effect of a click on rows: select only these, add them, or toggle them. */
export type SelectHow = 'only' | 'add' | 'toggle';

/**
 * The selected rows by their keys, so that they stay selected when they move. Only shown rows can be selected, because an action on a
 * selection must only affect visible rows.
 */
export class SelectedRows {
  #keys: ReadonlySet<string> = new Set();

  /** Number of selected rows. */
  get size(): number {
    return this.#keys.size;
  }

  /** Whether the row with this key is selected. */
  has(key: string): boolean {
    return this.#keys.has(key);
  }

  /** @param keys of the rows between two positions. Rows without a key cannot be selected */
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

  /** Deselects rows that are no longer shown. @param keys of the shown rows */
  keep(keys: readonly string[]): void {
    if (this.#keys.size > 0) this.#keys = new Set(keys.filter((key) => this.#keys.has(key)));
  }

  /** The positions of the selected rows. @param keys of the shown rows, in their order */
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
