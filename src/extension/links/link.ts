import { t } from '../../l10n/texts';
import { ToolkitError } from '../../api/errors';

/** The target of a link. Stores and filters are identified by their names, because links are also used on other machines. */
export type LinkTarget =
  | { readonly kind: 'store'; readonly store: string }
  | { readonly kind: 'customer'; readonly store: string; readonly id: string }
  | { readonly kind: 'filter'; readonly store: string; readonly name: string }
  /** `file` is relative to a folder of the workspace, with slashes. */
  | { readonly kind: 'request'; readonly file: string };

/** Longest name of a store, a filter or a file in a link, in UTF-16 units. */
const MAX_NAME_CHARS = 500;
/** Largest number of digits in the ID of a customer. */
const MAX_ID_DIGITS = 18;

/**
 * The target of a link to this extension, `/customer?store=Shop&id=2` and so on. A link may come from anywhere, so one with anything else
 * in it is refused. A link can only say what to show.
 * @param path of the URI, with its slash
 * @param query of the URI, without its question mark. VS Code has already decoded its escapes
 * @throws {ToolkitError} of kind `input`, `link-broken`
 */
export function parseLink(path: string, query: string): LinkTarget {
  const given = new Map<string, string>();
  for (const [key, value] of new URLSearchParams(query)) {
    if (given.has(key)) throw broken(t('It contains "{key}" twice.', { key: short(key) }));
    given.set(key, value);
  }
  const take = (key: string): string => {
    const value = given.get(key) ?? '';
    given.delete(key);
    if (value === '' || value.length > MAX_NAME_CHARS || hasControls(value))
      throw broken(t('Its "{key}" is missing or not a valid name.', { key }));
    return value;
  };
  const target = targetOf(path, take);
  const [more] = given.keys();
  if (more !== undefined) throw broken(t('"{key}" is not a known part of such a link.', { key: short(more) }));
  return target;
}

function targetOf(path: string, take: (key: string) => string): LinkTarget {
  switch (path) {
    case '/store':
      return { kind: 'store', store: take('store') };
    case '/customer': {
      const [store, id] = [take('store'), take('id')];
      if (!/^\d+$/.test(id) || id.length > MAX_ID_DIGITS) throw broken(t('Its "id" is not a customer ID.'));
      return { kind: 'customer', store, id };
    }
    case '/filter':
      return { kind: 'filter', store: take('store'), name: take('name') };
    case '/request': {
      const file = take('file');
      const parts = file.split('/');
      const inside = parts.every((part) => part !== '' && part !== '.' && part !== '..') && !/[\\:]/.test(file);
      if (!inside || !file.endsWith('.maho.json')) throw broken(t('Its "file" is not a request file of the workspace.'));
      return { kind: 'request', file };
    }
    default:
      throw broken(t('Links open a store, a customer, a filter or a request file.'));
  }
}

/**
 * The link to a target.
 * @param scheme of the editor, such as `vscode`
 * @param extension its ID
 */
export function linkTo(target: LinkTarget, scheme: string, extension: string): string {
  const { kind, ...parts } = target;
  const query = Object.entries(parts).map(([key, value]) => `${key}=${encoded(value)}`);
  return `${scheme}://${extension}/${kind}?${query.join('&')}`;
}

/**
 * Escapes a value. VS Code decodes the escapes of a query before it passes the query on, so a value that would then be misread is escaped
 * twice.
 */
function encoded(value: string): string {
  const once = encodeURIComponent(value);
  return /[&=+%#]/.test(value) ? encodeURIComponent(once) : once;
}

/**
 * The page of a customer in the shop's admin, or the admin's first page. Shops with secret keys in the addresses of their admin show the
 * first page in both cases.
 * @param adminUrl address of the admin, from the settings
 * @throws {ToolkitError} of kind `input`, `admin-url`, for anything but a web address without a password
 */
export function adminPage(adminUrl: string, customer?: string): string {
  const url = URL.canParse(adminUrl.trim()) ? new URL(adminUrl.trim()) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '')
    throw new ToolkitError('input', {
      code: 'admin-url',
      what: t('The URL of the shop admin cannot be opened.'),
      why: t('"adminUrl" of the store does not begin with https:// or http://, or it contains a user name or password.'),
      next: t('Edit the store in the settings.'),
    });
  if (customer === undefined || !/^\d+$/.test(customer)) return url.href;
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/customer/edit/id/${customer}/`;
  url.search = url.hash = '';
  return url.href;
}

function broken(why: string): ToolkitError {
  return new ToolkitError('input', { code: 'link-broken', what: t('This link cannot be opened.'), why, next: t('Copy the link again.') });
}

function short(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '?').slice(0, 30);
}

/** Whether a text contains invisible characters, or characters that change the direction of text. */
function hasControls(text: string): boolean {
  return /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(text);
}
