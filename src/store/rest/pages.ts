import { ToolkitError } from '../../api/errors';
import { isList, isRecord, type SoapRecord } from '../../api/value';
import { t } from '../../l10n/texts';
import type { Ask } from '../calls/protocol';
import type { Match } from '../../api/rest-attributes';
import { MAX_REST_PAGE_ROWS } from '../../api/rest-api';
import type { RestPlace } from './places';
import { soapRecord } from './records';
import { get, type RestExchangeResult } from './requests';

/** One page of a list. */
export interface Page {
  /** Number of the page, counted from 1. */
  readonly number: number;
  /** Number of members that the request asked for. */
  readonly size: number;
  readonly rows: readonly SoapRecord[];
  /** Number of members of the whole list; 0 beyond its end (wire maho-26.7 rest/038). */
  readonly total: number;
  readonly result: RestExchangeResult;
}

/** The request for a list, apart from its page. */
export interface ListQuery {
  readonly path: '/customers' | '/customer-groups';
  readonly query?: Readonly<Record<string, string>> | undefined;
  readonly matches: readonly Match[];
}

/**
 * One page of a list. Only `application/ld+json` gives the number of members (wire maho-26.7 rest/037).
 * @param number counted from 1, or a function of the place
 * @param size members of a page, at most {@link MAX_REST_PAGE_ROWS}
 * @throws {ToolkitError} of kind `decode` when the answer is not a list; also the errors of the request
 */
export async function pageOf(
  ask: Ask<RestPlace>,
  query: ListQuery,
  number: number | ((place: RestPlace) => number),
  size = MAX_REST_PAGE_ROWS,
): Promise<Page> {
  const page = await read(ask, query, number, size);
  if (!isShort(page)) return page;
  // Customers that are deleted while the store answers can make a page short once.
  const again = await read(ask, query, page.number, size);
  if (!isShort(again)) return again;
  throw new ToolkitError('decode', {
    code: 'rest-page-size',
    what: t('The store returned {rows} of {total} in a page that should have {expected}.', {
      rows: again.rows.length,
      total: again.total,
      expected: size,
    }),
    why: t('Its pages are smaller than those of Maho 26.7, so the rest of the list would be missing.'),
    next: t('Show the exchange to see what it sent. A setting or an extension of the shop may limit pages. SOAP has no pages.'),
  });
}

/** Whether members are missing from a page that is not the last one. */
function isShort({ number, size, rows, total }: Page): boolean {
  return rows.length < Math.min(size, total - (number - 1) * size);
}

async function read(
  ask: Ask<RestPlace>,
  { path, query, matches }: ListQuery,
  number: number | ((place: RestPlace) => number),
  size: number,
): Promise<Page> {
  let asked = 1;
  const result = await get(
    ask,
    (place) => {
      asked = typeof number === 'number' ? number : number(place);
      return `${path}?${String(new URLSearchParams({ ...query, page: String(asked), itemsPerPage: String(size) }))}`;
    },
    { accept: 'application/ld+json' },
  );
  const { body } = result.content;
  const members = isRecord(body) ? body['member'] : undefined;
  const total = isRecord(body) ? body['totalItems'] : undefined;
  if (!isList(members) || typeof total !== 'number') {
    throw new ToolkitError('decode', {
      code: 'rest-value',
      what: t('The store did not return a list.'),
      next: t('Show the exchange to see what it sent.'),
    });
  }
  return { number: asked, size, rows: members.filter(isRecord).map((member) => soapRecord(member, matches)), total, result };
}

/** All members of a short list. */
export async function wholeList(
  ask: Ask<RestPlace>,
  query: ListQuery,
): Promise<{ readonly rows: SoapRecord[]; readonly result: RestExchangeResult }> {
  const first = await pageOf(ask, query, 1);
  const rows = [...first.rows];
  let { result } = first;
  for (let page = first; page.rows.length === MAX_REST_PAGE_ROWS && rows.length < page.total;) {
    page = await pageOf(ask, query, page.number + 1);
    rows.push(...page.rows);
    ({ result } = page);
  }
  return { rows, result };
}
