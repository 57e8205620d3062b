import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite, test, type TestContext } from 'node:test';
import { ToolkitError } from '../../../src/api/errors';
import { descriptionLimits } from '../../../src/api/store-methods/kept';
import { StoreMethods } from '../../../src/api/store-methods/store-methods';
import { startDemoStore } from '../../../src/demo';
import { readService } from '../../../src/soap/wsdl/read-service';
import { describeMethods } from '../../../src/soap/wsdl/store-methods';
import { productMethods } from '../../../src/api/store-methods/products';
import { KeptMethods } from '../../../src/store/methods/kept-methods';

const place = { url: 'https://shop.example.com/secret-path/api/v2_soap', user: 'apiUser' };
const { description } = await productMethods('maho');

async function folderOf(t: TestContext): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'maho-methods-'));
  t.after(async () => await rm(folder, { recursive: true }));
  return folder;
}

interface Keeper {
  readonly folder: string;
  readonly kept: KeptMethods;
  readonly problems: readonly string[];
}

async function keeper(t: TestContext): Promise<Keeper> {
  const folder = path.join(await folderOf(t), 'methods');
  const problems: string[] = [];
  return { folder, kept: new KeptMethods(folder, (what) => void problems.push(what)), problems };
}

async function fileIn(folder: string): Promise<string> {
  const names = await readdir(folder);
  assert.equal(names.length, 1, names.join());
  return path.join(folder, names[0] ?? '');
}

test('a WSDL that ends early tells of what it has, and of nothing that it lacks', async (t) => {
  const demo = await startDemoStore({ customers: 1 });
  t.after(() => demo.close());
  const whole = await (await fetch(`${demo.urls.v2}?wsdl=1`)).text();
  const service = await readService(new TextEncoder().encode(whole.slice(0, whole.lastIndexOf('</binding>') - 4000)), 'hash');
  const methods = new StoreMethods(describeMethods({ v2: service }));
  assert.ok(methods.methods.length > 0 && !methods.isWhole, 'so no method is said not to be there');
  assert.deepEqual(StoreMethods.read(JSON.parse(JSON.stringify(methods.description)))?.isWhole, false, 'also when it was kept');
  assert.ok(new StoreMethods(describeMethods({ v2: await readService(new TextEncoder().encode(whole), 'hash') })).isWhole);
});

suite('descriptions that are kept', () => {
  test('come back for the same store and user, and for no other', async (t) => {
    const { kept, problems } = await keeper(t);
    assert.equal(await kept.read(place), undefined);
    await kept.write(place, description);
    const read = await kept.read(place);
    assert.deepEqual(read?.methods.description, description);
    assert.ok(read.at !== undefined && Math.abs(Date.now() - read.at.getTime()) < 600_000);
    assert.equal(await kept.read({ ...place, user: 'other' }), undefined);
    assert.equal(await kept.read({ ...place, url: 'https://shop.example.com' }), undefined);
    assert.deepEqual(problems, []);
  });

  test('do not say whose they are', async (t) => {
    const { folder, kept } = await keeper(t);
    await kept.write(place, description);
    const file = await fileIn(folder);
    const text = await readFile(file, 'utf8');
    for (const part of ['shop.example.com', 'secret-path', place.user]) assert.ok(!text.includes(part) && !file.includes(part), part);
  });

  test('are replaced whole', async (t) => {
    const { folder, kept } = await keeper(t);
    await kept.write(place, description);
    await kept.write(place, { ...description, namespace: 'urn:Other' });
    await fileIn(folder);
    assert.equal((await kept.read(place))?.methods.description.namespace, 'urn:Other');
  });

  test('stay when a later reading lacks a part that the store did not answer for, and go when the store changed', async (t) => {
    const { kept } = await keeper(t);
    const missing = [new ToolkitError('transport', { code: 'timeout', what: 'The store did not answer in time.' })];
    const lesser = { ...description, from: ['v1' as const], resources: description.resources.slice(0, 1) };
    assert.deepEqual((await kept.keep(place, { description: lesser, missing })).description, lesser, 'better than nothing');
    assert.deepEqual((await kept.keep(place, { description, missing: [] })).description, description);
    assert.deepEqual((await kept.keep(place, { description: lesser, missing })).description, description);
    assert.deepEqual((await kept.read(place))?.methods.description, description);
    const cut = { ...description, cutOff: true, resources: description.resources.slice(1) };
    assert.deepEqual((await kept.keep(place, { description: cut, missing })).description, description, 'of a WSDL that ended early');
    const changed = { ...description, resources: description.resources.slice(1) };
    assert.deepEqual((await kept.keep(place, { description: changed, missing })).description, changed, 'nothing is missing that was there');
    assert.deepEqual((await kept.keep(place, { description: lesser, missing: [] })).description, lesser, 'the store says so itself');
    assert.deepEqual((await kept.read(place))?.methods.description, lesser);
  });

  test('count as missing where somebody wrote something else', async (t) => {
    const { folder, kept } = await keeper(t);
    const whole = { version: 1, readAt: new Date().toISOString(), description };
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    for (const content of [
      '',
      'null',
      '{',
      deep,
      JSON.stringify({ ...whole, version: 2 }),
      JSON.stringify({ ...whole, description: { ...description, version: 99 } }),
      JSON.stringify({ ...whole, description: { ...description, resources: [{ name: 5 }] } }),
      JSON.stringify({ ...whole, description: { ...description, types: { a: 'x'.repeat(descriptionLimits.textCharacters + 1) } } }),
      JSON.stringify({ ...whole, readAt: 'x'.repeat(1000) }),
    ]) {
      await kept.write(place, description);
      await writeFile(await fileIn(folder), content);
      assert.equal(await kept.read(place), undefined, content.slice(0, 80));
    }
    // A time that is not one does not cost the description.
    await writeFile(await fileIn(folder), JSON.stringify({ ...whole, readAt: 'yesterday' }));
    assert.equal((await kept.read(place))?.at, undefined);
  });

  test('names such as __proto__ are names', async (t) => {
    const { folder, kept } = await keeper(t);
    await kept.write(place, description);
    const file = await fileIn(folder);
    const text = JSON.stringify({ version: 1, readAt: '', description: { ...description, types: {}, resources: [] } }).replace(
      '"types":{}',
      '"types":{"__proto__":"a:string","constructor":"b:int"}',
    );
    await writeFile(file, text);
    assert.ok((await kept.read(place)) !== undefined);
    assert.equal(Object.hasOwn(Object.prototype, 'a'), false);
  });

  test('are not read into memory where they are too large', async (t) => {
    const { folder, kept } = await keeper(t);
    await kept.write(place, description);
    // A file with a hole: it takes no room on the disk.
    await truncate(await fileIn(folder), 64 * 1024 * 1024 * 1024);
    assert.equal(await kept.read(place), undefined);
  });

  test('make room: those that were not used for the longest time go first', async (t) => {
    const { folder, kept } = await keeper(t);
    await mkdir(folder, { recursive: true });
    const name = (number: number): string =>
      path.join(folder, `${createHash('sha256').update(String(number)).digest('hex').slice(0, 40)}.json`);
    for (let number = 0; number < 110; number++) {
      await writeFile(name(number), '{}');
      await utimes(name(number), 1_000_000 + number, 1_000_000 + number);
    }
    await kept.write(place, description);
    const left = await readdir(folder);
    assert.equal(left.length, 100);
    assert.ok(!left.includes(path.basename(name(0))) && left.includes(path.basename(name(109))));
    assert.ok((await kept.read(place)) !== undefined);
  });

  test('are done without where the folder cannot be used', async (t) => {
    const folder = path.join(await folderOf(t), 'file');
    await writeFile(folder, '');
    const problems: string[] = [];
    const kept = new KeptMethods(folder, (what) => void problems.push(what));
    await kept.write(place, description);
    assert.equal(await kept.read(place), undefined);
    assert.ok(problems.length > 0);
  });
});
