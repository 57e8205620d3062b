import { t } from '../../l10n/texts';
import { withProgress } from '../messages';
import { waitWithNotice } from '../stores/wait-with-notice';
import { count, oneLine } from '../text';
import type { LongTask } from '../customer/row-list';

/**
 * Runs a search through a store with a notification that shows counts and can be cancelled. The customers that were found until then stay.
 */
export function searching(title: string): LongTask {
  return async (task) => {
    await withProgress(oneLine(title), async (progress, token) => {
      const stop = new AbortController();
      const subscription = token.onCancellationRequested(() => {
        stop.abort();
      });
      try {
        await task(({ checked, found }) => {
          progress.report({ message: t('{looked} customers searched, {found} found', { looked: count(checked), found: count(found) }) });
        }, stop.signal);
      } finally {
        subscription.dispose();
      }
    });
  };
}

/** Runs a task that a store should complete quickly. Shows a notification only if it takes long. */
export function waiting(title: string): LongTask {
  return async (task) => {
    await waitWithNotice(title, async (stop) => {
      await task(() => undefined, stop);
    });
  };
}
