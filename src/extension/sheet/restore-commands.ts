import * as vscode from 'vscode';
import { plural, translated, t } from '../../l10n/texts';
import { dateAndTime } from '../../pages/formats';
import { formValue } from '../../forms/customer-form';
import { customerEntityToCreate } from '../../api/entities';
import { ToolkitError, toToolkitError } from '../../api/errors';
import type { Restored } from '../../store/customers/customer-restore';
import type { KeptAddress } from '../../store/customers/address-undo';
import type { KeptSave } from '../../store/customers/customer-undo';
import type { Handlers } from '../commands/commands';
import { confirmed, showInformation } from '../messages';
import { pickOne } from '../picks';
import { confirmWrite } from '../stores/confirm-write';
import { connectingTitle, connectionFor, waitWithNotice } from '../stores/wait-with-notice';
import type { Store } from '../stores/store';
import { count, oneLine, withoutIcons } from '../text';
import { summarize } from '../customer/customer-summary';
import { asTreeNode, storeNodeOf } from '../tree/nodes';
import { cancellable } from './cancellable';
import type { KeptCopy } from './kept-copies';
import type { KeptFile } from '../../files/kept-files';
import { pickKept, type KeptList } from './kept-picker';
import type { RemovalServices } from './removal-commands';
import { customers, described, lossesOf } from './removal-words';

/** The commands that restore what was deleted or replaced, and that delete kept copies. */
export function restoreCommands({ active, sheets, copies, changed }: Omit<RemovalServices, 'reports' | 'history'>): Handlers<'restore'> {
  return {
    'customer.restore': async (argument) => {
      const chosen = await pickKept(
        pickerOptions(
          argument,
          t('Restore Deleted Customers'),
          await copies.all(),
          ({ kept }) => described(kept),
          async (copy) => {
            await copies.forget(copy);
          },
        ),
        t('Select customers to restore'),
        true,
      );
      if (chosen === 'none') void showInformation(t('There are no copies of deleted customers.'));
      else if (chosen !== undefined) for (const [store, wanted] of await byStore(chosen)) await restoreOn(store, wanted);
    },
    'customer.undo': async (argument) => {
      const node = asTreeNode(argument);
      const saves = (await copies.saves()).filter(({ kept }) => kept.changes.length > 0);
      const place =
        node?.kind === 'customer'
          ? { store: node.store.id, customer: summarize(node.row).id }
          : node === undefined
            ? sheets.active
            : undefined;
      const ofPlace = ({ kept }: KeptFile<KeptEntry & { readonly customerId: string }>): boolean =>
        kept.customerId === place?.customer && storeOf(kept)?.id === place.store;
      const [own] = [saves.find(ofPlace), (await copies.addresses()).find(ofPlace)]
        .flatMap((each: KeptFile<KeptSave | KeptAddress> | undefined) => each ?? [])
        .sort((one, other) => other.kept.at.localeCompare(one.kept.at));
      if (node?.kind === 'customer' && own === undefined) {
        void showInformation(t('No save to undo for this customer.'));
        return;
      }
      const chosen =
        own === undefined
          ? await pickKept(
              pickerOptions(
                argument,
                t('Undo a Save'),
                saves,
                ({ kept }) => saveItem(kept),
                async (save) => {
                  await copies.forget(save);
                },
              ),
              t('Select a save to undo. You see its earlier values before anything is sent.'),
              false,
            )
          : [own];
      if (chosen === 'none') void showInformation(t('There is no save to undo.'));
      const [save] = chosen === 'none' ? [] : (chosen ?? []);
      if (save === undefined) return;
      const store = storeOf(save.kept);
      if (store === undefined)
        throw new ToolkitError('input', {
          code: 'store-gone',
          what: t('{store} is no longer in the list of stores.', { store: oneLine(save.kept.store) }),
          next: t('Add the store again, then undo.'),
        });
      await sheets.undo(store, save.kept);
    },
    'customer.forgetCopies': async (argument) => {
      const all: readonly KeptFile<KeptEntry>[] = [...(await copies.all()), ...(await copies.saves()), ...(await copies.addresses())];
      const names = [...new Set(all.map(({ kept }) => nameOf(kept)))].sort();
      const store = storeAt(argument);
      const name =
        store !== undefined
          ? (store.config?.name ?? store.name)
          : await pickOne(
              names.map((label) => ({
                label: withoutIcons(label),
                description: t('{count} kept', { count: count(all.filter(({ kept }) => nameOf(kept) === label).length) }),
                name: label,
              })),
              { title: t('Delete Kept Copies'), placeHolder: names.length === 0 ? t('There are no copies') : t('Select a store') },
            ).then((item) => item?.name);
      if (name === undefined) return;
      const doomed = all.filter(({ kept }) => nameOf(kept) === name);
      if (doomed.length === 0) {
        void showInformation(t('There are no copies of {name}.', { name: oneLine(name) }));
        return;
      }
      const action = plural(doomed.length, 'Delete {count} Copy', 'Delete {count} Copies');
      const detail = t('You can then no longer restore deleted customers or undo saves. The store is not changed.');
      if (!(await confirmed(t('Delete all copies of customers of {name} on this computer?', { name: oneLine(name) }), detail, action)))
        return;
      for (const one of doomed) await copies.forget(one);
      vscode.window.setStatusBarMessage(plural(doomed.length, '{count} copy deleted', '{count} copies deleted'), 5000);
    },
  };

  /** The store that an entry belongs to, if it is still listed. */
  function storeOf({ storeId, store }: KeptEntry): Store | undefined {
    const [called, ...others] = active.allNamed(store);
    return active.all.find(({ id }) => id === storeId) ?? (others.length === 0 ? called : undefined);
  }

  /** The current name of the store, or the name at that time if it is no longer listed. */
  function nameOf(kept: KeptEntry): string {
    const store = storeOf(kept);
    return store === undefined ? kept.store : (store.config?.name ?? store.name);
  }

  function storeAt(argument: unknown): Store | undefined {
    const node = asTreeNode(argument);
    return node === undefined ? undefined : storeNodeOf(node)?.store;
  }

  function pickerOptions<T extends KeptEntry>(
    argument: unknown,
    title: string,
    kept: readonly KeptFile<T>[],
    words: KeptList<T>['words'],
    forget: KeptList<T>['forget'],
  ): KeptList<T> {
    const store = storeAt(argument);
    return { title, kept, words, forget, storeOf: nameOf, first: store === undefined ? undefined : (store.config?.name ?? store.name) };
  }

  /** Groups copies by the store they came from. Asks for another store where that one is no longer listed. */
  async function byStore(kept: readonly KeptCopy[]): Promise<ReadonlyMap<Store, readonly KeptCopy[]>> {
    const instead = new Map<string, Store | undefined>();
    const found = new Map<Store, KeptCopy[]>();
    for (const one of kept) {
      const { store: name } = one.kept;
      let store = storeOf(one.kept);
      if (store === undefined) {
        if (!instead.has(name))
          instead.set(
            name,
            await active.choose(t('{store} is no longer in the list of stores. Select the store to restore to', { store: oneLine(name) })),
          );
        store = instead.get(name);
      }
      if (store !== undefined) found.set(store, [...(found.get(store) ?? []), one]);
    }
    return found;
  }

  async function restoreOn(store: Store, wanted: readonly KeptCopy[]): Promise<void> {
    const labelOf = ({ kept: copy }: KeptCopy): string => described(copy).label;
    const [first] = wanted;
    if (first === undefined) return;
    const what = wanted.length === 1 ? labelOf(first) : customers(wanted.length);
    const { answersV1, restoreCustomer } = await import('../../store/customers/customer-restore');
    const { client } = await connectionFor(store);
    // The confirmation must say what will be lost, before anything is done.
    const { customer_id: id } = first.kept.customer;
    const v1 = await waitWithNotice(connectingTitle(store), async (stop) => await answersV1(client, formValue('customer_id', id), stop));
    if (
      !(await confirmWrite(store, {
        action: t('Restore {what}', { what }),
        detail: lossesOf(
          wanted.map(({ kept }) => kept),
          { v1 },
        ),
      }))
    )
      return;
    const back: { readonly kept: KeptCopy; readonly restored: Restored }[] = [];
    let failed: { readonly label: string; readonly error: ToolkitError } | undefined;
    await cancellable(t('Restoring {what}', { what }), store, async (signal, progress) => {
      for (const [index, kept] of wanted.entries()) {
        if (signal.aborted || failed !== undefined) break;
        if (wanted.length > 1)
          progress.report({
            message: t('{index} of {count}: {customer}', { index: count(index + 1), count: count(wanted.length), customer: labelOf(kept) }),
            increment: index === 0 ? 0 : 100 / wanted.length,
          });
        try {
          const restored = await restoreCustomer(client, kept.kept, {
            signal,
            confirmed: true,
            onCreated: async (restoredAs) => {
              await copies.note(kept, { restoredAs });
            },
          });
          back.push({ kept, restored });
          if (restored.error !== undefined) failed = { label: labelOf(kept), error: unfinished(restored, kept) };
          else if (restored.refused.length === 0) await copies.forget(kept);
        } catch (error) {
          if (!signal.aborted) failed = { label: labelOf(kept), error: toToolkitError(error) };
        }
      }
    });
    if (back.length > 0)
      await changed(
        store,
        back.map(({ restored }) => restored.customerId),
      );
    if (back.length === 1 && back[0] !== undefined) await sheets.open(store, back[0].restored.customerId);
    if (failed !== undefined)
      throw wanted.length === 1
        ? failed.error
        : new ToolkitError('input', {
            code: 'restore-stopped',
            what: t('Restored {count} of {customers}. {customer}: {problem}', {
              count: count(back.length),
              customers: customers(wanted.length),
              customer: failed.label,
              problem: failed.error.message,
            }),
            next: t('The copies of the other customers are kept. Restore them again.'),
          });
    tellWhatDiffers(
      back.map(({ kept, restored }) => ({ label: labelOf(kept), restored })),
      wanted.length,
    );
  }
}

/** Reports what differs from the deleted customers. A complete restore shows no message. */
function tellWhatDiffers(back: readonly { readonly label: string; readonly restored: Restored }[], wanted: number): void {
  const lines = back.flatMap(({ label, restored: { sameId, customerId, differences, refused } }) => {
    const parts = [
      sameId ? undefined : t('new ID {id}', { id: customerId }),
      refused.length > 0
        ? plural(
            refused.length,
            'the store refused {count} address ({said}), so the copy is kept',
            'the store refused {count} addresses ({said}), so the copy is kept',
            {
              said: refused[0]?.words.said ?? '',
            },
          )
        : undefined,
      differences.length > 0
        ? t('different values of {attributes}', { attributes: differences.map(({ code }) => code).join(', ') })
        : undefined,
    ].filter((part) => part !== undefined);
    return parts.length === 0 ? [] : [`${label}: ${parts.join(', ')}.`];
  });
  const stopped =
    back.length < wanted
      ? t('Stopped: restored {count} of {customers}.', { count: count(back.length), customers: customers(wanted) })
      : undefined;
  const shown = lines.slice(0, 3);
  const more =
    lines.length > shown.length ? t('The same applies to {count} more.', { count: count(lines.length - shown.length) }) : undefined;
  const text = [stopped, ...shown, more].filter((part) => part !== undefined).join(' ');
  if (text !== '') void showInformation(text);
}

/** The error for a customer that was restored without all of its addresses. */
function unfinished({ addresses, error }: Restored, { kept: copy }: KeptCopy): ToolkitError {
  return new ToolkitError(error?.kind ?? 'transport', {
    code: error?.code ?? 'cut-off',
    what: t('The customer is back, but only with {count} of {count2} addresses.', {
      count: count(addresses),
      count2: count(copy.addresses.length),
    }),
    said: error?.words.said,
    why: error?.words.what,
    next: t('Restore the customer again to add the missing addresses.'),
  });
}

/** The common part of all kept entries. */
interface KeptEntry {
  readonly at: string;
  readonly store: string;
  readonly storeId: string;
}

/** A save as an entry to choose. */
function saveItem({ at, name, email, customerId, store, changes }: KeptSave): {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
} {
  const titles = new Map(customerEntityToCreate.fields.map((field) => [field.name, translated(field.title)]));
  const what = changes
    .map(
      ({ code, from, to }) =>
        `${titles.get(code) ?? code}: ${from === undefined || from === '' ? t('not set') : from} → ${to === '' ? t('not set') : to}`,
    )
    .join(', ');
  return {
    label: withoutIcons(name === '' ? t('(no name)') : name),
    description: withoutIcons(`${email} #${customerId}`),
    detail: withoutIcons(t('Saved {date} on {store}. {what}', { date: dateAndTime(Date.parse(at)), store, what })),
  };
}
