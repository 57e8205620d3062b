import { FaultError, ToolkitError, toToolkitError } from '../../api/errors';
import { t } from '../../l10n/texts';
import { copyCustomer, type CustomerCopy } from './customer-copy';
import type { Caller } from './customer-save';
import { note, noteOf } from '../wire/note';
import { writingSignal, checkingSignal } from '../calls/grace';

/** The place for copies of customers that are about to be deleted. */
export interface KeptCopyStorage<Kept> {
  /** Keeps a copy. The customer is deleted only if this succeeds. */
  readonly keep: (copy: Pick<CustomerCopy, 'customer' | 'addresses'>) => Promise<Kept>;
  /** Removes the copy of a customer that still exists. The copy would only mislead. */
  readonly forget: (kept: Kept) => Promise<void>;
}

/** The outcome for one customer. */
export type Removal =
  /** The customer was deleted, and a copy is kept. */
  | { readonly kind: 'deleted' }
  /** The customer did not exist any more. */
  | { readonly kind: 'gone' }
  /** The customer still exists. */
  | { readonly kind: 'failed'; readonly error: ToolkitError }
  /**
   * The delete was sent, and no answer came. A copy is kept even if the customer was still there, since a slow store may still delete it.
   */
  | {
      readonly kind: 'unclear';
      readonly error: ToolkitError;
      /** Whether it was still there; `undefined` when the store could not be asked. */ readonly there: true | undefined;
    }
  /** Not tried: it was cancelled, or an earlier error would have occurred for this customer too. */
  | { readonly kind: 'not-reached' };

/** How customers are deleted. */
export interface RemovalOptions {
  /** Stops before the next customer. The delete that is under way gets a short time to end. */
  readonly signal?: AbortSignal | undefined;
  /** The user confirmed these writes to a production store. */
  readonly confirmed?: boolean | undefined;
  /** Called before each customer. */
  readonly onNext?: ((index: number) => void) | undefined;
}

/**
 * Deletes customers one after the other, each after a copy of it is kept. Errors of the store are in the result, and
 * so is a copy that could not be kept: without a copy the customer is not deleted, but earlier deletions must be reported.
 * @returns the outcome for each customer, in their order
 */
export async function removeCustomers<Kept>(
  client: Caller,
  customerIds: readonly string[],
  copies: KeptCopyStorage<Kept>,
  options: RemovalOptions = {},
): Promise<readonly Removal[]> {
  const removals: Removal[] = [];
  const grace = writingSignal(options.signal);
  try {
    for (const [index, customerId] of customerIds.entries()) {
      if (options.signal?.aborted === true) break;
      options.onNext?.(index);
      const removal = await removeCustomer(client, customerId, copies, options, grace.signal);
      if (removal !== undefined) removals.push(removal);
      if (removal === undefined || concernsAll(removal)) break;
    }
  } finally {
    grace.end();
  }
  return customerIds.map((_, index) => removals[index] ?? { kind: 'not-reached' });
}

/** @returns `undefined` when it was cancelled before anything was sent */
async function removeCustomer<Kept>(
  client: Caller,
  customerId: string,
  copies: KeptCopyStorage<Kept>,
  { signal, confirmed }: RemovalOptions,
  writing: AbortSignal,
): Promise<Removal | undefined> {
  let copy: Pick<CustomerCopy, 'customer' | 'addresses'>;
  try {
    copy = await copyCustomer(client, customerId, signal);
  } catch (error) {
    if (signal?.aborted === true) return undefined;
    return error instanceof FaultError && error.code === '102' ? { kind: 'gone' } : { kind: 'failed', error: toToolkitError(error) };
  }
  let kept: Kept;
  try {
    kept = await copies.keep(copy);
  } catch (error) {
    return { kind: 'failed', error: notKept(error) };
  }
  try {
    await client.call('customer.delete', { customerId }, { confirmed, signal: writing });
    return { kind: 'deleted' };
  } catch (thrown) {
    const error = toToolkitError(thrown);
    if (error.code === '102') return { kind: 'deleted' };
    if (noteOf(error).execution === 'unknown') {
      const there = await isThere(client, customerId, checkingSignal(signal));
      return there === false ? { kind: 'deleted' } : { kind: 'unclear', error, there };
    }
    return { kind: 'failed', error: await forgotten(copies, kept, error) };
  }
}

function notKept(error: unknown): ToolkitError {
  const why = error instanceof Error ? error.message : undefined;
  return new ToolkitError(
    'input',
    {
      code: 'copy-not-kept',
      what: t('No copy of the customer could be saved, so it was not deleted.'),
      why,
      next: t('Free space for the copies on this computer and delete it again.'),
    },
    { cause: error },
  );
}

/**
 * Removes the copy of a customer that still exists. The store's error stays the main one. If the copy cannot be removed, its reason is
 * added.
 */
async function forgotten<Kept>(copies: KeptCopyStorage<Kept>, kept: Kept, error: ToolkitError): Promise<ToolkitError> {
  try {
    await copies.forget(kept);
    return error;
  } catch (thrown) {
    const left = t('Its copy could not be deleted: {why}', { why: thrown instanceof Error ? thrown.message : String(thrown) });
    const words = { ...error.words, why: [error.words.why, left].filter((part) => part !== undefined).join(' ') };
    const both = error instanceof FaultError ? new FaultError(error.fault, words) : new ToolkitError(error.kind, words, { cause: error });
    return note(both, noteOf(error));
  }
}

/** Whether a customer is there; `undefined` when the store cannot be asked. */
async function isThere(client: Caller, customerId: string, signal: AbortSignal | undefined): Promise<boolean | undefined> {
  try {
    await client.call('customer.info', { customerId, attributes: ['email'] }, { signal });
    return true;
  } catch (error) {
    if (error instanceof FaultError && error.code === '102') return false;
    if (error instanceof ToolkitError) return undefined;
    throw error;
  }
}

/** Whether an error concerns the store or the user rather than one customer. */
function concernsAll(removal: Removal): boolean {
  if (removal.kind === 'unclear') return true;
  return removal.kind === 'failed' && (!(removal.error instanceof FaultError) || removal.error.code === '2');
}
