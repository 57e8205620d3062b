import { t } from '../../l10n/texts';

/** The reason why a store offers no writes, and what to do about it. Shown wherever a write would otherwise be offered. */
export function readOnlyWords(): string {
  return t('This store is set to read-only. Edit the store to allow writes.');
}
