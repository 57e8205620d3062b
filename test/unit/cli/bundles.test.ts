// The built command line and demo store. Their chunks share modules, so that an error class is the same class in all of them.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, suite, test } from 'node:test';

const root = resolve(import.meta.dirname, '../../..');

suite('The built command line', () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'maho-soap-built-'));
    const built = spawnSync(
      process.execPath,
      ['scripts/build.mjs', '--production', '--only', 'maho-soap,demo-store,wsdl-reader', '--out', folder],
      { cwd: root, encoding: 'utf8' },
    );
    assert.equal(built.status, 0, built.stderr);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const [mistake, says] of [
    [['--fault', 'bogus'], /^The demo store has no fault "bogus"\./],
    [['--fault', 'slow=soon'], /^The demo store has no fault "slow=soon"\./],
    [['--seed-file', 'nowhere.json'], /nowhere\.json/],
    [['--product', 'shopware'], /shopware/],
    [['--customers', 'many'], /--customers/],
    [['--port', '70000'], /--port/],
  ] as const) {
    test(`demo-store ${mistake.join(' ')} is reported as a mistake of the command line`, () => {
      const { status, stderr, stdout } = spawnSync(
        process.execPath,
        [join(folder, 'maho-soap.cjs'), 'demo-store', '--port', '0', '--wsi-port', '0', ...mistake],
        { cwd: folder, encoding: 'utf8', timeout: 240_000 },
      );
      assert.equal(status, 2, stdout + stderr);
      assert.match(stderr, says);
      assert.match(stderr, /What to do:/);
      assert.doesNotMatch(stderr, /bug in the toolkit/);
    });
  }

  const use = `const account = store.users[0]; console.log(account.user, Object.keys(store.urls).join(' ')); store.close();`;
  for (const [kind, file, program] of [
    [
      'a CommonJS module',
      'use.cjs',
      `const { startDemoStore } = require('./demo-store.cjs'); startDemoStore({ port: 0, wsiPort: 0 }).then((store) => { ${use} });`,
    ],
    [
      'an ES module',
      'use.mjs',
      `import { startDemoStore, parseFaults } from './demo-store.cjs'; parseFaults('notice'); const store = await ` +
        `startDemoStore({ port: 0, wsiPort: 0 }); ${use}`,
    ],
  ] as const) {
    test(`the demo store is a library for ${kind}`, () => {
      writeFileSync(join(folder, file), program);
      const { stdout, stderr } = spawnSync(process.execPath, [join(folder, file)], { encoding: 'utf8', timeout: 240_000 });
      assert.equal(stdout, 'apiUser v1 v2 wsi\n', stderr);
    });
  }

  test('a WSDL is read in its thread, which shares chunks with the main program', () => {
    writeFileSync(
      join(folder, 'start.cjs'),
      `require('./demo-store.cjs').startDemoStore({ port: 0, wsiPort: 0 }).then(async ({ urls, users: [{ user, key }], close }) => {
      const { status, stdout, stderr } = await new Promise((resolve) => {
        const child = require('node:child_process').execFile(process.execPath, [__dirname + '/maho-soap.cjs', 'call', 'customer.lst', '{}', '--url', urls.v2, '--user', user], { env: { MAHO_SOAP_KEY: key } }, (error, out, err) => { resolve({ status: error, stdout: out, stderr: err }); });
        child.stdin.end();
      });
      // Which methods there are is known from the description of the store alone.
      console.log(status === null ? stdout : stderr);
      await close();
    });`,
    );
    const { stdout, stderr } = spawnSync(process.execPath, [join(folder, 'start.cjs')], { encoding: 'utf8', timeout: 240_000 });
    assert.match(stdout, /customer\.lst/, stderr);
    assert.doesNotMatch(stdout, /cannot be read|is not a function/);
  });
});
