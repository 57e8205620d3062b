import { isSoap, type Dialect } from '../../api/dialect';
import { facets } from '../../api/dialect-facets';
import type { Fault } from '../../api/errors';
import type { FailureCode } from '../../api/faults/faults';
import type { Generation } from '../../api/generations';
import { t } from '../../l10n/texts';
import type { NotSoap } from '../../soap/decoding/decode';
import type { Headers } from './exchange';
import { TransportError } from './failure';
import { tellGeneration } from '../doctor/generation';
import { header, type HttpHead } from './transport';

/** The facts about the exchange of an answer. */
export interface AnswerContext {
  /** `wsdl`, `login`, or the path of a method. */
  readonly method?: string | undefined;
  /** Dialect of the call. For a WSDL, the address shows it. */
  readonly dialect?: Dialect | undefined;
  /** The generation of the store according to its WSDL. */
  readonly generation?: Generation | undefined;
  /** Removes the secrets of the request from a text. It is called before a text is cut, so that no half of a secret remains. */
  readonly hide?: ((text: string) => string) | undefined;
}

type Seen = Pick<NotSoap, 'root' | 'title' | 'excerpt'>;
type Fail = (code: FailureCode, values?: Readonly<Record<string, string | number | undefined>>, target?: string) => TransportError;

/** The error for an answer without SOAP, according to its status and its beginning (facts §2, §13). */
export function explainAnswer(head: HttpHead, url: string, answer: Seen, context: AnswerContext = {}): TransportError {
  const { status, headers } = head;
  const hide = context.hide ?? ((text: string): string => text);
  const excerpt = hide(answer.excerpt);
  const title = answer.title === undefined ? undefined : plain(hide(answer.title));
  const generation = tellGeneration({ headers })?.generation ?? context.generation;
  const dialect = context.dialect ?? (/\/soap(?:\/|$|\?)/i.test(url) ? 'v1' : 'v2');
  const proxied = head.proxy === undefined ? {} : { why: t('It came through the proxy {proxy}.', { proxy: head.proxy }) };
  const fail: Fail = (code, values = {}, target) =>
    new TransportError(code, { status, title, ...values }, { status, title, target, sent: true }, {}, { generation, dialect, ...proxied });

  if (status >= 300 && status < 400) {
    const location = header(headers, 'location');
    const target = location !== undefined && URL.canParse(location, url) ? new URL(location, url).href : undefined;
    return fail('redirect', { target }, target);
  }
  const seen = { root: answer.root, title, excerpt, empty: excerpt.trim() === '' };
  if (isMagento2(headers, excerpt)) return fail('magento-2', { url: new URL(url).origin });
  return byStatus(head, seen, fail, { ...context, generation, dialect, url }) ?? byContent(head, seen, fail, context.method);
}

interface SeenBody extends Seen {
  readonly empty: boolean;
}

/** The error that the status alone shows. */
function byStatus(
  { status, headers }: HttpHead,
  { title, excerpt, empty }: SeenBody,
  fail: Fail,
  context: AnswerContext & { readonly url: string },
): TransportError | undefined {
  const seconds = /^\d+$/.exec(header(headers, 'retry-after') ?? '')?.[0];
  switch (status) {
    case 400:
    case 495:
    case 496:
    case 497:
      if (/plain HTTP request was sent to HTTPS port|speaking plain HTTP to an SSL-enabled/i.test(excerpt))
        return fail('https-port', placeOf(context.url));
      if (/SSL certificate|client certificate/i.test(`${title ?? ''} ${excerpt}`)) return fail('client-certificate', placeOf(context.url));
      return undefined;
    case 401:
      return fail(context.dialect === undefined || isSoap(context.dialect) ? 'web-login' : 'web-login-rest', {
        realm: /realm="([^"]*)"/i.exec(header(headers, 'www-authenticate') ?? '')?.[1],
      });
    case 403:
      return fail('forbidden');
    case 404:
      if (empty) return fail('soap-switched-off');
      return isRest(excerpt) ? fail('rest-instead', { excerpt: restMessage(excerpt) }) : fail('not-found');
    case 405:
      return fail('method-not-allowed');
    case 407:
      return fail('proxy-login');
    case 413:
      return fail('request-too-large');
    case 429:
      return fail('too-many-requests', { seconds });
    case 502:
      return context.generation?.id === 'maho@26.7' &&
        (context.dialect === undefined || (isSoap(context.dialect) && facets[context.dialect].brokenLines)) &&
        context.method !== 'wsdl'
        ? fail('gateway-lengths')
        : fail('gateway');
    case 504:
      return fail('gateway');
    case 503:
      return /\bmaintenance\b/i.test(`${title ?? ''}`) ? fail('maintenance', { seconds }) : undefined;
    default:
      return undefined;
  }
}

/** The error that the content shows. */
function byContent(
  { status, statusText, headers }: HttpHead,
  { root, excerpt, empty }: SeenBody,
  fail: Fail,
  method: string | undefined,
): TransportError {
  if (method === 'wsdl') {
    const broken = wsdlError(excerpt);
    if (broken !== undefined) return fail('store-error-wsdl', broken);
  }
  const sorry = excerpt.search(/error processing your request/i);
  if (sorry >= 0) return fail('store-error', { record: recordNumber(excerpt.slice(sorry)) });
  const php = /(?:PHP )?(?:<b>)?(?:Fatal error|Parse error|Uncaught \w+)(?:<\/b>)?:?\s*([^<\n]{0,200})/i.exec(excerpt)?.[1];
  if (php !== undefined) return fail('php-error', { reason: plain(php) });
  if (status === 503) return fail('unavailable');
  if (status < 200 || status >= 300) {
    if (!empty || status !== 500) return fail('http-status', { reason: statusText });
    // Before the login, the WSDL could be read. On Maho 26.7, an empty answer then means that the library for SOAP is missing (facts §11).
    const maho = tellGeneration({ headers })?.generation.id === 'maho@26.7';
    return fail(maho && method === 'login' ? 'soap-library-missing' : 'empty-answer');
  }
  if (empty) return fail('empty-answer');
  if (root === 'html') return fail('html-page');
  if (root?.replace(/^.*:/, '') === 'definitions') return fail('wsdl-instead');
  return isRest(excerpt)
    ? fail('rest-instead', { excerpt: restMessage(excerpt) })
    : fail('not-soap', { excerpt: plain(excerpt).slice(0, 80) });
}

/**
 * The error that a store shows when it failed to make its WSDL: on its error page, or in the text of an exception.
 * @param excerpt beginning of the answer, without secrets
 * @returns `undefined` when the answer is something else
 */
export function wsdlError(excerpt: string): { readonly record?: string | undefined; readonly database?: string | undefined } | undefined {
  const sorry = excerpt.search(/error processing your request/i);
  // The text of the exception contains users and hosts, so only its numbers are used.
  const sql = /SQLSTATE\[(\w{1,5})\](?: \[(\d{1,5})\])?/.exec(excerpt);
  if (sorry < 0 && sql === null) return undefined;
  const database = sql
    ?.slice(1)
    .filter((part: string | undefined) => part !== undefined)
    .join('/');
  return { record: sorry < 0 ? undefined : recordNumber(excerpt.slice(sorry)), database };
}

/**
 * The fault in an answer of plain text: Maho 26.7 prints PHP's exception with HTTP 200 if it cannot read a request.
 * @returns `undefined` when the text is something else
 */
export function exceptionFault(excerpt: string): Fault | undefined {
  const found =
    /^\s*(?:PHP )?(?:[\w\\]{1,80} exception|(?:[\w\\]{1,80})?SoapFault): \[([\w:.-]{1,80})\] ([^\n]{0,2000}?) in [^\n]{1,500}:\d+\s*\n\s*Stack trace:/.exec(
      excerpt,
    );
  return found === null ? undefined : { code: found[1] ?? '', message: found[2] ?? '' };
}

/** Recognises Magento 2 by what only it sends: its headers, its scripts, the words of its REST API. */
function isMagento2(headers: Headers, excerpt: string): boolean {
  if (headers.some(([name]) => /^x-magento-/i.test(name))) return true;
  return /text\/x-magento-init|\/static\/(?:version\d+\/)?frontend\/|"Request does not match any route\."/.test(excerpt);
}

function isRest(excerpt: string): boolean {
  return /^\s*\{\s*"(?:error|message|code|@context|type|messages)"/.test(excerpt);
}

function restMessage(excerpt: string): string | undefined {
  const message = /"message"\s*:\s*"((?:[^"\\]|\\.){0,200})"/.exec(excerpt)?.[1];
  return message?.replace(/\\u0022/g, "'").replace(/\\\//g, '/');
}

function placeOf(url: string): Readonly<Record<string, string | undefined>> {
  const { hostname, port, protocol } = new URL(url);
  return { host: hostname, port: port !== '' ? port : protocol === 'https:' ? '443' : '80' };
}

/** The number under which a store logged its error, as on its error page. */
function recordNumber(page: string): string | undefined {
  const label = /record number:?/i.exec(page);
  // Only a short piece of the page is searched, since its tags are matched one by one.
  return label === null ? undefined : /^\s*(?:<[^<>]*>\s*)*(\w+)/.exec(page.slice(label.index + label[0].length, label.index + 500))?.[1];
}

/** Text of a page or message on one line, with its entities decoded. */
function plain(text: string): string {
  const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: ' ' };
  return text
    .replace(/&(#39|\w+);/g, (whole, name: string) => named[name] ?? whole)
    .replace(/\s+/g, ' ')
    .trim();
}
