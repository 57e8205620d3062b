import { t } from '../../l10n/texts';

/** What a store is for. It colours everything that shows the store. */
export const environments = ['production', 'staging', 'development'] as const;

/** See {@link environments}. */
export type Environment = (typeof environments)[number];

/** What an environment is called within a line. */
export function environmentName(environment: Environment): string {
  return { production: t('production'), staging: t('staging'), development: t('development') }[environment];
}

/** What an environment is called where it stands alone. */
export function environmentTitle(environment: Environment): string {
  return { production: t('Production'), staging: t('Staging'), development: t('Development') }[environment];
}
