import { plural, translated, t } from '../../l10n/texts';
import { customerEntity, customerEntityToCreate } from '../../api/entities';
import { dateAndTime } from '../../pages/formats';
import type { CustomerCopy } from '../../store/customers/customer-copy';
import type { Removal } from '../../store/customers/customer-removal';
import { count, markdownText, withoutIcons } from '../text';
import { summarize } from '../customer/customer-summary';

/** A customer that is to be deleted, with a label for people. */
export interface CustomerToDelete {
  readonly id: string;
  readonly label: string;
}

/** The number of removals of each kind. */
export function removalCounts(removals: readonly Removal[]): Readonly<Record<Removal['kind'], number>> {
  const counts = { deleted: 0, gone: 0, failed: 0, unclear: 0, 'not-reached': 0 };
  for (const { kind } of removals) counts[kind]++;
  return counts;
}

/** The result of a deletion in one line: `2 of 5 customers were deleted, 1 was already gone, 2 were not reached.` */
export function removalSummary(removals: readonly Removal[]): string {
  const { deleted, gone, failed, unclear, 'not-reached': left } = removalCounts(removals);
  const parts = [
    plural(deleted, '{count} of {customers} was deleted', '{count} of {customers} were deleted', { customers: customers(removals.length) }),
    gone > 0 ? plural(gone, '{count} was already gone', '{count} were already gone') : undefined,
    failed > 0 ? t('{count} could not be deleted', { count: count(failed) }) : undefined,
    unclear > 0
      ? plural(unclear, '{count} is in doubt, because the response was lost', '{count} are in doubt, because the response was lost')
      : undefined,
    left > 0 ? plural(left, '{count} was not reached', '{count} were not reached') : undefined,
  ];
  return `${parts.filter((part) => part !== undefined).join(', ')}.`;
}

/** The result for each customer, as a Markdown document. Text from the store is escaped. */
export function removalReport(store: string, doomed: readonly CustomerToDelete[], removals: readonly Removal[]): string {
  return [
    `# ${t('Deleting customers on {store}', { store: markdownText(store) })}`,
    '',
    removalSummary(removals),
    '',
    t('Copies of deleted customers are kept on this computer. Use Restore Deleted Customers to bring them back.'),
    '',
    `| ${t('Customer')} | ${t('Result')} |`,
    '| --- | --- |',
    ...doomed.map(({ label }, index) => `| ${markdownText(label)} | ${outcomeWords(removals[index] ?? { kind: 'not-reached' })} |`),
    '',
  ].join('\n');
}

function outcomeWords(removal: Removal): string {
  switch (removal.kind) {
    case 'deleted':
      return t('Deleted');
    case 'gone':
      return t('Was already gone');
    case 'failed':
      return `${t('Still there.')} ${markdownText(removal.error.message)}`;
    case 'unclear':
      return [
        t('In doubt: the delete was sent, but no response was received.'),
        removal.there === true ? t('A moment later the customer was still there.') : t('The store could not be checked.'),
        t('A copy is kept.'),
        markdownText(removal.error.message),
      ].join(' ');
    case 'not-reached':
      return t('Not reached, still there');
  }
}

/** A kept copy as an entry to choose. */
export function described({ customer, addresses, store, at, restoredAs }: CustomerCopy): {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
} {
  const { id, name, email } = summarize(customer);
  const parts = [
    t('Deleted {date} from {store}', { date: dateAndTime(Date.parse(at)), store }),
    plural(addresses.length, '{count} address', '{count} addresses'),
    ...(restoredAs === undefined ? [] : [t('restored without all of its addresses')]),
  ];
  return {
    label: withoutIcons(name === '' ? t('(no name)') : name),
    description: withoutIcons(`${email} #${id}`),
    detail: withoutIcons(parts.join(', ')),
  };
}

/**
 * The losses of a restore, shown before anything is done.
 * @param v1 whether the store answers over V1, the only dialect that can write the registration date
 */
export function lossesOf(copies: readonly CustomerCopy[], { v1 }: { readonly v1: boolean }): string {
  const [only] = copies.length === 1 ? copies : [];
  const addresses = copies.reduce((sum, copy) => sum + copy.addresses.length, 0);
  return [
    plural(addresses, 'Creates {customers} and {count} address again.', 'Creates {customers} and {count} addresses again.', {
      customers: shortList(copies.map(({ customer }) => summarize(customer).email)),
    }),
    only === undefined
      ? t('An ID is used again if it is still free. Otherwise the customer gets a new one.')
      : t('ID {id} is used again if it is still free. Otherwise the customer gets a new one.', { id: summarize(only.customer).id }),
    t('Passwords cannot be restored: customers must set a new one by e-mail. Addresses get new IDs.'),
    ...(v1 ? [] : [t('The registration date cannot be restored, because this store does not support V1.')]),
    ...unreadLosses(copies),
  ].join(' ');
}

/** The attributes that could be written but were never read, because the copy was made without V1. */
function unreadLosses(copies: readonly CustomerCopy[]): readonly string[] {
  const writable = new Set(customerEntityToCreate.fields.map(({ name }) => name));
  const lost = customerEntity.fields.filter(
    ({ name, v1Only, role }) =>
      v1Only === true && role !== 'secret' && writable.has(name) && copies.some(({ customer }) => !(name in customer)),
  );
  if (lost.length === 0) return [];
  const attributes = lost.map(({ title }) => translated(title)).join(', ');
  return [t('Not restored, because only V1 returns it and the copy was made without V1: {attributes}.', { attributes })];
}

/** The first ten of a list of names, and the number of the others. */
export function shortList(names: readonly string[]): string {
  const shown = names.slice(0, 10);
  return [...shown, ...(names.length > shown.length ? [t('and {count} more', { count: count(names.length - shown.length) })] : [])].join(
    ', ',
  );
}

/** A number of customers, such as `1 customer` or `1,200 customers`. */
export function customers(number: number): string {
  return plural(number, '{count} customer', '{count} customers');
}
