import { t } from '../../l10n/texts';
import { ToolkitError } from '../../api/errors';
import type { RestRequestParts, RestVerb } from '../../api/rest-request';
import { requireWebAddress } from '../endpoint';

/** A request over REST v2 to generate code for. */
export interface RestCodeCall extends RestRequestParts {
  /** Address of the store: its front page, or any of its APIs. */
  readonly url: string;
  /** API user. */
  readonly user: string;
  /** The purpose, in one line without text of the caller. */
  readonly title: string;
  readonly http: RestVerb;
}

/** A request in the form that programs need. */
export interface ResolvedRestCall extends Omit<RestCodeCall, 'url' | 'path' | 'query'> {
  /** Address up to `/api/rest/v2`. */
  readonly api: string;
  /** Path and query. */
  readonly target: string;
}

/**
 * Converts a request to the form that programs need.
 * @throws {ToolkitError} of kind `input` for an invalid address, and for a path with gaps or with dots that lead elsewhere
 */
export function resolveRestCall({ url, path, query, ...call }: RestCodeCall): ResolvedRestCall {
  if (!/^(?:\/[\w%~!@$&'()*+,;=:-]+(?:\.[\w%~-]+)*)+$/.test(path) || /\/(?:\.|%2e){1,2}(?:\/|$)/i.test(path)) {
    throw new ToolkitError('input', {
      code: 'rest-path',
      what: t('There is no program for {path}: an ID in it is missing or not valid.', { path: path.slice(0, 100) }),
      next: t('Write the ID as a number.'),
    });
  }
  for (const [, value] of query) requireWellFormed(value);
  const asked = new URLSearchParams(query.map(([name, value]): [string, string] => [name, value])).toString();
  return { ...call, api: restAddress(url), target: asked === '' ? path : `${path}?${asked}` };
}

/** The address of REST v2, made from any address of the store or its APIs. */
function restAddress(url: string): string {
  requireWebAddress(url);
  const bare = url.replace(/[?#].*$/s, '');
  const shop = bare.replace(/\/api(?:\.php)?(?:\/(?:v2_soap|soap|rest|xmlrpc|jsonrpc)(?:\/.*)?)?\/?$/is, '').replace(/\/+$/, '');
  return `${shop}/api/rest/v2`;
}

/** @throws {ToolkitError} of kind `input` for text with half a surrogate pair, which UTF-8 cannot represent */
export function requireWellFormed(text: string): void {
  if (!/[\ud800-\udfff]/u.test(text)) return;
  throw new ToolkitError('input', {
    code: 'forbidden-character',
    what: t('A value contains half a surrogate pair, which UTF-8 cannot contain.'),
    next: t('Remove the character.'),
  });
}

/**
 * The title in a program for a method. Programs are in English in every language of the editor, because they become part of somebody's
 * code.
 */
export function restTitle(method: string): string {
  return `${method} over REST v2`;
}

/** The title in a program for a REST request. */
export const restRequestTitle = 'A request to REST v2.';
