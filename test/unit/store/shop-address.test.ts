import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shopOf, strictest } from '../../../src/store/settings/shop-address';
import { isLoopback } from '../../../src/store/wire/loopback';

test('every way to write the address of a shop is the same place', () => {
  const forms = [
    'https://shop.example.com',
    'shop.example.com',
    'HTTPS://SHOP.EXAMPLE.COM/',
    'https://shop.example.com:443',
    'http://shop.example.com',
    'http://shop.example.com:80/',
    'https://shop.example.com./',
    'https://shop.example.com//',
    'https://shop.example.com/index.php',
    'https://shop.example.com/index.php/',
    'https://shop.example.com/INDEX.PHP/API/SOAP',
    'https://shop.example.com/api/soap?wsdl',
    'https://shop.example.com/api/soap/?wsdl=1',
    'https://shop.example.com/api/v2_soap',
    'https://shop.example.com/api/v2_soap/index/',
    'https://shop.example.com//api//v2_soap/',
    'https://shop.example.com/index.php/api/v2_soap/index/wsdl/1/',
    'https://shop.example.com/api.php?type=v2_soap',
    'https://shop.example.com/api/xmlrpc/',
    'https://shop.example.com/api/rest/v2',
    'https://shop.example.com/api',
    'https://shop.example.com/%61pi/soap/',
    'https://shop.example.com/admin/',
    'https://shop.example.com/x/../api/soap',
    ' https://shop.example.com/#top',
    'https://shop.example.com/index.html',
  ];
  assert.deepEqual(
    [...new Set(forms.map((form) => [shopOf(form), form].join(' ')).filter((text) => !text.startsWith('shop.example.com ')))],
    [],
  );
});

test('the names of this machine are one place, ports and folders make another', () => {
  const local = [
    'http://localhost:8190',
    'http://127.0.0.1:8190/api/soap',
    'http://[::1]:8190/',
    '127.0.0.2:8190',
    'http://[::ffff:127.0.0.1]:8190',
    'http://2130706433:8190',
    'http://0x7f.1:8190',
    'http://localhost.:8190',
    'http://0.0.0.0:8190',
    'http://shop.localhost:8190',
  ];
  assert.deepEqual([...new Set(local.map(shopOf))], ['localhost:8190']);
  const others = [
    'https://shop.example.com',
    'https://www.shop.example.com',
    'https://shop.example.com:8443',
    'https://shop.example.com/de',
    'https://shop.example.com/staging/api/soap',
    'https://xn--bcher-kva.example',
    'http://localhost',
    'http://localhost:8191',
  ];
  assert.equal(new Set(others.map(shopOf)).size, others.length);
  assert.equal(shopOf('https://bücher.example/'), shopOf('https://xn--bcher-kva.example/api/soap'));
  for (const none of ['', 'ftp://shop.example.com', 'https://user:pass@shop.example.com', 'https://'])
    assert.equal(shopOf(none), undefined);
});

test('loopback is what reaches this machine only', () => {
  for (const host of ['localhost', '127.0.0.1', '127.9.9.9', '[::1]', '[::ffff:7f00:1]', 'a.localhost', 'localhost.'])
    assert.ok(isLoopback(host), host);
  for (const host of ['127.0.0.1.example.com', 'localhost.example.com', '10.0.0.1', '[fe80::1]', 'shop', '128.0.0.1', 'notlocalhost'])
    assert.ok(!isLoopback(host), host);
});

test('the strictest of the entries for a place counts, and those for other places do not', () => {
  const store = { name: 'a', url: 'https://shop.example.com', user: 'u' };
  const others = [
    { ...store, url: 'https://SHOP.example.com/api/soap', readOnly: true },
    { ...store, url: 'http://shop.example.com/', user: 'other', environment: 'production' as const },
    { ...store, url: 'https://other.example.com', readOnly: true },
  ];
  assert.deepEqual(strictest(store, others), { ...store, readOnly: true, environment: 'production' });
  assert.deepEqual(strictest({ ...store, environment: 'staging' }, []), { ...store, environment: 'staging' });
  assert.deepEqual(strictest({ ...store, url: 'https://third.example.com', readOnly: true }, others), {
    ...store,
    url: 'https://third.example.com',
    readOnly: true,
  });
});
