import { t } from '../../l10n/texts';
import { withProgress, type Progress } from '../messages';
import type { Store } from '../stores/store';

/** Runs something with a notification that can be cancelled. Disconnecting the store cancels it as well. */
export async function cancellable<T>(
  title: string,
  store: Store,
  task: (signal: AbortSignal, progress: Progress) => Promise<T>,
): Promise<T> {
  return await withProgress(title, async (progress, token) => {
    const stop = new AbortController();
    const subscription = token.onCancellationRequested(() => {
      stop.abort();
      progress.report({ message: t('cancelling after the current step') });
    });
    try {
      return await task(AbortSignal.any([stop.signal, store.signal]), progress);
    } finally {
      subscription.dispose();
    }
  });
}
