import type { Handler } from '../commands/commands';
import type { CustomerNode } from '../tree/customer-nodes';
import type { Services } from './services';

/**
 * Makes commands about a customer use the customer that the user is looking at, when they are run without a row, for example from the
 * palette.
 * @param ids the commands, without the prefix
 */
export function forShownCustomer<H extends Readonly<Record<string, Handler>>>(
  services: Services,
  handlers: H,
  ids: readonly (keyof H & string)[],
): H {
  const wrapped = ids.map((id): readonly [string, Handler] => [
    id,
    async (argument, ...rest) => await handlers[id]?.(argument ?? (await seenCustomer(services)), ...rest),
  ]);
  return { ...handlers, ...Object.fromEntries(wrapped) };
}

/** The customer of the active sheet as a row. Without a sheet, the selected customer of the tree. */
async function seenCustomer(services: Services): Promise<CustomerNode | undefined> {
  const { sheets, tree } = services;
  const sheet = sheets.made?.sheets.active;
  if (sheet === undefined) return tree.made?.view.selectedCustomer;
  const { store, customer } = sheet;
  if (customer === undefined) return undefined;
  const rows = (await tree()).tree;
  const parent = rows.storeNodes().find(({ id }) => id === store);
  return parent && rows.customerNode(parent, customer, sheets.made?.sheets.activeRow);
}
