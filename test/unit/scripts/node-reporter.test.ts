import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';
import { out } from '../../../scripts/lib/project';
import type { TestEvent } from '../../../scripts/lib/test-event';
import { runTestFile } from '../../../scripts/lib/test-file';

/** What `npm test` would count for a test file with this text; it names tests by their source, though what runs is compiled. */
async function eventsOf(folder: string, text: string): Promise<TestEvent[]> {
  const file = path.join(folder, 'sample.test.mjs');
  await writeFile(file, `import { suite, test } from 'node:test';\nimport assert from 'node:assert/strict';\n${text}`);
  return await runTestFile(file, { name: path.relative(out, path.join(folder, 'report')) });
}

suite('What npm test counts', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'maho-soap-reporter-'));
  });
  after(() => rm(folder, { recursive: true }));

  test('a test once, however deep it stands, and never its suite', async () => {
    const events = await eventsOf(
      folder,
      "suite('outer', () => { suite('inner', () => { test('deep', () => {}); }); }); test('flat', () => {});",
    );
    const file = 'sample.test.ts';
    const passed = events.map((event) =>
      event.kind === 'passed' ? { name: event.name, file: event.file, timed: typeof event.ms } : event,
    );
    assert.deepEqual(passed, [
      { name: `${file}: deep`, file, timed: 'number' },
      { name: `${file}: flat`, file, timed: 'number' },
    ]);
  });

  test('a skipped test by name with its reason, whether it was skipped before or while it ran', async () => {
    const events = await eventsOf(
      folder,
      "test('a', { skip: 'no PHP' }, () => {}); test('b', (t) => { t.skip('no shop'); }); suite('c', { skip: 'no sea' " +
        "}, () => { test('d', () => {}); });",
    );
    assert.deepEqual(events, [
      { kind: 'skipped', name: 'sample.test.ts: a', reason: 'no PHP' },
      { kind: 'skipped', name: 'sample.test.ts: b', reason: 'no shop' },
      { kind: 'skipped', name: 'sample.test.ts: c', reason: 'no sea' },
    ]);
  });

  test('a failure once, with what was thrown', async () => {
    const [event, ...rest] = await eventsOf(folder, "suite('outer', () => { test('wrong', () => { assert.equal(1, 2); }); });");
    assert.deepEqual(rest, []);
    assert.equal(event?.kind === 'failed' && event.name, 'sample.test.ts: wrong');
    assert.match(event?.kind === 'failed' ? event.message : '', /AssertionError[^]*1 !== 2/);
  });

  test('a file without tests, and one that breaks before its tests, as failures', async () => {
    assert.deepEqual(await eventsOf(folder, ''), [{ kind: 'failed', name: 'sample.test.ts', message: 'This file holds no test.' }]);
    for (const text of ["throw new Error('early');", "test('a', () => {}); setTimeout(() => { throw new Error('early'); }, 200);"]) {
      const failures = (await eventsOf(folder, text)).filter((event) => event.kind === 'failed');
      assert.equal(failures.length, 1, text);
      assert.match(failures[0]?.message ?? '', /early/, text);
    }
  });

  test('a process that ends before its tests as a failure', async () => {
    const events = await eventsOf(folder, "test('a', () => {}); test('b', async () => { await new Promise(() => {}); });");
    assert.deepEqual(events.map(({ kind }) => kind).sort(), ['failed', 'passed']);
    const exits = await eventsOf(folder, "test('a', () => {}); test('b', () => { process.exit(3); });");
    assert.ok(
      exits.some(({ kind }) => kind === 'failed'),
      JSON.stringify(exits),
    );
  });

  test('a hook that fails as a failure', async () => {
    const events = await eventsOf(
      folder,
      "import { before } from 'node:test'; suite('s', () => { before(() => { throw new Error('no server'); }); test('t', () => {}); });",
    );
    assert.ok(
      events.some((event) => event.kind === 'failed' && event.message.includes('no server')),
      JSON.stringify(events),
    );
    assert.ok(!events.some(({ kind }) => kind === 'passed'), JSON.stringify(events));
  });
});
