import type { Paging } from './answer';
import type { Json } from './php-json';

/**
 * The links of a page. The store computes them with the requested page size, not with its maximum of 30: a list requested by 100 looks as
 * if it ended on its first page (wire maho-26.7 rest/042, 047).
 */
export function pageView(path: string, query: URLSearchParams, { page, perPage }: Paging, total: number): Json {
  const last = Math.ceil(total / perPage);
  const parameters = [...query].filter(([name]) => name !== 'page').sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const address = (number: number | undefined): string => {
    const all = number === undefined ? parameters : [...parameters, ['page', String(number)] as const];
    const text = all.map(([name, value]) => `${encoded(name)}=${encoded(value)}`).join('&');
    return text === '' ? path : `${path}?${text}`;
  };
  if (last <= 1) return { '@id': address(undefined), '@type': 'PartialCollectionView' };
  return {
    '@id': address(page),
    '@type': 'PartialCollectionView',
    first: address(1),
    last: address(last),
    previous: page > 1 ? address(page - 1) : undefined,
    next: page < last ? address(page + 1) : undefined,
  };
}

/** Encodes a part of a query as PHP does. */
function encoded(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}
