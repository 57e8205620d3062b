import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { sheetPlace } from '../../api/messages';
import { FaultError, ToolkitError } from '../../api/errors';
import type { CustomerCopy } from '../../store/customer-copy';
import type { StoreClient } from '../../store/client';
import { noteOf } from '../../store/note';
import { guard } from '../../store/policy';
import type { Handler } from '../commands/commands';
import type { ActiveStore } from '../stores/active-store';
import { confirmWrite } from '../stores/confirm-write';
import type { Store } from '../stores/store';
import { count, oneLine, withoutIcons } from '../text';
import { summarize } from '../tree/customer-summary';
import { selectedNodes } from '../tree/nodes';
import type { CustomerSheets } from './customer-sheets';
import type { KeptCopies } from './kept-copies';

/** What deleting and restoring needs. */
export interface RemovalServices {
  readonly active: ActiveStore;
  readonly sheets: CustomerSheets;
  readonly copies: KeptCopies;
  readonly changed: (store: Store) => Promise<void>;
}

/** How a sheet names the customer it shows. */
const fromSheet = z.extend(sheetPlace, { label: z.optional(z.string()) });

/** A customer that is to be deleted. */
interface Doomed {
  readonly store: Store;
  readonly id: string;
  readonly label: string;
}

/** Deleting customers, of which a copy is kept first, and getting them back. */
export function removalCommands({ active, sheets, copies, changed }: RemovalServices): Readonly<Record<string, Handler>> {
  return {
    'customer.delete': async (argument, selection) => {
      const doomed = doomedBy(argument, selection);
      const [first] = doomed;
      // A selection over several stores is done store by store: each is confirmed by its own name.
      if (first !== undefined) for (const store of new Set(doomed.map((one) => one.store))) await deleteFrom(store, doomed.filter((one) => one.store === store));
    },
    'customer.restore': async () => {
      const all = await copies.all();
      if (all.length === 0) {
        void vscode.window.showInformationMessage('No copies of deleted customers are kept here.');
        return;
      }
      const items = all.map((kept) => ({ ...described(kept.copy), kept }));
      const chosen = await vscode.window.showQuickPick(items, { placeHolder: 'Which customer is to be restored?', matchOnDescription: true, matchOnDetail: true });
      if (chosen === undefined) return;
      const { copy } = chosen.kept;
      const store = active.all.find(({ id }) => id === copy.storeId) ?? active.named(copy.store) ?? (await active.choose(`${oneLine(copy.store)} is not listed any more. Which store is the customer to be restored on?`));
      if (store === undefined || !(await confirmWrite(store, { action: `Restore ${chosen.label}`, detail: lossesOf(copy) }))) return;
      const { restoreCustomer } = await import('../../store/customer-copy');
      const { client } = await store.connected();
      const restored = await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title: `Restoring ${chosen.label}` }, async () => await restoreCustomer(client, copy, { confirmed: true }));
      await changed(store);
      await sheets.open(store, restored.customerId);
      if (restored.refused.length > 0) throw new ToolkitError('fault', { code: 'addresses-refused', what: `The customer is back, but ${restored.refused.length} of ${copy.addresses.length} addresses were refused.`, said: restored.refused[0]?.words.said, next: 'The copy is kept, so that nothing is lost.' });
      await copies.forget(chosen.kept);
      const differing = restored.differences.map(({ code }) => code);
      const id = restored.sameId ? undefined : `It has the new number ${restored.customerId}.`;
      if (id !== undefined || differing.length > 0) void vscode.window.showInformationMessage(withoutIcons([`${chosen.label} is back.`, id, differing.length > 0 ? `Not as before: ${differing.join(', ')}.` : undefined].filter((part) => part !== undefined).join(' ')));
    },
  };

  function doomedBy(argument: unknown, selection: unknown): readonly Doomed[] {
    const nodes = selectedNodes(argument, selection).filter((node) => node.kind === 'customer');
    if (nodes.length > 0) {
      return nodes.map(({ row, parent }) => {
        const { id, name, email } = summarize(row);
        return { store: parent.store, id, label: `${name === '' ? '(no name)' : name} (${[email, `#${id}`].filter((part) => part !== '').join(', ')})` };
      });
    }
    // From a sheet.
    const place = z.safeParse(fromSheet, argument);
    const store = place.success ? active.all.find(({ id }) => id === place.data.store) : undefined;
    const id = place.data?.customer;
    return store === undefined || id === undefined ? [] : [{ store, id, label: place.data?.label ?? `#${id}` }];
  }

  async function deleteFrom(store: Store, doomed: readonly Doomed[]): Promise<void> {
    const { client } = await store.connected();
    if (store.config !== undefined) guard(store.config, 'customer.delete', true);
    const one = doomed.length === 1 ? doomed[0] : undefined;
    const action = one === undefined ? `Delete ${count(doomed.length)} customers` : 'Delete customer';
    const shown = doomed.slice(0, 10).map(({ label }) => oneLine(label));
    const more = doomed.length > shown.length ? [`and ${count(doomed.length - shown.length)} more`] : [];
    if (!(await confirmWrite(store, { action, detail: `${[...shown, ...more].join(', ')}. A copy without passwords is kept on this machine first, and Restore Deleted Customer brings it back.` }))) return;
    const gone: string[] = [];
    try {
      await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title: one === undefined ? 'Deleting customers' : `Deleting ${withoutIcons(one.label)}`, cancellable: true }, async (progress, token) => {
        for (const [index, { id, label }] of doomed.entries()) {
          if (token.isCancellationRequested) break;
          if (one === undefined) progress.report({ message: `${count(index + 1)} of ${count(doomed.length)}: ${withoutIcons(label)}`, increment: 100 / doomed.length });
          await deleteOne(store, client, id);
          gone.push(id);
        }
      });
    } finally {
      if (gone.length > 0) {
        sheets.gone(store, gone);
        await changed(store);
      }
    }
    if (gone.length < doomed.length) void vscode.window.showInformationMessage(`Stopped: ${count(gone.length)} of ${count(doomed.length)} customers were deleted.`);
  }

  async function deleteOne(store: Store, client: StoreClient, customerId: string): Promise<void> {
    const { copyCustomer } = await import('../../store/customer-copy');
    const parts = await copyCustomer(client, customerId, store.signal);
    const kept = await copies.keep({ version: 1, at: new Date().toISOString(), store: store.config?.name ?? store.name, storeId: store.id, ...parts });
    try {
      await client.call('customer.delete', { customerId }, { confirmed: true });
    } catch (error) {
      if (noteOf(error).execution === 'unknown' && (await isGone(client, customerId))) return;
      // It is still there, as far as the store said: the copy would only mislead.
      if (noteOf(error).execution === undefined) await copies.forget(kept);
      throw error;
    }
  }
}

/** Whether a customer is gone. When the store cannot be asked, the failure of the delete itself is what counts. */
async function isGone(client: StoreClient, customerId: string): Promise<boolean> {
  try {
    await client.call('customer.info', { customerId, attributes: ['email'] });
    return false;
  } catch (error) {
    if (error instanceof FaultError) return error.code === '102';
    if (error instanceof ToolkitError) return false;
    throw error;
  }
}

function described({ customer, addresses, store, at }: CustomerCopy): { readonly label: string; readonly description: string; readonly detail: string } {
  const { id, name, email } = summarize(customer);
  const many = addresses.length === 1 ? '1 address' : `${addresses.length} addresses`;
  return { label: withoutIcons(name === '' ? '(no name)' : name), description: withoutIcons(`${email} #${id}`), detail: withoutIcons(`Deleted ${new Date(at).toLocaleString()} from ${store}, ${many}`) };
}

/** What cannot come back, said before anything is done. */
function lossesOf({ customer, addresses }: CustomerCopy): string {
  const { id, email } = summarize(customer);
  return [
    `${email} and ${addresses.length === 1 ? 'one address' : `${addresses.length} addresses`} are created anew.`,
    `The number ${id} comes back if nobody has it by now; otherwise the customer gets a new one.`,
    'The password does not come back: the customer sets a new one by e-mail. Addresses get new numbers, and the day of registration is today.',
  ].join(' ');
}
