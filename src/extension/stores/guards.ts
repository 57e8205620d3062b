import * as z from 'zod/mini';
import type { StoreConfig } from '../../store/settings/config';
import { placeOf, strictest, type Guards } from '../../store/settings/place';

/** Where an entry of the settings stands. */
export type StoreSource = 'user' | 'workspace';

/** What one entry of the settings says about its place, and where it stands. */
export interface SourcedGuards {
  readonly source: StoreSource;
  readonly guards: Guards;
}

/** An entry that is not a store, but has an address. */
const addressed = z.looseObject({ url: z.string() });

/**
 * What an entry says about its place, also where it cannot be used otherwise. One that is not understood may have meant to be read-only.
 * @param config the entry, when it is a store
 */
export function guardsOf(entry: unknown, config: StoreConfig | undefined): Guards | undefined {
  if (config !== undefined) return config;
  const parsed = z.safeParse(addressed, entry);
  return parsed.success ? { url: parsed.data.url, readOnly: true } : undefined;
}

/** What the entries of each source say together, by their place (see `placeOf`). */
export type GuardsByPlace = ReadonlyMap<string, ReadonlyMap<StoreSource, Guards>>;

/** Sums up what entries say about each place: once, since settings may list very many. */
export function guardsByPlace(all: readonly SourcedGuards[]): GuardsByPlace {
  const places = new Map<string, Map<StoreSource, Guards>>();
  for (const { source, guards } of all) {
    const place = placeOf(guards.url);
    if (place === undefined) continue;
    const sources = places.get(place) ?? new Map<StoreSource, Guards>();
    const before = sources.get(source);
    sources.set(
      source,
      before === undefined ? guards : { ...strictest({ ...guards, name: '', user: '' }, [before]), caFile: before.caFile ?? guards.caFile },
    );
    places.set(place, sources);
  }
  return places;
}

/**
 * A store under what the other settings say about the same place: between the user's and the workspace's entries the strictest counts, so
 * that no workspace takes back what a person decided, and no person overlooks what a team did. Whose certificates are trusted is decided by
 * the user's own entry, where there is one.
 */
export function underGuards(config: StoreConfig, source: StoreSource, places: GuardsByPlace): StoreConfig {
  const place = placeOf(config.url);
  const other = place === undefined ? undefined : places.get(place)?.get(source === 'user' ? 'workspace' : 'user');
  if (other === undefined) return config;
  const strict = strictest(config, [other]);
  if (source === 'user') return strict;
  const { caFile: _, ...rest } = strict;
  return other.caFile === undefined ? rest : { ...rest, caFile: other.caFile };
}
