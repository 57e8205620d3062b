import { toToolkitError } from '../../api/errors';
import type { SoapRecord } from '../../api/value';
import type { AddressResult } from '../../store/customers/address-save';
import type { KeptAddress } from '../../store/customers/address-undo';
import type { SaveResult } from '../../store/customers/customer-save';
import type { KeptSave } from '../../store/customers/customer-undo';
import { summarize } from '../customer/customer-summary';
import type { Store } from '../stores/store';
import type { SheetPorts } from './sheet-ports';

/** The places where replaced values are kept. */
type Ports = Pick<SheetPorts, 'copies' | 'log'>;

/** Keeps the values that a save of a customer replaced. @returns `undefined` where there is nothing to put back */
export async function keepOverwritten(
  ports: Ports,
  store: Store,
  customerId: string,
  outcome: SaveResult,
  row: SoapRecord,
): Promise<KeptSave | undefined> {
  if (outcome.kind === 'conflict' || outcome.overwritten === undefined) return undefined;
  const { changes, unknown } = outcome.overwritten;
  if (changes.length === 0 && unknown.length === 0) return undefined;
  const { name, email } = summarize(outcome.row ?? row);
  const save: KeptSave = { ...heading(store, customerId), name, email, changes: [...changes], unknown: [...unknown] };
  return await kept(ports, save, async () => (await ports.copies.keepSave(save)).kept);
}

/** Keeps the values that a write to an address replaced. @returns `undefined` where there is nothing to put back */
export async function keepOverwrittenAddress(
  ports: Ports,
  store: Store,
  customerId: string,
  outcome: AddressResult,
): Promise<KeptAddress | undefined> {
  const undo = outcome.kind === 'conflict' ? undefined : outcome.undo;
  if (undo === undefined) return undefined;
  const { order } = undo;
  // The only change was a default that the API cannot take away.
  if (order.kind === 'update' && order.changes.length === 0 && order.defaults.length === 0) return undefined;
  const save: KeptAddress = { ...heading(store, customerId), undo };
  return await kept(ports, save, async () => (await ports.copies.keepAddress(save)).kept);
}

function heading(store: Store, customerId: string): Pick<KeptSave, 'version' | 'at' | 'store' | 'storeId' | 'customerId'> {
  return { version: 1, at: new Date().toISOString(), store: store.config?.name ?? store.name, storeId: store.id, customerId };
}

async function kept<T>(ports: Ports, save: T, keep: () => Promise<T>): Promise<T> {
  try {
    return await keep();
  } catch (error) {
    // The store holds the change, and the sheet must show that. The earlier values are known until the sheet is closed.
    ports.log.error(toToolkitError(error));
    return save;
  }
}
