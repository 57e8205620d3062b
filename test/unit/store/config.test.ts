import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ToolkitError } from '../../../src/api/errors';
import { normalizeStoreUrl, storeConfig } from '../../../src/store/settings/config';

const v2 = 'https://shop.example.com/api/v2_soap/';
const v1 = 'https://shop.example.com/api/soap/';

const pasted: readonly (readonly [text: string, first: string, count: number])[] = [
  ['https://shop.example.com', v2, 4],
  ['https://shop.example.com/', v2, 4],
  ['  shop.example.com ', v2, 4],
  ['https://shop.example.com/api', v2, 4],
  ['https://shop.example.com/api/', v2, 4],
  ['https://shop.example.com/admin/dashboard', v2, 4],
  ['https://shop.example.com/customer/account/login/', v2, 4],
  ['https://shop.example.com/api/soap', v1, 1],
  ['https://shop.example.com/api/soap/?wsdl', v1, 1],
  ['https://shop.example.com/api/v2_soap?wsdl=1', v2, 1],
  ['HTTPS://Shop.Example.com/api/V2_SOAP/', v2, 1],
  ['https://shop.example.com/api/v2_soap/index/', 'https://shop.example.com/api/v2_soap/index/', 1],
  ['https://shop.example.com/index.php/api/soap/', 'https://shop.example.com/index.php/api/soap/', 1],
  ['https://shop.example.com/index.php', 'https://shop.example.com/index.php/api/v2_soap/', 4],
  ['https://example.com/shop/', 'https://example.com/shop/api/v2_soap/', 4],
  ['https://shop.example.com/index.html', v2, 4],
  // Case 52: as people have them from browsers, other programs and other shops.
  ['https://shop.example.com/api.php?type=v2_soap', v2, 2],
  ['https://shop.example.com/api.php?type=soap&wsdl', v1, 2],
  ['https://shop.example.com/api.php', v2, 4],
  ['https://shop.example.com/api.php?type=rest', v2, 4],
  ['https://shop.example.com/api/v2_soap/index/wsdl/1/', v2, 2],
  ['https://shop.example.com/api/soap/index/wsdl/1', v1, 2],
  ['https://shop.example.com/api/v2_soap/wsdl/1/', v2, 1],
  ['https://shop.example.com/index.php/api/v2_soap/index/wsdl/1/', 'https://shop.example.com/index.php/api/v2_soap/', 2],
  ['https://shop.example.com/api/v2_soap//', v2, 1],
  ['https://shop.example.com/api/soap_v2/', v2, 4],
  ['https://shop.example.com/api/soap_v2/?wsdl', v2, 4],
  ['https://shop.example.com/api/v2/soap/?wsdl=1', v2, 4],
  ['https://shop.example.com/api/wsi/', v2, 4],
  ['https://shop.example.com/api/xmlrpc/', v2, 4],
  ['https://shop.example.com/api/jsonrpc', v2, 4],
  ['https://shop.example.com/api/rest/v2', v2, 4],
  ['https://shop.example.com/api/rest/v2/customers/1?x=y', v2, 4],
  ['https://shop.example.com/api/docs', v2, 4],
  ['https://shop.example.com/shop/api/xmlrpc', 'https://shop.example.com/shop/api/v2_soap/', 4],
  ['https://shop.example.com/index.php/api/xmlrpc/', 'https://shop.example.com/index.php/api/v2_soap/', 4],
  ['https://shop.example.com/rest/V1/customers/1', v2, 4],
  ['https://shop.example.com/soap/default?wsdl&services=customerAccountManagementV1', v2, 4],
  // As they are copied from mails and documents, and typed.
  ['"https://shop.example.com/"', v2, 4],
  ['<https://shop.example.com/api/soap/>', v1, 1],
  ["'shop.example.com'", v2, 4],
  ['“https://shop.example.com”', v2, 4],
  ['https:/shop.example.com', v2, 4],
  ['https:shop.example.com/api/soap', v1, 1],
  ['http//shop.example.com', 'http://shop.example.com/api/v2_soap/', 4],
  ['https://shop.example.com//api//soap/', v1, 1],
  ['https://shop.example.com/adminhtml/api_user', v2, 4],
  ['https://shop.example.com/api/soap_wsi?wsdl', v2, 4],
  ['localhost:8080', 'http://localhost:8080/api/v2_soap/', 4],
  ['127.0.0.1:8190/api/soap', 'http://127.0.0.1:8190/api/soap/', 1],
  ['http://[::1]:8190', 'http://[::1]:8190/api/v2_soap/', 4],
];

for (const [text, first, count] of pasted) {
  test(`"${text}" leads to ${first}`, () => {
    const candidates = normalizeStoreUrl(text);
    assert.equal(candidates[0], first);
    assert.equal(candidates.length, count);
  });
}

test('a wanted dialect decides which address of a shop is asked', () => {
  assert.deepEqual(normalizeStoreUrl('https://shop.example.com', 'v1'), [v1, 'https://shop.example.com/index.php/api/soap/']);
  assert.deepEqual(normalizeStoreUrl(v2, 'v1'), [v1]);
  assert.deepEqual(normalizeStoreUrl(v1, 'wsi'), [v2]);
  assert.deepEqual(normalizeStoreUrl(v2, 'wsi'), [v2]);
});

test('an address of the script that stands in for rewrite rules is tried last, in the dialect that is wanted', () => {
  assert.deepEqual(normalizeStoreUrl('https://shop.example.com/api.php?type=v2_soap'), [
    v2,
    'https://shop.example.com/api.php?type=v2_soap',
  ]);
  assert.deepEqual(normalizeStoreUrl('https://shop.example.com/api.php?type=v2_soap', 'v1'), [
    v1,
    'https://shop.example.com/api.php?type=soap',
  ]);
});

test('what is not a store URL is refused, without repeating a password', () => {
  for (const text of ['', 'ftp://shop.example.com', 'http://', 'https://user:pa55word@', 'file:///etc/passwd']) {
    assert.throws(
      () => normalizeStoreUrl(text),
      (error) => error instanceof ToolkitError && error.code === 'url-invalid' && !error.message.includes('pa55word'),
      text,
    );
  }
});

test('a password in the URL is refused, because settings are committed', () => {
  assert.throws(
    () => normalizeStoreUrl('https://web:pa55word@shop.example.com'),
    (error) => error instanceof ToolkitError && error.code === 'url-secret' && !error.message.includes('pa55word'),
  );
});

test('a store in the settings needs a name, a URL and a user; the rest is checked when it is there', () => {
  assert.equal(storeConfig.safeParse({ name: 'Shop', url: v2, user: 'api' }).success, true);
  for (const wrong of [
    { name: '' },
    { dialect: 'v3' },
    { environment: 'live' },
    { timeouts: { connect: 0 } },
    { maxBytes: -1 },
    { readOnly: 'yes' },
  ]) {
    assert.equal(storeConfig.safeParse({ name: 'Shop', url: v2, user: 'api', ...wrong }).success, false, JSON.stringify(wrong));
  }
});
