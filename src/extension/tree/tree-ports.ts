import { t } from '../../l10n/texts';
import { ToolkitError } from '../../api/errors';
import type { SoapRecord } from '../../api/value';
import type { SavedFilter } from '../customer/saved-filter';
import type { LongTask } from '../customer/row-list';
import type { Order } from '../customer/row-walk';
import type { Store } from '../stores/store';
import type { KnownMethods } from '../stores/store-methods';

/** The parts of the editor that rows need. */
export interface TreePorts {
  readonly order: () => Order;
  /** The saved filters of a store, in their order. */
  readonly filters: (store: Store) => readonly SavedFilter[];
  /** Whether another store has the same name. */
  readonly ambiguous: (store: Store) => boolean;
  /** The pinned customers of a store, and those that were used recently. */
  readonly pinned: (store: Store) => readonly SoapRecord[];
  readonly recent: (store: Store) => readonly SoapRecord[];
  /** Runs a search through a store with progress and a way to stop it. */
  readonly search: (title: string) => LongTask;
  /** Runs a task that a store should complete quickly. If it takes long, shows a notification that offers to stop waiting. */
  readonly wait: (title: string) => LongTask;
  /** The methods of stores. */
  readonly methods: () => Promise<KnownMethods>;
}

/** The title of a notification while a store is being waited for. */
export function waitingFor(what: string, store: Store): string {
  return t('Reading {what} of {name}', { name: store.config?.name ?? store.name, what });
}

/** Turns the error of a wait that was stopped into one that says so. */
export async function stoppable<T>(stop: AbortSignal, task: () => Promise<T>): Promise<T> {
  try {
    return await task();
  } catch (error) {
    if (!stop.aborted) throw error;
    throw new ToolkitError('input', { code: 'stopped', what: t('Stopped waiting for the store.'), next: t('Retry to read again.') });
  }
}
