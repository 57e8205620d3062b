import { t } from '../../l10n/texts';
import { withProgress } from '../messages';
import type { Connection, Store } from './store';

/** Time that a store may take before a notification says that it is being waited for, in ms. */
const SILENT_WAIT_MS = 4000;

/**
 * Waits for a store. Shows nothing at first. If it takes long, a notification counts the seconds and offers to stop waiting.
 * @param title says what is waited for
 * @param task gets a signal that is aborted when waiting is stopped
 */
export async function waitWithNotice<T>(title: string, task: (stop: AbortSignal) => Promise<T>): Promise<T> {
  const stop = new AbortController();
  const begun = Date.now();
  const work = task(stop.signal);
  if (await takesLongerThan(work, SILENT_WAIT_MS)) await showWaiting(title, begun, work, stop);
  return await work;
}

/**
 * Whether work takes longer than a time. Resolves as soon as the work or the time is over.
 * @throws the error of the work, if it fails within that time
 */
export async function takesLongerThan(work: Promise<unknown>, milliseconds: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<true>((resolve) => {
    timer = setTimeout(() => {
      resolve(true);
    }, milliseconds);
  });
  try {
    return await Promise.race([work.then(() => false), late]);
  } finally {
    clearTimeout(timer);
  }
}

async function showWaiting(title: string, begun: number, work: Promise<unknown>, stop: AbortController): Promise<void> {
  await withProgress(title, async (progress, token) => {
    const tick = (): void => {
      progress.report({ message: t('no response for {seconds} s', { seconds: Math.round((Date.now() - begun) / 1000) }) });
    };
    tick();
    const clock = setInterval(tick, 1000);
    const subscription = token.onCancellationRequested(() => {
      stop.abort();
    });
    try {
      await work;
    } finally {
      clearInterval(clock);
      subscription.dispose();
    }
  });
}

/**
 * The connection of a store for an action of the user. Asks for a missing key, and tries a failed connection again. Stopping the wait
 * disconnects the store.
 * @throws {ToolkitError} the reason why there is no connection
 */
export async function connectionFor(store: Store): Promise<Connection> {
  return await waitWithNotice(connectingTitle(store), async (stop) => {
    stop.addEventListener('abort', () => {
      void store.disconnect();
    });
    return await store.wanted();
  });
}

/** The title of the notification while a store is being connected. */
export function connectingTitle(store: Store): string {
  return t('Connecting to {name}', { name: store.config?.name ?? store.name });
}
