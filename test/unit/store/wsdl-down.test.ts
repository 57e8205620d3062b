// A store whose database is down while its WSDL is asked for: the error page is one that a real Maho 26.7.4 gave.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import * as z from 'zod/mini';
import { TransportError } from '../../../src/store/wire/failure';
import { StoreClient } from '../../../src/store/calls/client';
import { diagnose } from '../../../src/store/doctor/doctor';
import type { Check } from '../../../src/store/doctor/check';
import { serve } from '../../support/loopback';
import { answer } from '../../support/scripted-store';
import { smallWsdl } from '../../support/small-wsdl';

const file = join(import.meta.dirname, '../../fixtures/troubles-maho-26.7/answers.json.gz');
const shape = z.array(z.object({ name: z.string(), status: z.number(), response: z.string() }));
const answers = shape.parse(JSON.parse(gunzipSync(readFileSync(file)).toString()));
const recorded = answers.find(({ name }) => name.endsWith('v1-list-is-NULL-text'));
assert.ok(recorded !== undefined && recorded.status === 503);

const ports = { key: () => Promise.resolve('k') };

/** What shops show while their database is down: production, developer mode, and PHP’s own words where nobody catches the exception. */
const pages: readonly (readonly [what: string, status: number, body: string, says: RegExp])[] = [
  ['the recorded error page', recorded.status, recorded.response, /HTTP 503\), error record \d{12}\./],
  [
    'an error page without a number',
    503,
    '<html><body><h1>There has been an error processing your request</h1></body></html>',
    /HTTP 503\)\./,
  ],
  [
    'the exception of developer mode',
    503,
    '<html><body><pre>SQLSTATE[HY000] [2002] Connection refused\n\nTrace:\n#0 /srv/shop/Db.php(12): ' +
      "connect('db.internal')</pre></body></html>",
    /HTTP 503\), database error HY000\/2002\./,
  ],
  [
    'an exception that nobody catches',
    500,
    '<br />\n<b>Fatal error</b>:  Uncaught PDOException: SQLSTATE[HY000] [1045] Access denied for user ' +
      "'shop'@'db.internal' in /srv/shop/x.php:1",
    /HTTP 500\), database error HY000\/1045\./,
  ],
  [
    'an exception as text with status 200',
    200,
    'SQLSTATE[HY000]: General error: 2006 MySQL server has gone away',
    /HTTP 200\), database error HY000\./,
  ],
];

for (const [what, status, body, says] of pages) {
  test(`${what} in place of the WSDL says that the store failed while it made its WSDL`, async (t) => {
    let down = true;
    const asked: string[] = [];
    const server = await serve(t, ({ request }, response) => {
      asked.push(`${request.method ?? ''} ${request.url ?? ''}`);
      if (down) answer(response, body, { status, type: 'text/html; charset=UTF-8' });
      else answer(response, smallWsdl(request.url?.includes('v2_soap') === true ? 'v2' : 'v1'));
    });
    const store = { name: 'Shop', url: server.url, user: 'u' };
    const found = new Map<string, Check>();
    for await (const check of diagnose(store, ports, { login: true })) found.set(check.id, check);
    assert.equal(found.get('http')?.state, 'ok', 'the web server itself answers');
    const wsdl = found.get('wsdl');
    assert.equal(wsdl?.state, 'failed');
    assert.equal(wsdl.code, 'store-error-wsdl');
    assert.match(wsdl.text, says);
    assert.match(wsdl.next ?? '', /start its database.*var\/report/);
    assert.equal(found.get('login')?.state, 'skipped');
    assert.ok(
      asked.every((one) => one.startsWith('GET ')),
      'nothing is sent to a store that has no WSDL',
    );

    const client = new StoreClient(store, ports);
    try {
      await assert.rejects(client.call('customer.list', {}), (error) => {
        assert.ok(error instanceof TransportError);
        assert.equal(error.failure, 'store-error-wsdl');
        assert.match(error.message, says);
        assert.doesNotMatch(error.message, /db\.internal|'shop'/, 'users and hosts of the database stay where they are');
        return true;
      });
      down = false;
      assert.equal((await client.describe()).dialect, 'v2', 'it is asked again once the database is back');
    } finally {
      await client.close();
    }
  });
}
