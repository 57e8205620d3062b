import type { Check } from '../../store/doctor/check';
import { duration } from '../../pages/formats';
import type { ReportDocuments } from '../reports/report-documents';
import { inform, withProgress } from '../messages';
import { oneLine } from '../text';
import { proxyOf } from './proxy-settings';
import type { Store } from './store';
import type { StoreSettings } from './store-settings';
import { advisesV1, keptOnV1 } from './v1-offer';

const marks: Readonly<Record<Check['state'], string>> = { ok: '✓', warning: '!', failed: '✗', skipped: '–' };

/**
 * Examines the way to a store with progress and cancel, and shows what was found. Where only V1 answers as it should, offers to keep the
 * store on V1.
 */
export async function checkConnection(store: Store, reports: ReportDocuments, settings: StoreSettings): Promise<void> {
  const { diagnose } = await import('../../store/doctor/doctor');
  const { config, ports } = store.forDoctor();
  await withProgress(`Checking ${oneLine(store.name)}`, async (progress, token) => {
    const stop = new AbortController();
    token.onCancellationRequested(() => {
      stop.abort();
    });
    const findings: string[] = [];
    const checks: Check[] = [];
    for await (const check of diagnose(config, ports, {
      signal: stop.signal,
      login: (await ports.key()) !== '',
      proxy: proxyOf(config.url),
    })) {
      progress.report({ message: check.title });
      findings.push(finding(check));
      checks.push(check);
    }
    if (token.isCancellationRequested) findings.push('', 'Cancelled: what comes after was not looked at.');
    await reports.showPlain(`Connection of ${oneLine(store.name)}`, [oneLine(config.url), '', ...findings, ''].join('\n'));
    // The check is over: the question must not keep its progress.
    if (advisesV1(checks)) void offerV1(store, settings);
  });
}

/**
 * Asks whether a store is to stay on V1, and writes it into the settings that it came from.
 * @param ask gives the chosen button
 */
export async function offerV1(
  store: Pick<Store, 'id' | 'name'>,
  settings: StoreSettings,
  ask: (question: string, button: string) => Promise<string | undefined> = inform,
): Promise<void> {
  const listed = settings.list().find(({ id }) => id === store.id);
  const kept = keptOnV1(listed === undefined ? undefined : settings.entryOf(listed));
  if (listed === undefined || kept === undefined) return;
  const use = 'Use V1';
  const chosen = await ask(`${oneLine(store.name)} answers over V1 only. Use V1 for this store from now on?`, use);
  if (chosen === use) await settings.replace(listed, kept);
}

function finding({ state, title, text, said, why, next, milliseconds }: Check): string {
  const time = milliseconds === undefined || state === 'skipped' ? '' : `  (${duration(milliseconds)})`;
  const more = [
    ['The store said', said],
    ['Why', why],
    ['What to do', next],
  ].flatMap(([label, words]) => (words === undefined ? [] : [`    ${label ?? ''}: ${oneLine(words)}`]));
  return [`${marks[state]} ${title}: ${oneLine(text)}${time}`, ...more].join('\n');
}
