import { t } from '../../l10n/texts';
import { withProgress } from '../messages';
import { patiently } from '../stores/patience';
import { count, oneLine } from '../text';
import type { LongTask } from '../customer/row-list';

/** Runs a search through a store with a notification that counts, and a button that stops it: what was found until then stays. */
export function searching(title: string): LongTask {
  return async (task) => {
    await withProgress(oneLine(title), async (progress, token) => {
      const stop = new AbortController();
      const subscription = token.onCancellationRequested(() => {
        stop.abort();
      });
      try {
        await task(({ looked, found }) => {
          progress.report({ message: t('{looked} customers searched, {found} found', { looked: count(looked), found: count(found) }) });
        }, stop.signal);
      } finally {
        subscription.dispose();
      }
    });
  };
}

/** Runs what a store should be quick with: seen only when it is not. */
export function waiting(title: string): LongTask {
  return async (task) => {
    await patiently(title, async (stop) => {
      await task(() => undefined, stop);
    });
  };
}
