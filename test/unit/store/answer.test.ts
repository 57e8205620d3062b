import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeResponse } from '../../../src/soap/decoding/decode';
import { explainAnswer } from '../../../src/store/wire/answer';
import type { TransportError } from '../../../src/store/wire/failure';

const url = 'https://shop.example.com/api/v2_soap/';

/** What an answer with this status, body and headers is taken for. */
function taken(status: number, body: string, headers: readonly (readonly [string, string])[] = []): TransportError {
  const decoded = decodeResponse(Buffer.from(body));
  assert.equal(decoded.kind, 'not-soap');
  return explainAnswer(
    { status, statusText: 'Reason', httpVersion: '1.1', headers },
    url,
    decoded.kind === 'not-soap' ? decoded : { root: undefined, title: undefined, excerpt: '' },
  );
}

const page = (title: string, body = ''): string =>
  `<!DOCTYPE html>\n<html lang="en"><head><title> ${title}\n</title></head><body>${body}</body></html>`;
/** As Maho's error page reads (facts §2). */
const errorPage = page(
  'Error',
  '<h1>There has been an error processing your request</h1><p>Error log record number: <strong>1234567890</strong></p>',
);

const cases: readonly (readonly [what: string, answer: TransportError, code: string, says: RegExp])[] = [
  ['an empty 404', taken(404, ''), 'soap-switched-off', /API Protocols.*config:set/],
  ['a 404 page', taken(404, page('404 Not Found 1')), 'not-found', /404 Not Found 1/],
  ['a storefront page', taken(200, page('Home page')), 'html-page', /"Home page"/],
  ['a page with entities in its title', taken(200, page('Tom &amp; Jerry&#39;s')), 'html-page', /"Tom & Jerry's"/],
  ['the error page of the store', taken(503, errorPage), 'store-error', /1234567890/],
  ['an overloaded server', taken(503, page('Service Temporarily Unavailable')), 'unavailable', /overloaded/],
  ['a maintenance page', taken(503, page('Maintenance')), 'maintenance', /maintenance\.flag/],
  [
    'a login of the web server',
    taken(401, page('401'), [['WWW-Authenticate', 'Basic realm="Staging"']]),
    'web-login',
    /"Staging".*not the API user/s,
  ],
  ['a firewall', taken(403, page('Attention Required!')), 'forbidden', /Attention Required!/],
  ['a redirect', taken(302, '', [['Location', '/de/api/v2_soap/']]), 'redirect', /https:\/\/shop\.example\.com\/de\/api\/v2_soap\//],
  ['a redirect to nowhere', taken(301, ''), 'redirect', /^The store redirects this request\./],
  ['a proxy that gave up', taken(504, page('504 Gateway Time-out')), 'gateway', /504/],
  ['a rate limit', taken(429, '', [['Retry-After', '30']]), 'too-many-requests', /Wait 30 s/],
  ['a request that is too large', taken(413, page('413')), 'request-too-large', /multiCall/],
  [
    'a PHP error',
    taken(500, '<br />\n<b>Fatal error</b>:  Uncaught Error: Class "Laminas\\Soap\\Server" not found in /x.php'),
    'php-error',
    /Laminas.*composer require/s,
  ],
  ['an empty 500', taken(500, ''), 'empty-answer', /HTTP 500/],
  ['an empty 200', taken(200, ' \n'), 'empty-answer', /HTTP 200/],
  ['a WSDL', taken(200, '<?xml version="1.0"?><definitions xmlns="http://schemas.xmlsoap.org/wsdl/"/>'), 'wsdl-instead', /\?wsdl/],
  ['plain text', taken(200, 'It works!'), 'not-soap', /It works!/],
  ['JSON of another kind', taken(200, '[1]'), 'not-soap', /\[1\]/],
  ['the REST API', taken(404, '{"error":"not_found","message":"No route found","code":404}'), 'rest-instead', /REST API.*No route found/s],
  ['a page of Magento 2', taken(404, page('404 Not Found', '<script type="text/x-magento-init">{}</script>')), 'magento-2', /Magento 2/],
  ['an answer with headers of Magento 2', taken(200, page('Home'), [['X-Magento-Cache-Debug', 'MISS']]), 'magento-2', /Magento 2/],
  ['the REST API of Magento 2', taken(404, '{"message":"Request does not match any route.","trace":null}'), 'magento-2', /Magento 2/],
  [
    'http sent to an https port',
    taken(400, page('400 The plain HTTP request was sent to HTTPS port', 'The plain HTTP request was sent to HTTPS port')),
    'https-port',
    /https/,
  ],
  [
    'a client certificate that is wanted',
    taken(400, page('400 No required SSL certificate was sent')),
    'client-certificate',
    /client certificate/,
  ],
  ['a proxy that asks for a login', taken(407, page('407')), 'proxy-login', /407/],
  ['another status', taken(418, 'teapot'), 'http-status', /418 Reason/],
];

for (const [what, answer, code, says] of cases) {
  test(`${what} in place of SOAP is ${code}`, () => {
    assert.equal(answer.code, code);
    assert.match(answer.message, says);
    assert.doesNotMatch(answer.message, /undefined|[{}]{2}|\[\[/);
    assert.ok(answer.words.next !== undefined || answer.words.why !== undefined);
  });
}

test('the number of an error is looked for in the piece after its name, whatever the page holds besides', () => {
  const said = (excerpt: string): TransportError =>
    explainAnswer({ status: 500, statusText: '', httpVersion: '1.1', headers: [] }, url, { root: 'html', title: undefined, excerpt });
  const sorry = 'There has been an error processing your request';
  for (const page of [
    `${sorry} ${'record number: <'.repeat(20_000)}`,
    `${sorry} `.repeat(20_000),
    `${sorry} record number:${' <b> '.repeat(50_000)}`,
  ]) {
    assert.equal(said(page).code, 'store-error');
    assert.doesNotMatch(said(page).message, /[{}]/);
  }
});

test('a refused redirect names its target as data, so that it can be offered', () => {
  assert.equal(
    taken(301, '', [['Location', 'https://www.shop.example.com/api/v2_soap/']]).detail.target,
    'https://www.shop.example.com/api/v2_soap/',
  );
});
