import * as z from 'zod/mini';
import type { StoreConfig } from '../../store/settings/config';
import { shopOf, strictest, type Guards } from '../../store/settings/shop-address';

/** The settings that list an entry. */
export type StoreSource = 'user' | 'workspace';

/** The restrictions that one entry of the settings puts on its shop, and which settings list it. */
export interface SourcedGuards {
  readonly source: StoreSource;
  readonly guards: Guards;
}

/** An entry that is not a valid store, but has an address. */
const addressed = z.looseObject({ url: z.string() });

/**
 * The restrictions that an entry puts on its shop, even if the entry cannot be used otherwise. An invalid entry counts as read-only,
 * because it may have been meant so.
 * @param config the entry, if it is a valid store
 */
export function guardsOf(entry: unknown, config: StoreConfig | undefined): Guards | undefined {
  if (config !== undefined) return config;
  const parsed = z.safeParse(addressed, entry);
  return parsed.success ? { url: parsed.data.url, readOnly: true } : undefined;
}

/** The restrictions of all entries of each source, by their shop (see `shopOf`). */
export type GuardsByShop = ReadonlyMap<string, ReadonlyMap<StoreSource, Guards>>;

/** Combines the restrictions of each shop. Done once for all entries, since settings may list very many. */
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
 * A store with the restrictions that the other settings put on the same shop. Between the entries of the user and of the workspace, the
 * strictest counts: a workspace cannot undo a decision of the user, and a user cannot overlook one of the team. If the user has an entry,
 * that entry decides which certificates are trusted.
 */
export function withGuards(config: StoreConfig, source: StoreSource, guarded: GuardsByShop): StoreConfig {
  const shop = shopOf(config.url);
  const other = shop === undefined ? undefined : guarded.get(shop)?.get(source === 'user' ? 'workspace' : 'user');
  if (other === undefined) return config;
  const strict = strictest(config, [other]);
  if (source === 'user') return strict;
  const { caFile: _, ...rest } = strict;
  return other.caFile === undefined ? rest : { ...rest, caFile: other.caFile };
}
