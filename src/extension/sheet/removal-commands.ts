import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { sheetPlace } from '../../api/messages';
import { ToolkitError, toToolkitError } from '../../api/errors';
import type { Restored } from '../../store/customer-restore';
import { guard } from '../../store/policy';
import type { Handler } from '../commands/commands';
import { complain, inform, withProgress, type Progress } from '../messages';
import type { ExchangeKeeper } from '../response/outcome';
import type { ActiveStore } from '../stores/active-store';
import { confirmWrite } from '../stores/confirm-write';
import { connectionFor } from '../stores/patience';
import type { Store } from '../stores/store';
import { count, oneLine } from '../text';
import type { ReportDocuments } from '../documents/report-documents';
import { summarize } from '../tree/customer-summary';
import { selectedNodes } from '../tree/nodes';
import type { CustomerSheets } from './customer-sheets';
import type { KeptCopies, KeptCopy } from './kept-copies';
import { RecordingClient } from './recording-client';
import { customers, described, lossesOf, removalReport, removalSummary, shortList, tally, type Doomed } from './removal-words';

/** What deleting and restoring needs. */
export interface RemovalServices {
  readonly active: ActiveStore;
  readonly sheets: CustomerSheets;
  readonly copies: KeptCopies;
  readonly reports: ReportDocuments;
  readonly history: ExchangeKeeper;
  readonly changed: (store: Store) => Promise<void>;
}

/** How a sheet names the customer it shows. */
const fromSheet = z.extend(sheetPlace, { label: z.optional(z.string()) });

/** Deleting customers, of which a copy is kept first, and getting them back. */
export function removalCommands({ active, sheets, copies, reports, history, changed }: RemovalServices): Readonly<Record<string, Handler>> {
  return {
    'customer.delete': async (argument, selection) => {
      // A selection over several stores is done store by store: each is confirmed by its own name.
      for (const [store, doomed] of doomedBy(argument, selection)) await deleteFrom(store, doomed);
    },
    'customer.restore': async () => {
      const all = await copies.all();
      if (all.length === 0) {
        void inform('No copies of deleted customers are kept here.');
        return;
      }
      const items = all.map((kept) => ({ ...described(kept.copy), kept }));
      const chosen = await vscode.window.showQuickPick(items, { title: 'Restore Deleted Customers', placeHolder: 'Which customers are to be restored?', canPickMany: true, matchOnDescription: true, matchOnDetail: true });
      if (chosen === undefined) return;
      for (const [store, wanted] of await byStore(chosen.map(({ kept }) => kept))) await restoreOn(store, wanted);
    },
  };

  function doomedBy(argument: unknown, selection: unknown): ReadonlyMap<Store, readonly Doomed[]> {
    const found = new Map<Store, Doomed[]>();
    const add = (store: Store, doomed: Doomed): void => {
      const known = found.get(store) ?? [];
      // The same customer may be selected below several rows.
      if (known.every(({ id }) => id !== doomed.id)) found.set(store, [...known, doomed]);
    };
    for (const node of selectedNodes(argument, selection)) {
      if (node.kind !== 'customer') continue;
      const { id, name, email } = summarize(node.row);
      add(node.store, { id, label: `${name === '' ? '(no name)' : name} (${[email, `#${id}`].filter((part) => part !== '').join(', ')})` });
    }
    if (found.size > 0) return found;
    const place = z.safeParse(fromSheet, argument);
    const store = place.success ? active.all.find(({ id }) => id === place.data.store) : undefined;
    const id = place.data?.customer;
    if (store !== undefined && id !== undefined) add(store, { id, label: place.data?.label ?? `#${id}` });
    return found;
  }

  async function deleteFrom(store: Store, doomed: readonly Doomed[]): Promise<void> {
    const { client } = await connectionFor(store);
    if (store.config !== undefined) guard(store.config, 'customer.delete', true);
    const one = doomed.length === 1 ? doomed[0] : undefined;
    const action = one === undefined ? `Delete ${customers(doomed.length)}` : 'Delete customer';
    if (!(await confirmWrite(store, { action, detail: `${shortList(doomed.map(({ label }) => oneLine(label)))}. A copy without passwords is kept on this machine first, and Restore Deleted Customers brings it back.` }))) return;
    const { removeCustomers } = await import('../../store/customer-removal');
    const shelf = {
      keep: async (parts: Parameters<Parameters<typeof removeCustomers>[2]['keep']>[0]) => await copies.keep({ version: 1, at: new Date().toISOString(), store: store.config?.name ?? store.name, storeId: store.id, ...parts }),
      forget: async (kept: KeptCopy) => { await copies.forget(kept); },
    };
    // Of many, each would push something else out of the history.
    const caller = one === undefined ? client : new RecordingClient(store, client, { history });
    const title = one === undefined ? `Deleting ${customers(doomed.length)}` : `Deleting ${oneLine(one.label)}`;
    const removals = await cancellable(title, store, async (signal, progress) => await removeCustomers(caller, doomed.map(({ id }) => id), shelf, {
      signal,
      confirmed: true,
      onNext: (index) => {
        if (one === undefined) progress.report({ message: `${count(index + 1)} of ${count(doomed.length)}: ${oneLine(doomed[index]?.label ?? '')}`, increment: index === 0 ? 0 : 100 / doomed.length });
      },
    }));
    const gone = doomed.filter((_, index) => ['deleted', 'gone'].includes(removals[index]?.kind ?? '')).map(({ id }) => id);
    await sheets.gone(store, gone);
    if (removals.some(({ kind }) => kind !== 'not-reached')) await changed(store);
    const { deleted } = tally(removals);
    if (deleted === doomed.length) return;
    const first = removals.find((removal) => removal.kind === 'failed' || removal.kind === 'unclear');
    const error = first === undefined || !('error' in first) ? undefined : first.error;
    if (one !== undefined && error !== undefined) throw error;
    const show = 'Show Results';
    const message = [removalSummary(removals), error?.message].filter((part) => part !== undefined).join(' ');
    const chosen = await (error === undefined ? inform(message, show) : complain(message, show));
    if (chosen === show) await reports.show(`Deleted customers of ${store.name}`, removalReport(store.name, doomed, removals));
  }

  /** Where copies go: the store they came from. Asks for another where that is not listed any more. */
  async function byStore(kept: readonly KeptCopy[]): Promise<ReadonlyMap<Store, readonly KeptCopy[]>> {
    const instead = new Map<string, Store | undefined>();
    const found = new Map<Store, KeptCopy[]>();
    for (const one of kept) {
      const { storeId, store: name } = one.copy;
      const [called, ...others] = active.allNamed(name);
      let store = active.all.find(({ id }) => id === storeId) ?? (others.length === 0 ? called : undefined);
      if (store === undefined) {
        if (!instead.has(name)) instead.set(name, await active.choose(`${oneLine(name)} is not listed any more. Which store is the customer to be restored on?`));
        store = instead.get(name);
      }
      if (store !== undefined) found.set(store, [...(found.get(store) ?? []), one]);
    }
    return found;
  }

  async function restoreOn(store: Store, wanted: readonly KeptCopy[]): Promise<void> {
    const labelOf = ({ copy }: KeptCopy): string => described(copy).label;
    const [first] = wanted;
    if (first === undefined) return;
    const what = wanted.length === 1 ? labelOf(first) : customers(wanted.length);
    if (!(await confirmWrite(store, { action: `Restore ${what}`, detail: lossesOf(wanted.map(({ copy }) => copy)) }))) return;
    const { restoreCustomer } = await import('../../store/customer-restore');
    const { client } = await connectionFor(store);
    const back: { readonly kept: KeptCopy; readonly restored: Restored }[] = [];
    let failed: { readonly label: string; readonly error: ToolkitError } | undefined;
    await cancellable(`Restoring ${what}`, store, async (signal, progress) => {
      for (const [index, kept] of wanted.entries()) {
        if (signal.aborted || failed !== undefined) break;
        if (wanted.length > 1) progress.report({ message: `${count(index + 1)} of ${count(wanted.length)}: ${labelOf(kept)}`, increment: index === 0 ? 0 : 100 / wanted.length });
        try {
          const restored = await restoreCustomer(client, kept.copy, { signal, confirmed: true, onCreated: async (restoredAs) => { await copies.note(kept, { restoredAs }); } });
          back.push({ kept, restored });
          if (restored.error !== undefined) failed = { label: labelOf(kept), error: unfinished(restored, kept) };
          else if (restored.refused.length === 0) await copies.forget(kept);
        } catch (error) {
          if (!signal.aborted) failed = { label: labelOf(kept), error: toToolkitError(error) };
        }
      }
    });
    if (back.length > 0) await changed(store);
    if (back.length === 1 && back[0] !== undefined) await sheets.open(store, back[0].restored.customerId);
    if (failed !== undefined) throw wanted.length === 1 ? failed.error : new ToolkitError('input', { code: 'restore-stopped', what: `${count(back.length)} of ${customers(wanted.length)} are back. ${failed.label}: ${failed.error.message}`, next: 'The copies of the others are kept: restore them again.' });
    tellWhatDiffers(back.map(({ kept, restored }) => ({ label: labelOf(kept), restored })), wanted.length);
  }
}

/** Success is quiet; what is not as it was is said. */
function tellWhatDiffers(back: readonly { readonly label: string; readonly restored: Restored }[], wanted: number): void {
  const lines = back.flatMap(({ label, restored: { sameId, customerId, differences, refused } }) => {
    const parts = [
      sameId ? undefined : `has the new number ${customerId}`,
      refused.length > 0 ? `is without ${refused.length === 1 ? 'an address' : `${refused.length} addresses`} that the store refused (${refused[0]?.words.said ?? ''}), so the copy is kept` : undefined,
      differences.length > 0 ? `is not as before in ${differences.map(({ code }) => code).join(', ')}` : undefined,
    ].filter((part) => part !== undefined);
    return parts.length === 0 ? [] : [`${label} ${parts.join(', ')}.`];
  });
  const stopped = back.length < wanted ? `Stopped: ${count(back.length)} of ${customers(wanted)} are back.` : undefined;
  const shown = lines.slice(0, 3);
  const more = lines.length > shown.length ? `The same holds for ${count(lines.length - shown.length)} more.` : undefined;
  const text = [stopped, ...shown, more].filter((part) => part !== undefined).join(' ');
  if (text !== '') void inform(text);
}

/** The customer is there, but its addresses are not, or not all of them. */
function unfinished({ addresses, error }: Restored, { copy }: KeptCopy): ToolkitError {
  return new ToolkitError(error?.kind ?? 'transport', {
    code: error?.code ?? 'cut-off',
    what: `The customer is back, but only ${count(addresses)} of ${count(copy.addresses.length)} addresses are.`,
    said: error?.words.said,
    why: error?.words.what,
    next: 'Restore the customer again: that goes on with the addresses that are missing.',
  });
}

/** Runs something with a notification that can be cancelled. Disconnecting the store cancels it as well. */
async function cancellable<T>(title: string, store: Store, task: (signal: AbortSignal, progress: Progress) => Promise<T>): Promise<T> {
  return await withProgress(title, async (progress, token) => {
    const stop = new AbortController();
    const subscription = token.onCancellationRequested(() => {
      stop.abort();
      progress.report({ message: 'stopping after what is under way' });
    });
    try {
      return await task(AbortSignal.any([stop.signal, store.signal]), progress);
    } finally {
      subscription.dispose();
    }
  });
}
