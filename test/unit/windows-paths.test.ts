// What Windows does otherwise, as far as it can be tried elsewhere: drives, backslashes, line ends, names with blanks.
import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { suite, test } from 'node:test';
import { folderOf, pathPattern } from '../../src/cli/run/pattern';
import { parseEnvironment, parseRequestFile, Positions } from '../../src/requests';
import { isOutside } from '../../src/requests/file/named-files';
import { cli, demo } from './requests/support';
import { folder } from './transfer/support';

suite('Paths of Windows', () => {
  test('of files in the repository and outside of it are told apart', () => {
    const root = String.raw`C:\Users\Jane Doe\shop`;
    const inside = [
      String.raw`C:\Users\Jane Doe\shop\data.csv`,
      String.raw`c:\users\jane doe\SHOP\a\b.json`,
      String.raw`C:\Users\Jane Doe\shop\..\shop\x`,
    ];
    const outside = [
      root,
      String.raw`D:\Users\Jane Doe\shop\data.csv`,
      String.raw`C:\Users\Jane Doe\shop2\data.csv`,
      String.raw`C:\Users\Jane Doe\shop\..\secret.txt`,
      String.raw`\\server\share\data.csv`,
      String.raw`C:\Users\Jane Doe\shop\.git\config`,
      String.raw`C:\Users\Jane Doe\shop\sub\.GIT\config`,
      'C:/Users/Jane Doe/other/data.csv',
    ];
    for (const file of inside) assert.equal(isOutside(root, file, path.win32), false, file);
    for (const file of outside) assert.equal(isOutside(root, file, path.win32), true, file);
  });

  for (const [pattern, below] of [
    ['C:/shop/requests/**/*.maho.json', 'C:/shop/requests'],
    ['C:/*.maho.json', 'C:/'],
    ['d:/**', 'd:/'],
    ['//server/share/*.maho.json', '//server/share'],
    ['/*.maho.json', '/'],
    ['*.maho.json', '.'],
    ['My Requests/[ab].maho.json', 'My Requests'],
  ] as const) {
    test(`the files of ${pattern} stand below ${below}`, () => {
      assert.equal(folderOf(pattern), below);
    });
  }

  test('a pattern takes a drive and blanks as they are', () => {
    const fits = pathPattern('C:/My Requests/**/*.maho.json');
    assert.ok(fits('C:/My Requests/a b/list.maho.json'));
    assert.ok(!fits('D:/My Requests/a b/list.maho.json'));
  });
});

suite('Files with line ends of Windows', () => {
  const text = [
    '{',
    '  // A comment',
    '  "requests": [',
    '    { "name": "Groups", "method": "customer_group.list" },',
    '    { "name": "Wrong", "method": "customer.list", "args": { "filters": { "customer_id": { "gteq": 1, "lteq": 9 } } } }',
    '  ]',
    '}',
    '',
  ];

  test('are read as others are, at the same lines', () => {
    const [unix, windows] = [text.join('\n'), text.join('\r\n')];
    const [one, other] = [parseRequestFile(unix), parseRequestFile(windows)];
    assert.deepEqual(
      other.requests.map(({ name }) => name),
      one.requests.map(({ name }) => name),
    );
    assert.deepEqual(other.problems.length, one.problems.length);
    assert.deepEqual(new Positions(windows).at(windows.indexOf('"Wrong"')), new Positions(unix).at(unix.indexOf('"Wrong"')));
    assert.deepEqual(parseEnvironment('{\r\n  "email": "a@example.com"\r\n}\r\n', 'a.env.json'), { email: 'a@example.com' });
  });

  test('run from a folder with blanks in its name, also with a byte order mark', async (t) => {
    const store = await demo(t, { customers: 5 });
    const place = path.join(await folder(t), 'Jane Doe’s Requests & more');
    await mkdir(place);
    await writeFile(path.join(place, 'first requests.maho.json'), `\uFEFF${text.join('\r\n').replace(/,\r\n.*"Wrong".*\r\n/, '\r\n')}`);
    const { code, out } = await cli(['run', place, '--url', store.urls.v2, '--user', 'apiUser', '--reporter', 'pretty']);
    assert.equal(code, 0, out);
    assert.match(out, /1 passed/);
  });
});
