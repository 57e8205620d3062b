import { later, translated } from '../l10n/texts';

const environments = { production: later('Production'), staging: later('Staging'), development: later('Development') } as const;

/** The name of a store's environment, for the user. */
export function environmentName(environment: keyof typeof environments): string {
  return translated(environments[environment]);
}
