import { t } from '../../l10n/texts';
import { confirmWrite } from '../stores/confirm-write';
import type { Store } from '../stores/store';
import { oneLine } from '../text';

/** The user's consent that a run may write to a production store. Asked for at its first write, once for each store. */
export class WriteConsent {
  readonly #answers = new Map<string, Promise<boolean>>();

  /**
   * Whether this run may write to a store. Asks once for each store. The question names the first request that writes.
   * @param methods the methods that the request calls, where they are known
   */
  async given(store: Store, request: string, methods: readonly string[]): Promise<boolean> {
    const known = this.#answers.get(store.id);
    if (known !== undefined) return await known;
    const answer = confirmWrite(store, {
      action: t('Run requests that write'),
      detail:
        methods.length === 0
          ? t('"{request}" may write. Confirms all writes in this run.', { request: oneLine(request) })
          : t('"{request}" calls {methods}. Confirms all writes in this run.', { request: oneLine(request), methods: methods.join(', ') }),
    });
    this.#answers.set(store.id, answer);
    return await answer;
  }
}
