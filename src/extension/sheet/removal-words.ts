import { customerEntity, customerEntityToCreate } from '../../api/entities';
import { dateAndTime } from '../../pages/formats';
import type { CustomerCopy } from '../../store/customers/customer-copy';
import type { Removal } from '../../store/customers/customer-removal';
import { count, markdownText, withoutIcons } from '../text';
import { summarize } from '../customer/customer-summary';

/** A customer that is to be deleted, as people know it. */
export interface Doomed {
  readonly id: string;
  readonly label: string;
}

/** How many of each kind there are. */
export function tally(removals: readonly Removal[]): Readonly<Record<Removal['kind'], number>> {
  const counts = { deleted: 0, gone: 0, failed: 0, unclear: 0, 'not-reached': 0 };
  for (const { kind } of removals) counts[kind]++;
  return counts;
}

/** What deleting came to, in one line: `2 of 5 customers were deleted, 1 was gone already, 2 were not reached.` */
export function removalSummary(removals: readonly Removal[]): string {
  const { deleted, gone, failed, unclear, 'not-reached': left } = tally(removals);
  const parts = [
    `${count(deleted)} of ${customers(removals.length)} ${deleted === 1 ? 'was' : 'were'} deleted`,
    gone > 0 ? `${count(gone)} ${gone === 1 ? 'was' : 'were'} gone already` : undefined,
    failed > 0 ? `${count(failed)} could not be deleted` : undefined,
    unclear > 0 ? `${count(unclear)} ${unclear === 1 ? 'is' : 'are'} in doubt, because the answer was lost` : undefined,
    left > 0 ? `${count(left)} ${left === 1 ? 'was' : 'were'} not reached` : undefined,
  ];
  return `${parts.filter((part) => part !== undefined).join(', ')}.`;
}

/** What became of each customer, as a Markdown document. Everything from the store is text in it. */
export function removalReport(store: string, doomed: readonly Doomed[], removals: readonly Removal[]): string {
  return [
    `# Deleting customers on ${markdownText(store)}`,
    '',
    removalSummary(removals),
    '',
    'Copies of those that were deleted are kept on this machine: Restore Deleted Customers brings them back.',
    '',
    '| Customer | What became of it |',
    '| --- | --- |',
    ...doomed.map(({ label }, index) => `| ${markdownText(label)} | ${outcomeWords(removals[index] ?? { kind: 'not-reached' })} |`),
    '',
  ].join('\n');
}

function outcomeWords(removal: Removal): string {
  switch (removal.kind) {
    case 'deleted':
      return 'Deleted';
    case 'gone':
      return 'Was gone already';
    case 'failed':
      return `Still there. ${markdownText(removal.error.message)}`;
    case 'unclear':
      return `In doubt: the delete was sent, but no answer came. ${removal.there === true ? 'A moment later the customer was still there.' : 'The store could not be asked.'} A copy is kept. ${markdownText(removal.error.message)}`;
    case 'not-reached':
      return 'Not reached, still there';
  }
}

/** A kept copy as an entry to choose. */
export function described({ customer, addresses, store, at, restoredAs }: CustomerCopy): {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
} {
  const { id, name, email } = summarize(customer);
  const many = addresses.length === 1 ? '1 address' : `${count(addresses.length)} addresses`;
  const unfinished = restoredAs === undefined ? '' : ', restored without all of its addresses';
  return {
    label: withoutIcons(name === '' ? '(no name)' : name),
    description: withoutIcons(`${email} #${id}`),
    detail: withoutIcons(`Deleted ${dateAndTime(Date.parse(at))} from ${store}, ${many}${unfinished}`),
  };
}

/**
 * What cannot come back, said before anything is done.
 * @param v1 whether the store answers over V1, which alone takes the day of registration
 */
export function lossesOf(copies: readonly CustomerCopy[], { v1 }: { readonly v1: boolean }): string {
  const [only] = copies.length === 1 ? copies : [];
  const addresses = copies.reduce((sum, copy) => sum + copy.addresses.length, 0);
  const many = addresses === 1 ? 'one address' : `${count(addresses)} addresses`;
  return [
    only === undefined
      ? `${shortList(copies.map(({ customer }) => summarize(customer).email))} and ${many} are created anew.`
      : `${summarize(only.customer).email} and ${many} are created anew.`,
    only === undefined
      ? 'A number comes back if it is still free; otherwise the customer gets a new one.'
      : `The number ${summarize(only.customer).id} comes back if it is still free; otherwise the customer gets a new one.`,
    'Passwords cannot be restored: a new one is set by e-mail. Addresses get new numbers.',
    ...(v1 ? [] : ['The day of registration cannot be restored, because this store does not answer over V1.']),
    ...unreadLosses(copies),
  ].join(' ');
}

/** What could be written but was never read: a copy that was made without V1 lacks it. */
function unreadLosses(copies: readonly CustomerCopy[]): readonly string[] {
  const writable = new Set(customerEntityToCreate.fields.map(({ name }) => name));
  const lost = customerEntity.fields.filter(
    ({ name, v1Only, role }) =>
      v1Only === true && role !== 'secret' && writable.has(name) && copies.some(({ customer }) => !(name in customer)),
  );
  if (lost.length === 0) return [];
  const whose = copies.length === 1 ? 'The copy was' : 'Copies were';
  return [`${whose} made without V1, which alone returns it: ${lost.map(({ title }) => title).join(', ')} does not come back.`];
}

/** The first ten of some names, and how many more there are. */
export function shortList(names: readonly string[]): string {
  const shown = names.slice(0, 10);
  return [...shown, ...(names.length > shown.length ? [`and ${count(names.length - shown.length)} more`] : [])].join(', ');
}

/** A number of customers, such as `1 customer` or `1,200 customers`. */
export function customers(number: number): string {
  return `${count(number)} ${number === 1 ? 'customer' : 'customers'}`;
}
