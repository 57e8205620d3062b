import type { Check } from '../../store/doctor';
import type { ReportDocuments } from '../documents/report-documents';
import { withProgress } from '../messages';
import { oneLine } from '../text';
import { proxyOf } from './proxy-settings';
import type { Store } from './store';

const marks: Readonly<Record<Check['state'], string>> = { ok: '✓', warning: '!', failed: '✗', skipped: '–' };

/** Examines the way to a store with progress and cancel, and shows what was found. */
export async function checkConnection(store: Store, reports: ReportDocuments): Promise<void> {
  const { diagnose } = await import('../../store/doctor');
  const { config, ports } = store.forDoctor();
  await withProgress(`Checking ${oneLine(store.name)}`, async (progress, token) => {
    const stop = new AbortController();
    token.onCancellationRequested(() => { stop.abort(); });
    const findings: string[] = [];
    for await (const check of diagnose(config, ports, { signal: stop.signal, login: (await ports.key()) !== '', proxy: proxyOf(config.url) })) {
      progress.report({ message: check.title });
      findings.push(finding(check));
    }
    if (token.isCancellationRequested) findings.push('', 'Cancelled: what comes after was not looked at.');
    await reports.showPlain(`Connection of ${oneLine(store.name)}`, [oneLine(config.url), '', ...findings, ''].join('\n'));
  });
}

function finding({ state, title, text, said, why, next, milliseconds }: Check): string {
  const time = milliseconds === undefined || state === 'skipped' ? '' : `  (${Math.round(milliseconds)} ms)`;
  const more = [['The store said', said], ['Why', why], ['What to do', next]].flatMap(([label, words]) => (words === undefined ? [] : [`    ${label ?? ''}: ${oneLine(words)}`]));
  return [`${marks[state]} ${title}: ${oneLine(text)}${time}`, ...more].join('\n');
}
