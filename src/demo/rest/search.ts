import { at, addressSchema, indexOf, type Row } from '../data/attributes';
import { sameInDatabase } from '../../api/collation';
import { likeMatcher } from '../../api/like';
import type { Shop } from '../data/shop';
import type { Paging } from './answer';

/** Minimum length of a search text with results, in bytes, unless it is an e-mail address (wire maho-26.7 rest/051, 061). */
const MIN_SEARCH_BYTES = 5;

/** Largest page, whatever was requested. */
const MAX_PAGE_ROWS = 30;

const USUAL_PAGE_ROWS = 15;

/** The requested paging. A text without a number is read as the minimum (wire maho-26.7 rest/044-049). */
export function pagingOf(query: URLSearchParams): Paging {
  const wanted = query.get('itemsPerPage') ?? query.get('pageSize');
  return {
    page: Math.max(1, leading(query.get('page') ?? '1')),
    perPage: Math.max(1, wanted === null ? USUAL_PAGE_ROWS : leading(wanted)),
  };
}

function leading(text: string): number {
  return Number(/^\s*[+-]?\d{1,9}/.exec(text)?.[0] ?? 0);
}

/** The customers that a request finds, newest first. */
export interface FoundCustomers {
  readonly total: number;
  /** @param from how many are skipped */
  slice(from: number, count: number): readonly Row[];
}

/** Members of a page, and the total number, which is 0 for a page beyond the end, as in the recorded store (wire maho-26.7 rest/038). */
export function pageOf(found: FoundCustomers, { page, perPage }: Paging): { readonly rows: readonly Row[]; readonly total: number } {
  const size = Math.min(perPage, MAX_PAGE_ROWS);
  const rows = found.slice((page - 1) * size, size);
  return { rows, total: rows.length === 0 ? 0 : found.total };
}

/** How many filters have their results cached. */
const MAX_REMEMBERED_FILTERS = 20;

/**
 * Finds customers. The result of a filter is cached until the data changes, so that the cost of a further page depends on its size only.
 */
export class CustomerSearch {
  readonly #found = new Map<string, readonly Row[]>();
  #version = '';

  constructor(private readonly shop: Shop) {}

  /** The customers that match the three supported filters. All other parameters are ignored (wire maho-26.7 rest/073-079). */
  find(query: URLSearchParams): FoundCustomers {
    const filters = ['email', 'telephone', 'search'].map((name) => query.get(name) ?? '');
    if (filters.every((filter) => filter === '')) {
      const { customers } = this.shop;
      return { total: customers.size, slice: (from, count) => customers.newest(from, count) };
    }
    const rows = this.#rows(filters);
    return { total: rows.length, slice: (from, count) => rows.slice(from, from + count) };
  }

  #rows(filters: readonly string[]): readonly Row[] {
    const { customers, addresses } = this.shop;
    const version = `${customers.version} ${addresses.version}`;
    if (version !== this.#version) this.#found.clear();
    this.#version = version;
    const key = JSON.stringify(filters);
    const known = this.#found.get(key);
    if (known !== undefined) return known;
    const [email = '', telephone = '', search = ''] = filters;
    const tests = [emailTest(email), phoneTest(this.shop, telephone), searchTest(this.shop, search)];
    const rows: Row[] = [];
    for (const row of customers.all()) if (tests.every((test) => test(row))) rows.push(row);
    rows.reverse();
    const [oldest] = this.#found.keys();
    if (oldest !== undefined && this.#found.size >= MAX_REMEMBERED_FILTERS) this.#found.delete(oldest);
    this.#found.set(key, rows);
    return rows;
  }
}

type Test = (row: Row) => boolean;

const everyone: Test = () => true;
const nobody: Test = () => false;

/** Compares the whole address, case-insensitive, in all websites. */
function emailTest(email: string): Test {
  return email === '' ? everyone : ({ values }) => sameInDatabase(values[at.email] ?? '', email);
}

function phoneTest(shop: Shop, phone: string): Test {
  if (phone === '') return everyone;
  const begins = likeMatcher(`${phone}%`);
  return (row) => begins(phoneOf(shop, row));
}

/** An e-mail address must match as a whole. Digits are a phone number without its punctuation. Other text is the beginning of a name. */
function searchTest(shop: Shop, search: string): Test {
  if (search === '') return everyone;
  if (search.includes('@')) return emailTest(search);
  if (Buffer.byteLength(search) < MIN_SEARCH_BYTES) return nobody;
  if (/^[\d\s()+./-]+$/.test(search)) return phoneTest(shop, search.replace(/\D/g, ''));
  const begins = likeMatcher(`${search}%`);
  return (row) => [at.email, at.firstname, at.lastname].some((place) => begins(row.values[place] ?? '')) || begins(phoneOf(shop, row));
}

const telephone = indexOf(addressSchema, 'telephone');

/** Phone number of the default billing address. */
function phoneOf(shop: Shop, { values }: Row): string {
  const id = Number(values[at.billing] ?? 0);
  return (id > 0 ? shop.addresses.get(id)?.values[telephone] : undefined) ?? '';
}
