import type { NotSoap } from '../soap/decode';
import { TransportError } from './failure';
import { header, type HttpHead } from './transport';

/**
 * What an answer is that holds no SOAP, told by its status and its beginning (facts §2; users-and-pitfalls 3.2 A).
 * @param hide a text without the secrets of the request; asked before anything is cut, so that no half of one remains
 */
export function explainAnswer(head: HttpHead, url: string, answer: Pick<NotSoap, 'root' | 'title' | 'excerpt'>, hide: (text: string) => string = (text) => text): TransportError {
  const { status, headers } = head;
  const seen = { root: answer.root, excerpt: hide(answer.excerpt) };
  const title = answer.title === undefined ? undefined : plain(hide(answer.title));
  const empty = seen.excerpt.trim() === '';
  const fail = (code: ConstructorParameters<typeof TransportError>[0], values: Record<string, string | number | undefined> = {}, target?: string): TransportError =>
    new TransportError(code, { status, title, ...values }, { status, title, target, sent: true });

  if (status >= 300 && status < 400) {
    const location = header(headers, 'location');
    const target = location !== undefined && URL.canParse(location, url) ? new URL(location, url).href : undefined;
    return fail('redirect', { target }, target);
  }
  switch (status) {
    case 401:
      return fail('web-login', { realm: /realm="([^"]*)"/i.exec(header(headers, 'www-authenticate') ?? '')?.[1] });
    case 403:
      return fail('forbidden');
    case 404:
      return fail(empty ? 'soap-switched-off' : 'not-found');
    case 413:
      return fail('request-too-large');
    case 429:
      return fail('too-many-requests', { seconds: /^\d+$/.exec(header(headers, 'retry-after') ?? '')?.[0] });
    case 502:
    case 504:
      return fail('gateway');
  }
  const sorry = seen.excerpt.search(/error processing your request/i);
  if (sorry >= 0) return fail('store-error', { record: recordNumber(seen.excerpt.slice(sorry)) });
  const php = /(?:PHP )?(?:<b>)?(?:Fatal error|Parse error|Uncaught \w+)(?:<\/b>)?:?\s*([^<\n]{0,200})/i.exec(seen.excerpt)?.[1];
  if (php !== undefined) return fail('php-error', { reason: plain(php) });
  if (status === 503) return fail('unavailable');
  if (status < 200 || status >= 300) return empty && status === 500 ? fail('empty-answer') : fail('http-status', { reason: head.statusText });
  if (empty) return fail('empty-answer');
  if (seen.root === 'html') return fail('html-page');
  if (seen.root?.replace(/^.*:/, '') === 'definitions') return fail('wsdl-instead');
  return fail('not-soap', { excerpt: plain(seen.excerpt).slice(0, 80) });
}

/** The number under which a store logged its error, as its error page says it. */
function recordNumber(page: string): string | undefined {
  const label = /record number:?/i.exec(page);
  // A short piece of the page, whose tags are looked through one by one.
  return label === null ? undefined : /^\s*(?:<[^<>]*>\s*)*(\w+)/.exec(page.slice(label.index + label[0].length, label.index + 500))?.[1];
}

/** Text of a page or message on one line, with its entities resolved. */
function plain(text: string): string {
  const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: ' ' };
  return text
    .replace(/&(#39|\w+);/g, (whole, name: string) => named[name] ?? whole)
    .replace(/\s+/g, ' ')
    .trim();
}
