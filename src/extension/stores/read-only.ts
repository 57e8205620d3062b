import { t } from '../../l10n/texts';

/** Why a store offers no writes, and what to do to get them: said wherever a write would be offered otherwise. */
export function readOnlyWords(): string {
  return t('This store is set to read-only. Edit the store to allow writes.');
}
