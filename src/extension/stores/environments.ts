import { t } from '../../l10n/texts';

/** The purposes of stores. They colour everything that shows the store. */
export const environments = ['production', 'staging', 'development'] as const;

/** See {@link environments}. */
export type Environment = (typeof environments)[number];

/** The name of an environment within a line. */
export function environmentName(environment: Environment): string {
  return { production: t('production'), staging: t('staging'), development: t('development') }[environment];
}

/** The name of an environment as a label. */
export function environmentLabel(environment: Environment): string {
  return { production: t('Production'), staging: t('Staging'), development: t('Development') }[environment];
}
