// The command line as it is built: it and the demo store are bundles of their own, each with its own copy of the error class.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { FaultError, ToolkitError } from '../../../src/api/errors';
import { DecodeError } from '../../../src/soap/xml/errors';

const root = resolve(import.meta.dirname, '../../..');

suite('The command line as it is built', () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'maho-soap-built-'));
    const built = spawnSync(process.execPath, ['scripts/build.mjs', '--production', '--only', 'maho-soap,demo-store', '--out', folder], { cwd: root, encoding: 'utf8' });
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
    test(`demo-store ${mistake.join(' ')} is the mistake of who typed it`, () => {
      const { status, stderr, stdout } = spawnSync(process.execPath, [join(folder, 'maho-soap.cjs'), 'demo-store', '--port', '0', '--wsi-port', '0', ...mistake], { cwd: folder, encoding: 'utf8', timeout: 20_000 });
      assert.equal(status, 2, stdout + stderr);
      assert.match(stderr, says);
      assert.match(stderr, /What to do:/);
      assert.doesNotMatch(stderr, /mistake in the toolkit/);
    });
  }
});

test('an error of another copy of the class is an error of the toolkit; classes derived from it stay apart', () => {
  const brand = Symbol.for('maho-soap-toolkit.ToolkitError');
  assert.ok(Object.assign(new Error('from another bundle'), { [brand]: true }) instanceof ToolkitError);
  const fault = new FaultError({ code: '2', message: 'no' }, { what: 'no' });
  assert.ok(fault instanceof ToolkitError && fault instanceof FaultError);
  assert.ok(!(fault instanceof DecodeError));
  const plain = new ToolkitError('input', { code: 'a', what: 'b' });
  assert.ok(plain instanceof ToolkitError && !(plain instanceof FaultError));
  for (const other of [new Error('x'), new TypeError('x'), undefined, null, 'text', {}, 1]) assert.ok(!(other instanceof ToolkitError));
});
