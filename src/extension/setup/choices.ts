import type { Environment } from '../stores/environments';
import type { StoreSource } from '../stores/guards';
import type { Choice } from '../questions';

/** Names of environments in rows and menus. */
export const environmentLabels: Readonly<Record<Environment, string>> = {
  production: 'Production',
  staging: 'Staging',
  development: 'Development',
};

export const environmentChoices: readonly Choice<Environment>[] = [
  { label: environmentLabels.production, description: 'real customers; red, writes are confirmed by the name', value: 'production' },
  { label: environmentLabels.staging, description: 'a copy for tests; amber', value: 'staging' },
  { label: environmentLabels.development, description: 'a machine of your own; green', value: 'development' },
];

export const accessChoices: readonly Choice<boolean>[] = [
  { label: 'Read Only', description: 'every write is refused', value: true },
  { label: 'Read and Write', description: 'writes are shown before they are sent', value: false },
];

/** What may be done to a store, as a row says it. */
export function accessWords(readOnly: boolean): string {
  return readOnly ? 'read-only, every write is refused' : 'allowed, and shown before they are sent';
}

/** Where an entry stands, as a row says it. */
export function sourceWords(source: StoreSource): string {
  return source === 'user' ? 'user settings, in every window of yours' : 'workspace settings, for everybody who works on it; never the key';
}
