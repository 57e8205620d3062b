import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import * as z from 'zod/mini';
import { ToolkitError } from '../../api/errors';
import { decodeText, EncodingError } from '../../api/text-input';
import { dialects, type SoapDialect } from '../../api/dialect';
import { later, translated, t } from '../../l10n/texts';

/** The error for a name that several stores have. Choosing the wrong one would be worse than an error. */
export function ambiguousStore(name: string, why: string): ToolkitError {
  return new ToolkitError('input', {
    code: 'store-ambiguous',
    what: t('The name "{name}" is not unique, so nothing was sent.', { name }),
    why,
    next: t('Give each store a unique name in the settings.'),
  });
}

/** Time limits for the parts of an exchange, in milliseconds. */
const timeouts = z.object({
  /** Until the connection is open: name lookup, TCP and TLS. */
  connect: z.int().check(z.positive()),
  /** From the end of the request to the first byte of the answer. Stores build the whole answer first (facts §7). */
  firstByte: z.int().check(z.positive()),
  /** The whole exchange. */
  total: z.int().check(z.positive()),
});

/** A store as in the user's settings. It contains no secrets: keys and passwords are asked for when needed. */
export const storeConfig = z.object({
  /** Shown everywhere, and typed to confirm writes in production. */
  name: z.string().check(z.trim(), z.minLength(1)),
  /** Shop root or API address; see {@link normalizeStoreUrl}. */
  url: z.string().check(z.trim(), z.minLength(1)),
  /** API user. */
  user: z.string(),
  /** The dialect to use if the store has several. Without it the WSDL decides. */
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
  /** Address of the shop's admin, which can be opened in a browser. The toolkit sends nothing there. */
  adminUrl: z.optional(z.string()),
});

/** See {@link storeConfig}. */
export type StoreConfig = z.infer<typeof storeConfig>;

/** The correction for an entry with another mistake. */
const ENTRY = later('An entry is an object with "name", "url" and "user".');

/** The correction for each property of an entry. */
const corrections: Readonly<Record<string, string>> = {
  name: later('Add "name" to the store.'),
  url: later('Add the URL of the shop as "url".'),
  user: later('Add the API user as "user".'),
  environment: later('"environment" must be production, staging or development.'),
  readOnly: later('"readOnly" must be true or false.'),
  dialect: later('"dialect" must be v1, v2, wsi or rest.'),
  timeouts: later('"timeouts" must contain whole milliseconds: connect, firstByte, total.'),
  maxBytes: later('"maxBytes" must be a whole number of bytes.'),
  caFile: later('"caFile" must be the path of a file.'),
  webUser: later('"webUser" must be the name of a user.'),
};

/** The corrections for an entry of the settings that {@link storeConfig} refuses, as sentences. */
export function storeCorrections({ issues }: z.core.$ZodError): string {
  const wrong = new Set(issues.map(({ path }) => String(path[0] ?? '')));
  return [...wrong].map((property) => translated(corrections[property] ?? ENTRY)).join(' ');
}

/** See {@link storeConfig}. */
export type Timeouts = z.infer<typeof timeouts>;

/** Default time limits in milliseconds. The first byte comes late because stores build the whole answer first (facts §7). */
export const defaultTimeouts: Timeouts = { connect: 10_000, firstByte: 120_000, total: 300_000 };

/** 50,000 customers are 75 MB in V1 (facts §7). */
export const defaultMaxBytes = 256 * 1024 * 1024;

const paths = { v1: 'api/soap/', v2: 'api/v2_soap/', wsi: 'api/v2_soap/' } as const satisfies Record<SoapDialect, string>;

/**
 * The addresses at which the API may be, for any URL that a user may paste: a shop's front page, its admin, an API
 * address with or without `?wsdl`, with or without a scheme. The likeliest comes first. Only one if the URL names it.
 *
 * @param dialect the wanted dialect; WS-I has V2's address (facts §1)
 * @throws {ToolkitError} of kind `input`, `url-invalid` or `url-secret`
 *
 * @example
 * normalizeStoreUrl('shop.example.com') // https://shop.example.com/api/v2_soap/, …/api/soap/, …/index.php/api/v2_soap/, …
 * normalizeStoreUrl('https://shop.example.com/index.php/api/soap?wsdl=1') // https://shop.example.com/index.php/api/soap/
 */
export function normalizeStoreUrl(text: string, dialect?: SoapDialect): readonly string[] {
  const url = parse(text);
  const path = url.pathname.replace(/\/{2,}/g, '/');
  const found = addressForms.map((form) => ({ form, match: form.path.exec(path) })).find(({ match }) => match !== null);
  const prefix = `${url.origin}${(found?.match?.[1] ?? '').replace(/\/+$/, '')}`;
  const kind = found?.form.kind(url, found.match?.[2]);
  if (kind !== undefined) {
    const wanted = dialect === undefined || paths[dialect] === kind.path ? kind.path : paths[dialect];
    const own = wanted === kind.path ? kind.spellings : [];
    const script = kind.script ? [`api.php?type=${wanted === paths.v1 ? 'soap' : 'v2_soap'}`] : [];
    return [...(own.length > 0 ? own : [wanted]), ...script].map((path) => `${prefix}/${path}`);
  }
  const shop =
    found === undefined
      ? path.replace(/\/(?:admin|adminhtml|customer|checkout|catalog)\b.*$/i, '').replace(/\/index\.html?$/i, '')
      : (found.match?.[1] ?? '');
  const base = shop.replace(/\/+$/, '');
  const withoutScript = base.replace(/\/index\.php$/i, '');
  const bases = base === withoutScript ? [base, `${base}/index.php`] : [base, withoutScript];
  const wanted = dialect === undefined ? [paths.v2, paths.v1] : [paths[dialect]];
  return bases.flatMap((under) => wanted.map((path) => `${url.origin}${under}/${path}`));
}

/** An API that an address names: the path of its dialect, its possible spellings, and whether a script may replace it. */
interface NamedApi {
  readonly path: string;
  readonly spellings: readonly string[];
  readonly script?: boolean;
}

/**
 * Forms in which users have the address of an API, most specific first. The first group is the part before it. If `kind` returns
 * `undefined`, the address is cut to the shop's root and the search begins there.
 */
const addressForms: readonly { readonly path: RegExp; readonly kind: (url: URL, part: string | undefined) => NamedApi | undefined }[] = [
  {
    // As a browser shows the WSDL of old shops: /api/v2_soap/index/wsdl/1/
    path: /^(.*?)\/api\/(soap|v2_soap)(?:\/index){1,2}\/(?:wsdl|\?wsdl)(?:\/.*)?$/i,
    kind: (_, part) => named(part, (path) => [path, `${path}index/`]),
  },
  { path: /^(.*?)\/api\/(soap|v2_soap)\/wsdl(?:\/.*)?$/i, kind: (_, part) => named(part, (path) => [path]) },
  {
    path: /^(.*?)\/api\/((?:soap|v2_soap)(?:\/index)?)\/*$/i,
    kind: (_, part) => named(part, (path) => [part?.includes('/') === true ? `${path}index/` : path]),
  },
  {
    // The script to which the rewrite rules of OpenMage and Magento 1 lead. It answers even without these rules.
    path: /^(.*?)\/api\.php\/?$/i,
    kind: (url) => {
      const type = url.searchParams.get('type') ?? '';
      return /^(?:soap|v2_soap)$/i.test(type) ? { ...named(type, (path) => [path]), script: true } : undefined;
    },
  },
  // Other APIs of the same shop, names that users mistake for these, and addresses of other products.
  {
    path: /^(.*?)\/api(?:\/(?:soap_?v?[12]|soap_?ws-?i|v[12]_?(?:soap|wsi)?|wsi|ws-?i|wsdl|xml_?rpc|json_?rpc|rest|docs|graphql|index)(?:\/.*)?)?\/*$/i,
    kind: () => undefined,
  },
  { path: /^(.*?)\/(?:rest(?:\/\w+)?\/V1|soap\/\w+|graphql)(?:\/.*)?$/, kind: () => undefined },
];

function named(part: string | undefined, spellings: (path: string) => readonly string[]): NamedApi {
  const path = /^soap/i.test(part ?? '') ? paths.v1 : paths.v2;
  return { path, spellings: spellings(path) };
}

/** Quotation marks and brackets that mails and documents put around addresses. */
const WRAPPED = /^(?:"(.*)"|'(.*)'|`(.*)`|<(.*)>|“(.*)”|„(.*)“|‘(.*)’|«(.*)»)$/s;

/** A URL as a user copied or typed it, without the characters around it, and with the slashes after its scheme. */
function tidied(text: string): string {
  const trimmed = text.trim();
  const inner = WRAPPED.exec(trimmed)
    ?.slice(1)
    .find((group) => group !== undefined);
  return (inner ?? trimmed).trim().replace(/^(https?)(?::\/?(?!\/)|\/\/)(?=[^/])/i, '$1://');
}

function parse(text: string): URL {
  const trimmed = tidied(text);
  const local = /^(localhost|127\.|\[::1\]|[\w-]+:\d+(\/|$))/i.test(trimmed);
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `${local ? 'http' : 'https'}://${trimmed}`;
  const url = URL.canParse(withScheme) ? new URL(withScheme) : undefined;
  if (url === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:') || url.hostname === '') {
    throw new ToolkitError('input', {
      code: 'url-invalid',
      what: t('"{url}" is not the URL of a store.', { url: trimmed.slice(0, 200).replace(/\/\/[^/@]*@/, '//…@') }),
      next: t('Write it as https://shop.example.com.'),
    });
  }
  if (url.username !== '' || url.password !== '') {
    throw new ToolkitError('input', {
      code: 'url-secret',
      what: t('The URL of the store contains a user or a password.'),
      why: t('URLs are kept in settings, which may be committed.'),
      next: t('Remove it from the URL and set the user of the web server as webUser. You are asked for its password.'),
    });
  }
  return url;
}

/** The text of a PEM file. Certificates are ASCII. The text between them may be names in any encoding, as in bundles of old systems. */
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
  const refused = (what: string, why: string | undefined, cause?: unknown): ToolkitError =>
    new ToolkitError('input', { code: 'ca-file', what, why, next: t('Correct caFile in the settings of this store.') }, { cause });
  let pem: string;
  try {
    pem = pemText(await readFile(file), file);
  } catch (error) {
    throw refused(t('The CA file {file} cannot be read.', { file }), error instanceof Error ? error.message : undefined, error);
  }
  for (const [certificate] of pem.matchAll(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g)) {
    try {
      void new X509Certificate(certificate);
    } catch (error) {
      throw refused(
        t('The CA file {file} contains a damaged certificate.', { file }),
        error instanceof Error ? error.message : undefined,
        error,
      );
    }
  }
  if (!pem.includes('-----BEGIN CERTIFICATE-----'))
    throw refused(
      t('The CA file {file} contains no certificate.', { file }),
      t('It must be PEM: text that begins with -----BEGIN CERTIFICATE-----.'),
    );
  return pem;
}
