import { MAX_ID, type IdRange } from './id-range';

/** A stretch of IDs and how full it is believed to be. */
interface Stretch extends IdRange {
  /** Customers per ID, 0 to 1. */
  readonly density: number;
}

/**
 * Where a store's customers are believed to be: every ID from 1 to {@link MAX_ID} belongs to one stretch, and each stretch has a
 * density. It starts as "every ID is taken", the one belief under which no window can hold more customers than expected.
 */
export class IdEstimate {
  #stretches: readonly Stretch[] = [{ from: 1, to: MAX_ID, density: 1 }];

  /** Believes that a range is as full as this from now on; what was believed about its parts is gone. */
  set(range: IdRange, density: number): void {
    if (range.from > range.to) return;
    const kept = this.#stretches.flatMap((each) => outside(each, range));
    this.#stretches = [...kept, { ...range, density: Math.min(1, density) }].sort((a, b) => a.from - b.from);
  }

  /** Believes that each part of a range is at least as full as this. */
  raise(range: IdRange, density: number): void {
    for (const each of this.#stretches) {
      const part = overlap(each, range);
      if (part !== undefined && each.density < density) this.set(part, density);
    }
  }

  /** Believes that the rest of the stretch that holds an ID is emptier by this factor. */
  thin(id: number, factor: number): void {
    this.#stretches = this.#stretches.map((each) =>
      each.from <= id && id <= each.to ? { ...each, density: each.density * factor } : each,
    );
  }

  /**
   * Takes over what a sample of the whole store says: a block of `block` IDs has `share` IDs that the sample asked for, its first
   * ones. Blocks without a hit are believed to be empty. The first block has no ID that a sample can ask for, so it is believed to
   * be like the second, or to hold `few` customers where that one is empty.
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

  /** Customers believed to be in a range. */
  rows(range: IdRange): number {
    return this.#stretches.reduce((sum, each) => {
      const part = overlap(each, range);
      return part === undefined ? sum : sum + each.density * (part.to - part.from + 1);
    }, 0);
  }

  /**
   * The window at one end of a range that is believed to hold about `wanted` customers; the whole range when that holds fewer.
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

/** What is left of a stretch when a range is taken out. */
function outside(each: Stretch, range: IdRange): Stretch[] {
  if (overlap(each, range) === undefined) return [each];
  return [
    { ...each, to: range.from - 1 },
    { ...each, from: range.to + 1 },
  ].filter(({ from, to }) => from <= to);
}
