import { t } from '../../l10n/texts';
import { ToolkitError, toToolkitError } from '../../api/errors';
import type { SoapRecord } from '../../api/value';
import type { SheetPlace } from '../../pages/sheet-messages';
import { customerGroups, type Groups } from '../customer/customer-groups';
import type { Connection, Store } from '../stores/store';
import type { SheetStore } from './sheet-drawing';
import type { SheetPorts } from './sheet-ports';

/** The facts about a store that the sheet of a customer knows before the store answers. */
export function storeFacts(ports: Pick<SheetPorts, 'store' | 'codes'>, { store: id }: SheetPlace): SheetStore {
  const store = ports.store(id);
  return {
    name: store?.config?.name ?? store?.name ?? '',
    environment: store?.environment,
    asksName: store?.asksName === true,
    readOnly: store?.readOnly === true,
    cannot: { delete: store?.cannot('delete'), addresses: store?.cannot('write-addresses') },
    codes: ports.codes.shown,
  };
}

/** Whether a write may go to a store. @param typed the text that was typed to confirm a write on production */
export function isConfirmed(store: Store, typed: string): boolean {
  if (!store.asksName) return true;
  if (typed !== (store.config?.name ?? store.name)) return false;
  store.typedName();
  return true;
}

/** The store of a customer. @throws {ToolkitError} when the store is no longer listed, or not listed yet */
export function storeOf(ports: Pick<SheetPorts, 'store'>, { store: id }: SheetPlace): Store {
  const store = ports.store(id);
  if (store !== undefined) return store;
  const demo = id.startsWith('demo:');
  throw new ToolkitError('input', {
    code: 'store-gone',
    what: demo ? t('The demo store is not running.') : t('This store is no longer in the settings.'),
    next: demo ? t('Start it, then retry. Your input is kept.') : t('Add it again, then retry. Your input is kept.'),
  });
}

/** The row of a customer as a list of the store gave it. `undefined` if no list did. */
export function listedRow(ports: Pick<SheetPorts, 'store' | 'listed'>, { store: id, customer }: SheetPlace): SoapRecord | undefined {
  const store = ports.store(id);
  return store === undefined || customer === undefined ? undefined : ports.listed(store, customer);
}

/** The names of customer groups. Empty if the store does not give them, because the sheet is of use without them. */
export async function groupNames(connection: Connection, log: SheetPorts['log']): Promise<Groups> {
  try {
    return await customerGroups(connection);
  } catch (error) {
    log.error(toToolkitError(error));
    return new Map();
  }
}
