import { dialectLabels, type Dialect } from '../../api/dialect';
import { t } from '../../l10n/texts';
import { showInformation } from '../messages';
import type { Store } from '../stores/store';
import type { StoreSettings } from '../stores/store-settings';
import { oneLine } from '../text';
import { keptOn } from './findings';

/**
 * Offers to set a store to the only dialect that works, such as V1 behind a web server that blocks the others, or REST where SOAP is
 * switched off. Writes the choice into the settings that the store came from.
 * @param ask returns the chosen button
 */
export async function offerDialect(
  dialect: Dialect,
  store: Pick<Store, 'id' | 'name'>,
  settings: StoreSettings,
  ask: (question: string, button: string) => Promise<string | undefined> = showInformation,
): Promise<void> {
  const listed = settings.list().find(({ id }) => id === store.id);
  const kept = keptOn(dialect, listed === undefined ? undefined : settings.entryOf(listed));
  if (listed === undefined || kept === undefined) return;
  const label = dialectLabels[dialect];
  const use = t('Use {dialect}', { dialect: label });
  const question = t('{store} supports only {dialect}. Use {dialect} for this store from now on?', {
    store: oneLine(store.name),
    dialect: label,
  });
  if ((await ask(question, use)) === use) await settings.replace(listed, kept);
}
