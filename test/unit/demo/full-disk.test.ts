import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { crc32 } from 'node:zlib';
import { ToolkitError } from '../../../src/api/errors';
import { startDemoStore } from '../../../src/demo';
import { DemoClient, record } from './client';

/** A small folder: a separate file system in memory. `undefined` if this user may not mount one. */
async function smallFolder(t: TestContext): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return undefined;
  const folder = await mkdtemp(join(tmpdir(), 'demo-small-'));
  const isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', folder]).status === 0;
  t.after(async () => {
    if (isMounted) spawnSync('umount', ['-l', folder]);
    await rm(folder, { recursive: true, force: true });
  });
  return isMounted ? folder : undefined;
}

async function fill(folder: string): Promise<void> {
  for (let size = 64 * 1024, file = 0; size >= 1; size = Math.floor(size / 2)) {
    try {
      for (;;) await writeFile(join(folder, `filler-${file++}`), Buffer.alloc(size));
    } catch (error) {
      assert.match(String(error), /ENOSPC/);
    }
  }
}

test('on a full disk, a store starts with its data, refuses writes, and accepts them again once there is room', async (t) => {
  const folder = await smallFolder(t);
  if (folder === undefined) return t.skip('no small file system can be mounted here');
  const dataFile = join(folder, 'store\n::warning::.data');
  const warnings: string[] = [];
  const onWarning = ({ message }: Error): void => void warnings.push(message);
  process.on('warning', onWarning);
  t.after(() => process.off('warning', onWarning));
  const first = await startDemoStore({ dataFile, customers: 5, product: 'maho@25' });
  await (await DemoClient.of(t, first, 'v1')).result('customer.update', { customerId: 1, customerData: { firstname: 'Kept' } });
  await first.close();
  await writeFile(dataFile, Buffer.concat([await readFile(dataFile), Buffer.from('12345678 {"torn')]));
  await fill(folder);

  const full = await startDemoStore({ dataFile, customers: 5, product: 'maho@25' });
  t.after(() => full.close());
  const client = await DemoClient.of(t, full, 'v1');
  assert.equal(record(await client.result('customer.info', { customerId: 1 }))['firstname'], 'Kept');
  const files = await readdir(folder);
  assert.ok(!files.some((name) => name.endsWith('.new')), 'nothing is left of the attempt to write it anew');
  assert.ok(warnings.some((text) => text.includes('no room')));
  assert.deepEqual(
    warnings.filter((text) => text.includes('\n')),
    [],
    'no name of a file begins a line of a build log',
  );
  let refused = 0;
  for (let id = 1; id <= 5; id++) {
    const data = { firstname: 'N'.repeat(250), lastname: 'N'.repeat(250), suffix: 'N'.repeat(250), prefix: 'N'.repeat(250) };
    for (let again = 0; again < 5; again++)
      if ((await client.call('customer.update', { customerId: id, customerData: data })).kind !== 'result') refused++;
  }
  assert.ok(refused > 0, 'a write that is not on the disk is not acknowledged');
  for (const file of files.filter((name) => name.startsWith('filler'))) await rm(join(folder, file));
  await client.result('customer.update', { customerId: 2, customerData: { firstname: 'Again' } });
  await full.close();

  const last = await startDemoStore({ dataFile, customers: 5, product: 'maho@25' });
  t.after(() => last.close());
  assert.equal(record(await (await DemoClient.of(t, last, 'v1')).result('customer.info', { customerId: 2 }))['firstname'], 'Again');
});

test('a line with a correct checksum but an unknown kind is an error at any place, and the file is unchanged', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'demo-unknown-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const dataFile = join(folder, 'store.data');
  await (await startDemoStore({ dataFile, customers: 2 })).close();
  const whole = await readFile(dataFile, 'utf8');
  const line = (json: string): string => `${crc32(json).toString(16).padStart(8, '0')} ${json}\n`;
  const [header = '', ...rest] = whole.split(/(?<=\n)/);
  for (const json of [
    '{"order":7}',
    '[]',
    '"x"',
    '7',
    'no JSON',
    '{"customer":-1,"values":{}}',
    '{"customer":1}',
    '{"format":"maho-soap demo store","version":2}',
  ]) {
    for (const content of [whole + line(json), header + line(json) + rest.join('')]) {
      await writeFile(dataFile, content);
      await assert.rejects(
        startDemoStore({ dataFile }),
        (error) => error instanceof ToolkitError && error.code === 'data-file-unknown',
        json,
      );
      assert.equal(await readFile(dataFile, 'utf8'), content);
    }
  }
  assert.deepEqual(await readdir(folder), ['store.data']);
});
