import { t } from '../../l10n/texts';
import { ToolkitError } from '../../api/errors';
import type { RestRequestParts, RestVerb } from '../../api/rest-request';
import { requireWebAddress } from '../endpoint';

/** A request over REST v2 that code is wanted for. */
export interface RestCodeCall extends RestRequestParts {
  /** Address of the store's API, SOAP's as well as that of REST; or of its front page. */
  readonly url: string;
  /** API user. */
  readonly user: string;
  /** What it is for: one line that holds nothing of the caller's. */
  readonly title: string;
  readonly http: RestVerb;
}

/** A request in the form that programs need. */
export interface ResolvedRestCall extends Omit<RestCodeCall, 'url' | 'path' | 'query'> {
  /** Up to `/api/rest/v2`. */
  readonly api: string;
  /** Path and query. */
  readonly target: string;
}

/** Customers, groups and whatever else REST lists come in pages of this size at most (rows), whatever is asked for. */
export const PAGE_ROWS = 30;

/**
 * Puts a request into the form that programs need.
 * @throws {ToolkitError} of kind `input` for an address that is not one, and for a path with gaps or dots that lead elsewhere
 */
export function resolveRestCall({ url, path, query, ...call }: RestCodeCall): ResolvedRestCall {
  if (!/^(?:\/[\w%~!@$&'()*+,;=:-]+(?:\.[\w%~-]+)*)+$/.test(path) || /\/(?:\.|%2e){1,2}(?:\/|$)/i.test(path)) {
    throw new ToolkitError('input', {
      code: 'rest-path',
      what: t('There is no program for {path}: an ID in it is missing or cannot be one.', { path: path.slice(0, 100) }),
      next: t('Give the ID as a number.'),
    });
  }
  for (const [, value] of query) requireWellFormed(value);
  const asked = new URLSearchParams(query.map(([name, value]): [string, string] => [name, value])).toString();
  return { ...call, api: restAddress(url), target: asked === '' ? path : `${path}?${asked}` };
}

/** Where REST v2 of a store is, from whatever address of the store or its API is known. */
function restAddress(url: string): string {
  requireWebAddress(url);
  const bare = url.replace(/[?#].*$/s, '');
  const shop = bare.replace(/\/api(?:\.php)?(?:\/(?:v2_soap|soap|rest|xmlrpc|jsonrpc)(?:\/.*)?)?\/?$/is, '').replace(/\/+$/, '');
  return `${shop}/api/rest/v2`;
}

/** @throws {ToolkitError} of kind `input` for text with half a surrogate pair, which UTF-8 cannot hold */
export function requireWellFormed(text: string): void {
  if (!/[\ud800-\udfff]/u.test(text)) return;
  throw new ToolkitError('input', {
    code: 'forbidden-character',
    what: t('A value holds half a surrogate pair, which UTF-8 cannot hold.'),
    next: t('Remove the character.'),
  });
}

/** What a program for a method says of itself. Programs stay English in every language: they end up in somebody's code. */
export function restTitle(method: string): string {
  return `${method} over REST v2`;
}

/** What a program for a request to REST says of itself. */
export const restRequestTitle = 'A request to REST v2.';
