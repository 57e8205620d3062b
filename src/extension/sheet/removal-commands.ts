import * as z from 'zod/mini';
import { t } from '../../l10n/texts';
import { sheetPlace } from '../../pages/sheet-messages';
import { ToolkitError } from '../../api/errors';
import { guard } from '../../store/calls/policy';
import type { Handlers } from '../commands/commands';
import { showError, showInformation } from '../messages';
import type { ExchangeKeeper } from '../calls/outcome';
import type { ActiveStore } from '../stores/active-store';
import { confirmWrite } from '../stores/confirm-write';
import { connectionFor } from '../stores/wait-with-notice';
import type { Store } from '../stores/store';
import { count, oneLine } from '../text';
import type { ReportDocuments } from '../reports/report-documents';
import { summarize } from '../customer/customer-summary';
import { selectedNodes } from '../tree/nodes';
import { cancellable } from './cancellable';
import type { CustomerSheets } from './customer-sheets';
import type { KeptCopies, KeptCopy } from './kept-copies';
import { RecordingClient } from './recording-client';
import { customers, removalReport, removalSummary, shortList, removalCounts, type CustomerToDelete } from './removal-words';

/** The dependencies of the commands for deleting and restoring. */
export interface RemovalServices {
  readonly active: ActiveStore;
  readonly sheets: CustomerSheets;
  readonly copies: KeptCopies;
  readonly reports: ReportDocuments;
  readonly history: ExchangeKeeper;
  /** Called with the IDs of customers that changed. */
  readonly changed: (store: Store, ids: readonly string[]) => Promise<void>;
}

/** The argument by which a sheet names its customer. */
const fromSheet = z.extend(sheetPlace, { label: z.optional(z.string()) });

/** The commands for deleting customers. A copy is kept before each deletion. */
export function removalCommands({ active, sheets, copies, reports, history, changed }: RemovalServices): Handlers<'removal'> {
  return {
    'customer.delete': async (argument, selection) => {
      // A selection over several stores is deleted store by store: each deletion is confirmed with the name of its store.
      for (const [store, doomed] of doomedBy(argument, selection)) await deleteFrom(store, doomed);
    },
  };

  function doomedBy(argument: unknown, selection: unknown): ReadonlyMap<Store, readonly CustomerToDelete[]> {
    const found = new Map<Store, CustomerToDelete[]>();
    const add = (store: Store, doomed: CustomerToDelete): void => {
      const known = found.get(store) ?? [];
      // The same customer may be selected below several rows.
      if (known.every(({ id }) => id !== doomed.id)) found.set(store, [...known, doomed]);
    };
    for (const node of selectedNodes(argument, selection)) {
      if (node.kind !== 'customer') continue;
      const { id, name, email } = summarize(node.row);
      add(node.store, {
        id,
        label: `${name === '' ? t('(no name)') : name} (${[email, `#${id}`].filter((part) => part !== '').join(', ')})`,
      });
    }
    if (found.size > 0) return found;
    const place = z.safeParse(fromSheet, argument);
    const store = place.success ? active.all.find(({ id }) => id === place.data.store) : undefined;
    const id = place.data?.customer;
    if (store !== undefined && id !== undefined) add(store, { id, label: place.data?.label ?? `#${id}` });
    return found;
  }

  async function deleteFrom(store: Store, doomed: readonly CustomerToDelete[]): Promise<void> {
    const { client } = await connectionFor(store);
    const reason = store.cannot('delete');
    if (reason !== undefined)
      throw new ToolkitError('input', {
        code: 'rest-unsaid',
        what: t('The customer was not deleted.'),
        why: reason,
        next: t("Delete it in the shop's admin."),
      });
    if (store.config !== undefined) guard(store.config, 'customer.delete', true);
    const one = doomed.length === 1 ? doomed[0] : undefined;
    const action = one === undefined ? t('Delete {customers}', { customers: customers(doomed.length) }) : t('Delete customer');
    if (
      !(await confirmWrite(store, {
        action,
        detail: t('{customers}. A copy without passwords is kept on this computer. Use Restore Deleted Customers to bring it back.', {
          customers: shortList(doomed.map(({ label }) => oneLine(label))),
        }),
      }))
    )
      return;
    const { removeCustomers } = await import('../../store/customers/customer-removal');
    const storage = {
      keep: async (parts: Parameters<Parameters<typeof removeCustomers>[2]['keep']>[0]) =>
        await copies.keep({
          version: 1,
          at: new Date().toISOString(),
          store: store.config?.name ?? store.name,
          storeId: store.id,
          ...parts,
        }),
      forget: async (kept: KeptCopy) => {
        await copies.forget(kept);
      },
    };
    // When many are deleted, their calls would push other entries out of the history.
    const caller = one === undefined ? client : new RecordingClient(store, client, { history });
    const title =
      one === undefined
        ? t('Deleting {customers}', { customers: customers(doomed.length) })
        : t('Deleting {label}', { label: oneLine(one.label) });
    const removals = await cancellable(
      title,
      store,
      async (signal, progress) =>
        await removeCustomers(
          caller,
          doomed.map(({ id }) => id),
          storage,
          {
            signal,
            confirmed: true,
            onNext: (index) => {
              if (one === undefined)
                progress.report({
                  message: t('{index} of {count}: {customer}', {
                    index: count(index + 1),
                    count: count(doomed.length),
                    customer: oneLine(doomed[index]?.label ?? ''),
                  }),
                  increment: index === 0 ? 0 : 100 / doomed.length,
                });
            },
          },
        ),
    );
    const gone = doomed.filter((_, index) => ['deleted', 'gone'].includes(removals[index]?.kind ?? '')).map(({ id }) => id);
    await sheets.gone(store, gone);
    const touched = doomed.filter((_, index) => (removals[index]?.kind ?? 'not-reached') !== 'not-reached').map(({ id }) => id);
    if (touched.length > 0) await changed(store, touched);
    const { deleted } = removalCounts(removals);
    if (deleted === doomed.length) return;
    const first = removals.find((removal) => removal.kind === 'failed' || removal.kind === 'unclear');
    const error = first === undefined || !('error' in first) ? undefined : first.error;
    if (one !== undefined && error !== undefined) throw error;
    const show = t('Show Results');
    const message = [removalSummary(removals), error?.message].filter((part) => part !== undefined).join(' ');
    const chosen = await (error === undefined ? showInformation(message, show) : showError(message, show));
    if (chosen === show)
      await reports.show(t('Deleted customers of {name}', { name: store.name }), removalReport(store.name, doomed, removals));
  }
}
