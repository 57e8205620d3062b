import { t } from '../../l10n/texts';
import { environmentLabel, type Environment } from '../stores/environments';
import type { StoreSource } from '../stores/guards';
import type { Choice } from '../questions';

/** The environments to choose from. */
export function environmentChoices(): readonly Choice<Environment>[] {
  const choice = (value: Environment, description: string): Choice<Environment> => ({ label: environmentLabel(value), description, value });
  return [
    choice('production', t('real customers; red, each write asks for the name of the store')),
    choice('staging', t('a copy for tests; amber')),
    choice('development', t('a development machine; green')),
  ];
}

/** The kinds of access to choose from. */
export function accessChoices(): readonly Choice<boolean>[] {
  return [
    { label: t('Read Only'), description: t('every write is refused'), value: true },
    { label: t('Read and Write'), description: t('writes are shown before they are sent'), value: false },
  ];
}

/** The access to a store, for a row of a list. */
export function accessWords(readOnly: boolean): string {
  return readOnly ? t('read-only, every write is refused') : t('allowed, and shown before they are sent');
}

/** The settings that hold an entry, for a row of a list. */
export function sourceWords(source: StoreSource): string {
  return source === 'user'
    ? t('user settings, for all your windows')
    : t('workspace settings, for everyone who works on it; the API key is not shared');
}
