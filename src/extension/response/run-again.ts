import { isWrite } from '../../store/calls/policy';
import { t } from '../../l10n/texts';
import type { Call, CallOutcome } from '../calls/outcome';
import { runCall, type RunCallOptions } from '../calls/run-call';
import { confirmWrite } from '../stores/confirm-write';
import type { Store } from '../stores/store';

/**
 * Sends a call again, with all rows kept. Asks for a confirmation if it writes.
 * @returns `undefined` when it was not confirmed
 */
export async function runAgain(
  call: Call,
  store: Store,
  options: Omit<RunCallOptions, 'confirmed' | 'keepRows'>,
): Promise<CallOutcome | undefined> {
  const write = isWrite(call.method);
  const question = {
    action: t('Run {method} again', { method: call.method }),
    detail: t('It writes to the store, and it was already executed once.'),
  };
  if (write && !(await confirmWrite(store, question))) return undefined;
  return await runCall(call, store, { ...options, confirmed: write, keepRows: true });
}
