import { t } from '../../l10n/texts';
import type { Check } from '../../store/doctor/check';
import type { ClientPorts } from '../../store/calls/client';
import type { StoreConfig } from '../../store/settings/config';
import { proxyOf } from '../stores/proxy-settings';
import type { Attempt } from '../questions';

/** The store to examine, and the secrets to use. */
export interface StoreToExamine {
  /** With variables replaced. */
  readonly config: StoreConfig;
  readonly ports: ClientPorts;
  /** Whether to log in and check the rights. */
  readonly login: boolean;
}

/** Examines a store that may not be saved yet, and shows each finding as it arrives. @returns the findings until it was stopped */
export async function examineStore({ config, ports, login }: StoreToExamine, { say, signal }: Attempt): Promise<readonly Check[]> {
  const { diagnose } = await import('../../store/doctor/doctor');
  const checks: Check[] = [];
  say(t('Checking {url}. Press Escape to stop.', { url: config.url }));
  for await (const check of diagnose(config, ports, { signal, login, proxy: proxyOf(config.url) })) {
    if (signal.aborted) break;
    checks.push(check);
    if (check.state !== 'skipped') say(`${check.title}: ${check.text}`);
  }
  return checks;
}
