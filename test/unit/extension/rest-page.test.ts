import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { equivalenceOf } from '../../../src/extension/rest/equivalent';
import { pageHtml, type PageFrame } from '../../../src/extension/rest/page-html';
import { equivalents, type SoapCall } from '../../../src/rest-equivalent';
import { maskRecord } from '../../../src/store/masking/mask';
import { samples } from '../rest-equivalent/samples';

const frame: PageFrame = {
  source: 'https://*.vscode-cdn.net',
  style: 'https://file.vscode-cdn.net/media/rest.css',
  command: (action, target) => `command:mahoSoap.rest.${action}Code?${encodeURIComponent(JSON.stringify([7, target]))}`,
};

const place = { url: 'https://shop.example.com/api/v2_soap/', user: 'apiUser' };

const page = (call: SoapCall): string => pageHtml(equivalenceOf(call, place, 'v2', maskRecord), frame);

describe('the page of a call over REST', () => {
  test('has both calls, the losses, the attributes and the code in three languages', () => {
    const html = page({ method: 'customer.update', args: { customerId: 7, customerData: { group_id: '2', store_id: 1 } } });
    assert.match(html, /<h2>SOAP V2<\/h2><pre>customer\.update\n/);
    assert.match(html, /<h2>REST v2<\/h2><pre>PUT \/customers\/7\n\{\n {2}"groupId": 2\n\}<\/pre>/);
    assert.match(html, /<li class="lost"><strong>Lost<\/strong> store_id is ignored/);
    assert.match(html, /<td><code>group_id<\/code><\/td><td><code>groupId<\/code><\/td><td><\/td><td>in this call<\/td>/);
    assert.match(html, /<tr class="lost"><td><code>password_hash<\/code><\/td><td><span class="dim">none<\/span>/);
    for (const target of ['PHP', 'TypeScript (fetch)', 'curl']) assert.ok(html.includes(`<summary>${target}</summary>`), target);
    assert.ok(html.includes('https://shop.example.com/api/rest/v2'));
    assert.ok(html.includes('href="command:mahoSoap.rest.copyCode?%5B7%2C%22php%22%5D"'));
  });

  test('is created for every known call, and contains only styles and commands', () => {
    const calls = [...samples.map(({ call }) => call), ...equivalents.map(({ method }) => ({ method, args: undefined }))];
    for (const call of calls) {
      const html = page(call);
      assert.match(html, /default-src 'none'; style-src https:[^;"]+; base-uri 'none'; form-action 'none'/);
      assert.doesNotMatch(html, /<script|<img|<iframe|<style| on\w+=|javascript:|src=/i);
      const links = Array.from(html.matchAll(/href="([^"]*)"/g), ([, to = '']) => to);
      assert.deepEqual(
        links.filter((to) => to !== frame.style && !to.startsWith('command:mahoSoap.rest.')),
        [],
      );
    }
  });

  test('no text of a call or a store becomes markup, and no secret is shown', () => {
    const hostile = '"><img src=x onerror=alert(1)></pre><script>';
    const html = pageHtml(
      equivalenceOf(
        {
          method: 'customer.create',
          args: { customerData: { email: hostile, [hostile]: 'x', password: 'never shown', password_hash: 'nor this' } },
        },
        { url: 'https://shop.example.com', user: hostile },
        undefined,
        maskRecord,
      ),
      frame,
    );
    assert.doesNotMatch(html, /<img|<script/);
    assert.doesNotMatch(html, /never shown|nor this/);
    assert.match(html, /••••/);
  });

  test('examples replace values that are known only at runtime, and the page says so', () => {
    const html = page({ method: 'customer.update', args: undefined });
    assert.match(html, /<pre>PUT \/customers\/\{customerId\}/);
    assert.match(html, /Examples replace values/);
    assert.match(html, /\$send\(&apos;PUT&apos;|\$send\('PUT', '\/customers\/1'/);
  });

  test('parts that a program cannot express are listed', () => {
    assert.match(page({ method: 'customer.info', args: { customerId: '..' } }), /There is no program for/);
    assert.throws(() => page({ method: 'catalog_product.list', args: {} }), { kind: 'input', code: 'rest-unknown' });
  });
});
