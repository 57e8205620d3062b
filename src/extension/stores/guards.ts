import * as z from 'zod/mini';
import type { StoreConfig } from '../../store/settings/config';
import { shopOf, strictest, type Guards } from '../../store/settings/shop-address';

/** Where an entry of the settings stands. */
export type StoreSource = 'user' | 'workspace';

/** What one entry of the settings says about its shop, and where it stands. */
export interface SourcedGuards {
  readonly source: StoreSource;
  readonly guards: Guards;
}

/** An entry that is not a store, but has an address. */
const addressed = z.looseObject({ url: z.string() });

/**
 * What an entry says about its shop, also where it cannot be used otherwise. One that is not understood may have meant to be read-only.
 * @param config the entry, when it is a store
 */
export function guardsOf(entry: unknown, config: StoreConfig | undefined): Guards | undefined {
  if (config !== undefined) return config;
  const parsed = z.safeParse(addressed, entry);
  return parsed.success ? { url: parsed.data.url, readOnly: true } : undefined;
}

/** What the entries of each source say together, by their shop (see `shopOf`). */
export type GuardsByShop = ReadonlyMap<string, ReadonlyMap<StoreSource, Guards>>;

/** Sums up what entries say about each shop: once, since settings may list very many. */
export function guardsByShop(all: readonly SourcedGuards[]): GuardsByShop {
  const guarded = new Map<string, Map<StoreSource, Guards>>();
  for (const { source, guards } of all) {
    const shop = shopOf(guards.url);
    if (shop === undefined) continue;
    const sources = guarded.get(shop) ?? new Map<StoreSource, Guards>();
    const before = sources.get(source);
    sources.set(
      source,
      before === undefined ? guards : { ...strictest({ ...guards, name: '', user: '' }, [before]), caFile: before.caFile ?? guards.caFile },
    );
    guarded.set(shop, sources);
  }
  return guarded;
}

/**
 * A store under what the other settings say about the same shop: between the user's and the workspace's entries the strictest counts, so
 * that no workspace takes back what a person decided, and no person overlooks what a team did. Whose certificates are trusted is decided by
 * the user's own entry, where there is one.
 */
export function underGuards(config: StoreConfig, source: StoreSource, guarded: GuardsByShop): StoreConfig {
  const shop = shopOf(config.url);
  const other = shop === undefined ? undefined : guarded.get(shop)?.get(source === 'user' ? 'workspace' : 'user');
  if (other === undefined) return config;
  const strict = strictest(config, [other]);
  if (source === 'user') return strict;
  const { caFile: _, ...rest } = strict;
  return other.caFile === undefined ? rest : { ...rest, caFile: other.caFile };
}
