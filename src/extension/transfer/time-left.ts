import { plural, t } from '../../l10n/texts';

/** Time before the first estimate, in ms. Until then the pace says little about the rest. */
const FIRST_ESTIMATE_MS = 5000;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/**
 * Estimate of the remaining time of a long task, at its pace so far.
 * @param elapsedMs ms since the task began
 * @returns a text such as `about 2 minutes left`. `undefined` while there is not enough data
 */
export function timeLeft(done: number, total: number, elapsedMs: number): string | undefined {
  if (done <= 0 || done >= total || elapsedMs < FIRST_ESTIMATE_MS) return undefined;
  const left = (elapsedMs / done) * (total - done);
  if (left < MINUTE_MS) return t('less than a minute left');
  if (left < 1.5 * HOUR_MS) return plural(Math.round(left / MINUTE_MS), 'about {count} minute left', 'about {count} minutes left');
  return plural(Math.round(left / HOUR_MS), 'about {count} hour left', 'about {count} hours left');
}
