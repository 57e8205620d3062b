import { later, translated, t } from '../../l10n/texts';
import { toToolkitError } from '../../api/errors';
import type { Check } from '../../store/doctor/check';
import { duration } from '../../pages/formats';
import type { ReportDocuments } from '../reports/report-documents';
import { showError, withProgress } from '../messages';
import { oneLine } from '../text';
import { proxyOf } from '../stores/proxy-settings';
import type { Store } from '../stores/store';
import type { StoreSettings } from '../stores/store-settings';
import { offerDialect } from './dialect-offer';
import { advisedDialect, fixingStepOf, type FixingStep } from './findings';

const marks: Readonly<Record<Check['state'], string>> = { ok: '✓', warning: '!', failed: '✗', skipped: '–' };

/** The dependencies of the connection check. */
export interface CheckPorts {
  readonly reports: ReportDocuments;
  readonly settings: StoreSettings;
  /** Asks for the part of the store's entry that is wrong. */
  readonly fix: (step: FixingStep) => Promise<void>;
}

/** Buttons that lead to the part of the entry that is wrong. */
const fixLabels: Readonly<Record<FixingStep, string>> = { address: later('Change URL'), login: later('Change User or API Key') };

/**
 * Examines the connection to a store with progress and cancel, and shows the findings. If only one dialect works, offers to set it for the
 * store. If something failed, offers to change the part of the entry that is wrong.
 */
export async function checkConnection(store: Store, { reports, settings, fix }: CheckPorts): Promise<void> {
  const { diagnose } = await import('../../store/doctor/doctor');
  const { config, ports } = store.forDoctor();
  const checks: Check[] = [];
  const whole = await withProgress(t('Checking {store}', { store: oneLine(store.name) }), async (progress, token) => {
    const stop = new AbortController();
    token.onCancellationRequested(() => {
      stop.abort();
    });
    const findings: string[] = [];
    for await (const check of diagnose(config, ports, {
      signal: stop.signal,
      login: (await ports.key()) !== '',
      proxy: proxyOf(config.url),
    })) {
      progress.report({ message: check.title });
      findings.push(finding(check));
      checks.push(check);
    }
    if (token.isCancellationRequested) findings.push('', t('Cancelled. The remaining checks did not run.'));
    await reports.showPlain(
      t('Connection of {store}', { store: oneLine(store.name) }),
      [oneLine(config.url), '', ...findings, ''].join('\n'),
    );
    return !token.isCancellationRequested;
  });
  // A check that was cancelled says nothing about the store.
  if (!whole) return;
  // Not awaited: the check is over, and the offer may stay open for hours.
  const advised = advisedDialect(checks);
  const offered = advised === undefined ? offerFix(store, checks, fix) : offerDialect(advised, store, settings);
  offered.catch((error: unknown) => showError(oneLine(toToolkitError(error).message)));
}

/** Shows the first failure, with a button that leads to the question that can fix it. */
async function offerFix(store: Pick<Store, 'name' | 'listed'>, checks: readonly Check[], fix: CheckPorts['fix']): Promise<void> {
  if (store.listed === undefined) return;
  const failed = checks.find(({ state }) => state === 'failed');
  const step = failed && fixingStepOf(failed);
  if (failed === undefined || step === undefined) return;
  const button = translated(fixLabels[step]);
  const chosen = await showError(`${oneLine(store.name)}, ${failed.title}: ${oneLine(failed.text)}`, button);
  if (chosen === button) await fix(step);
}

function finding({ state, title, text, said: quoted, why, next, milliseconds }: Check): string {
  const time = milliseconds === undefined || state === 'skipped' ? '' : `  (${duration(milliseconds)})`;
  const more = [
    [t('The store said'), quoted],
    [t('Why'), why],
    [t('What to do'), next],
  ].flatMap(([label, words]) => (words === undefined ? [] : [`    ${label ?? ''}: ${oneLine(words)}`]));
  return [`${marks[state]} ${title}: ${oneLine(text)}${time}`, ...more].join('\n');
}
