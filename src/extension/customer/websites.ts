import type { SoapRecord } from '../../api/value';
import { text } from './customer-summary';

/** The websites and store views of a shop, as far as its customers tell them. No method of the API lists them. */
export interface WebsiteNames {
  /** By number, in order: the names of the store views that customers of the website were created in. */
  readonly websites: ReadonlyMap<number, string>;
  /** By number, in order: the name from `created_in`. Empty where there is none. */
  readonly stores: ReadonlyMap<number, string>;
}

/**
 * Collects websites and store views from customers. The name of a store view is the one that most of its customers have in `created_in`.
 */
export function websiteNamesIn(rows: readonly SoapRecord[]): WebsiteNames {
  const names = new Map<number, Map<string, number>>();
  const views = new Map<number, Set<number>>();
  for (const row of rows) {
    const [website, store] = [numberOf(row['website_id']), numberOf(row['store_id'])];
    if (store !== undefined) {
      const votes = names.get(store) ?? new Map<string, number>();
      const name = text(row['created_in']).trim();
      names.set(store, votes.set(name, (votes.get(name) ?? 0) + 1));
    }
    if (website !== undefined) views.set(website, (views.get(website) ?? new Set()).add(store ?? -1));
  }
  const stores = new Map([...names].map(([store, votes]) => [store, most(votes)] as const).sort(byNumber));
  const websites = new Map(
    [...views]
      .map(
        ([website, here]) =>
          [
            website,
            [...here]
              .sort((a, b) => a - b)
              .map((store) => stores.get(store) ?? '')
              .filter((name) => name !== '')
              .slice(0, 3)
              .join(', '),
          ] as const,
      )
      .sort(byNumber),
  );
  return { websites, stores };
}

function most(votes: ReadonlyMap<string, number>): string {
  const [first] = [...votes].filter(([name]) => name !== '').sort(([, a], [, b]) => b - a);
  return first?.[0] ?? '';
}

function byNumber([one]: readonly [number, string], [other]: readonly [number, string]): number {
  return one - other;
}

function numberOf(value: SoapRecord[string] | undefined): number | undefined {
  const written = text(value);
  return /^\d{1,9}$/.test(written) ? Number(written) : undefined;
}
