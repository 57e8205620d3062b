import { fullDialect } from '../../api/dialect-facets';
import * as z from 'zod/mini';
import type { StoreConfig } from '../../store/settings/config';
import type { Check } from '../../store/doctor/check';

const advice = z.object({ advice: z.object({ dialect: z.literal('v1') }) });

/** Whether the doctor found that V1 works and the dialect of the store does not, as behind nginx, which refuses two lengths. */
export function advisesV1(checks: Iterable<Pick<Check, 'facts'>>): boolean {
  return [...checks].some(({ facts }) => z.safeParse(advice, facts).success);
}

/**
 * The entry of a store that is kept on V1.
 * @param entry as it stands in the settings; `undefined` for a store that is in no settings, such as the demo store
 * @returns `undefined` where there is nothing to keep, or it is on V1 already
 */
export function keptOnV1(entry: StoreConfig | undefined): StoreConfig | undefined {
  return entry === undefined || entry.dialect === fullDialect ? undefined : { ...entry, dialect: fullDialect };
}
