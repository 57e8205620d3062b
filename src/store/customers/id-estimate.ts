import { MAX_ID, type IdRange } from './id-range';

/** A range of IDs and its estimated density. */
interface Stretch extends IdRange {
  /** Customers per ID, 0 to 1. */
  readonly density: number;
}

/**
 * An estimate of where a store's customers are: every ID from 1 to {@link MAX_ID} belongs to one stretch, and each stretch has a
 * density. At the start every ID counts as taken, the only estimate with which no window can have more customers than expected.
 */
export class IdEstimate {
  #stretches: readonly Stretch[] = [{ from: 1, to: MAX_ID, density: 1 }];

  /** Sets the density of a range. Earlier estimates for its parts are discarded. */
  set(range: IdRange, density: number): void {
    if (range.from > range.to) return;
    const kept = this.#stretches.flatMap((each) => outside(each, range));
    this.#stretches = [...kept, { ...range, density: Math.min(1, density) }].sort((a, b) => a.from - b.from);
  }

  /** Raises the density of each part of a range to at least this value. */
  raise(range: IdRange, density: number): void {
    for (const each of this.#stretches) {
      const part = overlap(each, range);
      if (part !== undefined && each.density < density) this.set(part, density);
    }
  }

  /** Multiplies the density of the stretch that contains an ID by this factor. */
  thin(id: number, factor: number): void {
    this.#stretches = this.#stretches.map((each) =>
      each.from <= id && id <= each.to ? { ...each, density: each.density * factor } : each,
    );
  }

  /**
   * Applies a sample of the whole store. A block has `block` IDs. The sample asked for the first `share` of them.
   * A block without a hit counts as empty. The first block has no ID that a sample can ask for. Its density is that of the second block.
   * If that one is empty, the first block counts as having `few` customers.
   */
  sampled(hits: readonly number[], { block, share, few }: { readonly block: number; readonly share: number; readonly few: number }): void {
    const counts = new Map<number, number>();
    for (const id of hits) counts.set(Math.floor(id / block), (counts.get(Math.floor(id / block)) ?? 0) + 1);
    const stretches: Stretch[] = [{ from: 1, to: block - 1, density: Math.min(1, (counts.get(1) ?? 0) / share || few / block) }];
    for (const [index, count] of [...counts].sort(([a], [b]) => a - b)) {
      const from = Math.max(1, index * block);
      const before = stretches.at(-1)?.to ?? 0;
      if (before + 1 < from) stretches.push({ from: before + 1, to: from - 1, density: 0 });
      stretches.push({ from, to: Math.min(MAX_ID, from + block - 1), density: Math.min(1, count / share) });
    }
    const end = stretches.at(-1)?.to ?? 0;
    if (end < MAX_ID) stretches.push({ from: end + 1, to: MAX_ID, density: 0 });
    this.#stretches = stretches;
  }

  /** Estimated number of customers in a range. */
  rows(range: IdRange): number {
    return this.#stretches.reduce((sum, each) => {
      const part = overlap(each, range);
      return part === undefined ? sum : sum + each.density * (part.to - part.from + 1);
    }, 0);
  }

  /**
   * The window at one end of a range that should contain about `wanted` customers. The whole range if it should contain fewer.
   * @param end at which end of the range the window begins
   */
  window(range: IdRange, end: 'from' | 'to', wanted: number): IdRange {
    let missing = wanted;
    for (const each of end === 'from' ? this.#stretches : [...this.#stretches].reverse()) {
      const part = overlap(each, range);
      if (part === undefined) continue;
      const rows = each.density * (part.to - part.from + 1);
      if (rows >= missing) {
        const width = Math.max(1, Math.floor(missing / each.density));
        return end === 'from'
          ? { from: range.from, to: Math.min(range.to, part.from + width - 1) }
          : { from: Math.max(range.from, part.to - width + 1), to: range.to };
      }
      missing -= rows;
    }
    return range;
  }
}

function overlap(one: IdRange, other: IdRange): IdRange | undefined {
  const from = Math.max(one.from, other.from);
  const to = Math.min(one.to, other.to);
  return from > to ? undefined : { from, to };
}

/** The parts of a stretch that remain when a range is removed. */
function outside(each: Stretch, range: IdRange): Stretch[] {
  if (overlap(each, range) === undefined) return [each];
  return [
    { ...each, to: range.from - 1 },
    { ...each, from: range.to + 1 },
  ].filter(({ from, to }) => from <= to);
}
