import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ToolkitError } from '../../../src/api/errors';
import { adminPage, linkTo, parseLink, type LinkTarget } from '../../../src/extension/links/link';

describe('A link', () => {
  test('leads back to its target for any names', () => {
    const targets: readonly LinkTarget[] = [
      { kind: 'store', store: 'Staging DE & "more"/?#%20' },
      { kind: 'customer', store: 'Żółw+', id: '1204' },
      { kind: 'filter', store: 'Shop', name: 'a=b&c=d' },
      { kind: 'request', file: 'requests/über mich.maho.json' },
    ];
    for (const target of targets) {
      const { pathname, search } = new URL(linkTo(target, 'vscode', 'maho-soap-toolkit.maho-soap-toolkit'));
      // VS Code passes the query on with its escapes decoded.
      assert.deepEqual(parseLink(pathname, decodeURIComponent(search.slice(1))), target);
    }
  });

  test('with any other content is refused', () => {
    const hostile: readonly (readonly [string, string])[] = [
      ['', ''],
      ['/', 'store=Shop'],
      ['/customer.delete', 'store=Shop&id=1'],
      ['/store', ''],
      ['/store', 'store='],
      ['/store', 'store=Shop&store=Other'],
      ['/store', 'store=Shop&key=secret'],
      ['/store', `store=${'x'.repeat(501)}`],
      ['/store', 'store=Sh%0Aop'],
      ['/store', 'store=%E2%80%AEpohS'],
      ['/customer', 'store=Shop'],
      ['/customer', 'store=Shop&id=-1'],
      ['/customer', 'store=Shop&id=1%20or%201'],
      ['/customer', `store=Shop&id=${'9'.repeat(19)}`],
      ['/customer', 'store=Shop&id=1&run=customer.delete'],
      ['/filter', 'store=Shop'],
      ['/request', 'file=../secret.maho.json'],
      ['/request', 'file=a/../../b.maho.json'],
      ['/request', 'file=/etc/a.maho.json'],
      ['/request', 'file=C:/a.maho.json'],
      ['/request', 'file=a%5Cb.maho.json'],
      ['/request', 'file=a/./b.maho.json'],
      ['/request', 'file=.env'],
    ];
    for (const [path, query] of hostile)
      assert.throws(
        () => parseLink(path, query),
        (error) => error instanceof ToolkitError && error.code === 'link-broken',
        `${path}?${query}`,
      );
  });
});

describe('The admin of a shop', () => {
  test('is opened at the customer, below the path of the admin', () => {
    assert.equal(adminPage('https://shop.example.com/admin'), 'https://shop.example.com/admin');
    assert.equal(
      adminPage('https://shop.example.com/index.php/admin/?x=1', '2'),
      'https://shop.example.com/index.php/admin/customer/edit/id/2/',
    );
    assert.equal(adminPage('https://shop.example.com/admin', '../1'), 'https://shop.example.com/admin');
  });

  test('is a web address without a password', () => {
    for (const url of [
      '',
      'shop.example.com',
      'file:///etc/passwd',
      'javascript:alert(1)',
      'command:x',
      'https://me:secret@shop.example.com/admin',
    ])
      assert.throws(() => adminPage(url), { code: 'admin-url' }, url);
  });
});
