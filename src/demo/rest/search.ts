import { at, addressSchema, indexOf, type Row } from '../data/attributes';
import { same } from '../../api/collation';
import { like } from '../../api/like';
import type { Shop } from '../data/shop';
import type { Paging } from './answer';

/** Shortest search that finds anything, in bytes, unless it is an e-mail address (wire maho-26.7 rest/051, 061). */
const SHORTEST_SEARCH_BYTES = 5;

/** Most members of a page, whatever was asked for. */
const MAX_PAGE_SIZE = 30;

const USUAL_PAGE_SIZE = 15;

/** Which page of a list is asked for. What is not a number counts as the least (wire maho-26.7 rest/044-049). */
export function pagingOf(query: URLSearchParams): Paging {
  const wanted = query.get('itemsPerPage') ?? query.get('pageSize');
  return {
    page: Math.max(1, leading(query.get('page') ?? '1')),
    perPage: Math.max(1, wanted === null ? USUAL_PAGE_SIZE : leading(wanted)),
  };
}

function leading(text: string): number {
  return Number(/^\s*[+-]?\d{1,9}/.exec(text)?.[0] ?? 0);
}

/** Members of a page, and how many there are in all: none beyond the end, as the recorded store counts (wire maho-26.7 rest/038). */
export function pageOf(rows: readonly Row[], { page, perPage }: Paging): { readonly rows: readonly Row[]; readonly total: number } {
  const size = Math.min(perPage, MAX_PAGE_SIZE);
  const members = rows.slice((page - 1) * size, page * size);
  return { rows: members, total: members.length === 0 ? 0 : rows.length };
}

/** The customers that pass the three filters there are, newest first. Every other parameter is ignored (wire maho-26.7 rest/073-079). */
export function foundCustomers(shop: Shop, query: URLSearchParams): readonly Row[] {
  const tests = [emailTest(query.get('email')), phoneTest(shop, query.get('telephone')), searchTest(shop, query.get('search'))];
  const rows: Row[] = [];
  for (const row of shop.customers.all()) if (tests.every((test) => test(row))) rows.push(row);
  return rows.reverse();
}

type Test = (row: Row) => boolean;

const everyone: Test = () => true;
const nobody: Test = () => false;

/** The whole address, without case, over all websites. */
function emailTest(email: string | null): Test {
  return email === null || email === '' ? everyone : ({ values }) => same(values[at.email] ?? '', email);
}

function phoneTest(shop: Shop, phone: string | null): Test {
  if (phone === null || phone === '') return everyone;
  const begins = like(`${phone}%`);
  return (row) => begins(phoneOf(shop, row));
}

/** An e-mail address is looked for as a whole; digits are a phone number without its punctuation; other text is what names begin with. */
function searchTest(shop: Shop, search: string | null): Test {
  if (search === null || search === '') return everyone;
  if (search.includes('@')) return emailTest(search);
  if (Buffer.byteLength(search) < SHORTEST_SEARCH_BYTES) return nobody;
  if (/^[\d\s()+./-]+$/.test(search)) return phoneTest(shop, search.replace(/\D/g, ''));
  const begins = like(`${search}%`);
  return (row) => [at.email, at.firstname, at.lastname].some((place) => begins(row.values[place] ?? '')) || begins(phoneOf(shop, row));
}

const telephone = indexOf(addressSchema, 'telephone');

/** Phone number of the default billing address. */
function phoneOf(shop: Shop, { values }: Row): string {
  const id = Number(values[at.billing] ?? 0);
  return (id > 0 ? shop.addresses.get(id)?.values[telephone] : undefined) ?? '';
}
