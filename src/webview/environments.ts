import { later, said } from '../l10n/texts';

const environments = { production: later('Production'), staging: later('Staging'), development: later('Development') } as const;

/** What the environment of a store is called. */
export function environmentName(environment: keyof typeof environments): string {
  return said(environments[environment]);
}
