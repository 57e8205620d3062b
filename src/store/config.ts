import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import * as z from 'zod/mini';
import { ToolkitError } from '../api/errors';
import { decodeText, EncodingError } from '../api/text-input';
import { dialects, type Dialect } from '../api/dialect';

/** What is said where a name means several stores: the wrong one would be the worst answer. */
export function ambiguousStore(name: string, why: string): ToolkitError {
  return new ToolkitError('input', { code: 'store-ambiguous', what: `The name "${name}" is not unique, so nothing was sent.`, why, next: 'Give each store a name of its own in the settings.' });
}

/** How long each part of an exchange may take, in milliseconds. */
const timeouts = z.object({
  /** Until connected: name lookup, TCP and TLS. */
  connect: z.int().check(z.positive()),
  /** From the request sent to the first byte of the answer. Stores build the whole answer first (facts §7). */
  firstByte: z.int().check(z.positive()),
  /** All of it. */
  total: z.int().check(z.positive()),
});

/** A store as the user's settings describe it. Nothing in it is secret: keys and passwords are asked for when needed. */
export const storeConfig = z.object({
  /** Shown everywhere, and typed to confirm writes on production. */
  name: z.string().check(z.trim(), z.minLength(1)),
  /** Shop root or API address; see {@link normalizeStoreUrl}. */
  url: z.string().check(z.trim(), z.minLength(1)),
  /** API user. */
  user: z.string(),
  /** The dialect to speak where the store has several; without it the WSDL decides. */
  dialect: z.optional(z.enum(dialects)),
  environment: z.optional(z.enum(['production', 'staging', 'development'])),
  /** Refuse every write. */
  readOnly: z.optional(z.boolean()),
  timeouts: z.optional(z.partial(timeouts)),
  /** Largest answer, in bytes after decompression. */
  maxBytes: z.optional(z.int().check(z.positive())),
  /** File with further certificate authorities, PEM. */
  caFile: z.optional(z.string()),
  /** User of the web server's Basic authentication. Not the API user. */
  webUser: z.optional(z.string()),
});

/** See {@link storeConfig}. */
export type StoreConfig = z.infer<typeof storeConfig>;

/** What each property of an entry has to be. */
const corrections: Readonly<Record<string, string>> = {
  name: 'Give the store a "name".',
  url: 'Give the address of the shop as "url".',
  user: 'Give the API user as "user".',
  environment: '"environment" is one of production, staging, development.',
  readOnly: '"readOnly" is true or false.',
  dialect: '"dialect" is v1, v2 or wsi.',
  timeouts: '"timeouts" holds whole milliseconds: connect, firstByte, total.',
  maxBytes: '"maxBytes" is a whole number of bytes.',
  caFile: '"caFile" is the path of a file.',
  webUser: '"webUser" is the name of a user.',
};

/** What is wrong with an entry of the settings that {@link storeConfig} refuses, in sentences. */
export function storeCorrections({ issues }: z.core.$ZodError): string {
  const wrong = new Set(issues.map(({ path }) => String(path[0] ?? '')));
  return [...wrong].map((property) => corrections[property] ?? 'An entry is an object with "name", "url" and "user".').join(' ');
}

/** See {@link storeConfig}. */
export type Timeouts = z.infer<typeof timeouts>;

/** In milliseconds. The first byte comes late because stores build the whole answer first (facts §7). */
export const defaultTimeouts: Timeouts = { connect: 10_000, firstByte: 120_000, total: 300_000 };

/** 50,000 customers are 75 MB in V1 (facts §7). */
export const defaultMaxBytes = 256 * 1024 * 1024;

const paths = { v1: 'api/soap/', v2: 'api/v2_soap/', wsi: 'api/v2_soap/' } as const satisfies Record<Dialect, string>;

/**
 * The addresses at which the API may stand, for any URL that a person may paste: a shop's front page, its admin, an API
 * address with or without `?wsdl`, with or without a scheme. The likeliest first; one only when the URL names it.
 *
 * @param dialect the one wanted; WS-I lives on V2's address (facts §1)
 * @throws {ToolkitError} of kind `input`, `url-invalid` or `url-secret`
 *
 * @example
 * normalizeStoreUrl('shop.example.com') // https://shop.example.com/api/v2_soap/, …/api/soap/, …/index.php/api/v2_soap/, …
 * normalizeStoreUrl('https://shop.example.com/index.php/api/soap?wsdl=1') // https://shop.example.com/index.php/api/soap/
 */
export function normalizeStoreUrl(text: string, dialect?: Dialect): readonly string[] {
  const url = parse(text);
  const api = /^(.*?)\/api(?:\/(soap|v2_soap)(\/index)?)?\/?$/i.exec(url.pathname);
  const kind = api?.[2]?.toLowerCase();
  if (api !== null && kind !== undefined) {
    const named = `${url.origin}${api[1] ?? ''}/api/${kind}${api[3] ?? ''}/`;
    const spoken = kind === 'soap' ? 'v1' : 'v2';
    return dialect === undefined || paths[dialect] === paths[spoken] ? [named] : [`${url.origin}${api[1] ?? ''}/${paths[dialect]}`];
  }
  const base = (api?.[1] ?? url.pathname.replace(/\/(?:admin|customer|checkout|catalog)\b.*$/i, '').replace(/\/index\.html?$/i, '')).replace(/\/+$/, '');
  const withoutScript = base.replace(/\/index\.php$/i, '');
  const bases = base === withoutScript ? [base, `${base}/index.php`] : [base, withoutScript];
  const wanted = dialect === undefined ? [paths.v2, paths.v1] : [paths[dialect]];
  return bases.flatMap((prefix) => wanted.map((path) => `${url.origin}${prefix}/${path}`));
}

function parse(text: string): URL {
  const trimmed = text.trim();
  const local = /^(localhost|127\.|\[::1\]|[\w-]+:\d+(\/|$))/i.test(trimmed);
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `${local ? 'http' : 'https'}://${trimmed}`;
  const url = URL.canParse(withScheme) ? new URL(withScheme) : undefined;
  if (url === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:') || url.hostname === '') {
    throw new ToolkitError('input', { code: 'url-invalid', what: `"${trimmed.slice(0, 200).replace(/\/\/[^/@]*@/, '//…@')}" is not the URL of a store.`, next: 'Write it as https://shop.example.com.' });
  }
  if (url.username !== '' || url.password !== '') {
    throw new ToolkitError('input', {
      code: 'url-secret',
      what: 'The URL of the store holds a user or a password.',
      why: 'URLs are kept in settings, which may be committed.',
      next: 'Remove it from the URL and set the web server’s user as webUser; its password is asked for.',
    });
  }
  return url;
}

/** Certificates are ASCII. What stands between them may be names in any encoding, as in bundles of old systems; nobody reads it. */
function pemText(bytes: Uint8Array, file: string): string {
  try {
    return decodeText(bytes, file);
  } catch (error) {
    if (error instanceof EncodingError) return new TextDecoder('latin1').decode(bytes);
    throw error;
  }
}

/**
 * Text of a store's CA file: certificates in PEM.
 * @throws {ToolkitError} of kind `input`, `ca-file`
 */
export async function certificates(file: string): Promise<string> {
  const refused = (what: string, why: string | undefined, cause?: unknown): ToolkitError => new ToolkitError('input', { code: 'ca-file', what, why, next: 'Correct caFile in the settings of this store.' }, { cause });
  let pem: string;
  try {
    pem = pemText(await readFile(file), file);
  } catch (error) {
    throw refused(`The CA file ${file} cannot be read.`, error instanceof Error ? error.message : undefined, error);
  }
  for (const [certificate] of pem.matchAll(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g)) {
    try {
      void new X509Certificate(certificate);
    } catch (error) {
      throw refused(`The CA file ${file} holds a damaged certificate.`, error instanceof Error ? error.message : undefined, error);
    }
  }
  if (!pem.includes('-----BEGIN CERTIFICATE-----')) throw refused(`The CA file ${file} holds no certificate.`, 'It must be PEM: text that begins with -----BEGIN CERTIFICATE-----.');
  return pem;
}
