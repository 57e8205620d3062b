import assert from 'node:assert/strict';
import { test } from 'node:test';
import { operationOfPath, pathOfOperation } from '../../../src/api/store-methods/names';
import { StoreMethods } from '../../../src/api/store-methods/store-methods';
import { isList, isRecord, type SoapValue } from '../../../src/api/value';
import { describeMethods } from '../../../src/soap/wsdl/store-methods';
import { describedStores, recordedMethods, recordedResources, recordedService } from '../../support/store-methods';

function pathsIn(resources: SoapValue): readonly string[] {
  const entries = (value: SoapValue | undefined): readonly SoapValue[] => (isList(value) ? value : []);
  return entries(resources)
    .flatMap((resource) => (isRecord(resource) ? entries(resource['methods']) : []))
    .map((method) => (isRecord(method) && typeof method['path'] === 'string' ? method['path'] : ''));
}

/** The operation that a path or another name of it would have if names always followed from each other; PHP does not look at the case. */
function likely(path: string): string {
  return path.replace(/[_.]/g, '').toLowerCase();
}

/** The names of each method that a store lists: its path first. */
function namesIn(resources: SoapValue): readonly (readonly string[])[] {
  const entries = (value: SoapValue | undefined): readonly SoapValue[] => (isList(value) ? value : []);
  return entries(resources)
    .flatMap((resource) => (isRecord(resource) ? entries(resource['methods']) : []))
    .map((method) => (isRecord(method) ? [method['path'], ...entries(method['aliases'])] : []).filter((name) => typeof name === 'string'));
}

const counts = { 'maho@26.7': 149, 'maho@25': 145, 'openmage@20.18': 144 } as const;

test('the names of 23 of 149 methods do not follow from each other', () => {
  const names = namesIn(recordedResources('maho@26.7'));
  const irregular = names.filter(([path = '', ...others]) => {
    const operation = operationOfPath(path).toLowerCase();
    return ![path, ...others].some((name) => likely(name) === operation);
  });
  assert.deepEqual([names.length, irregular.length], [149, 23], irregular.join());
});

for (const store of describedStores) {
  test(`every path that ${store} lists is an operation of its V2 WSDL, and back, by the table of names`, async () => {
    const paths = pathsIn(recordedResources(store));
    assert.equal(paths.length, counts[store]);
    const { operations } = await recordedService(store, 'v2');
    assert.deepEqual(
      paths.filter((path) => !Object.hasOwn(operations, operationOfPath(path))),
      [],
    );
    for (const path of paths) {
      const back = pathOfOperation(operationOfPath(path));
      assert.equal(`${back?.resource}.${back?.verb}`, path);
    }
  });

  test(`the methods of ${store} have both names, arguments and a result, and each name finds them`, async () => {
    const methods = new StoreMethods(await recordedMethods(store));
    const listed = methods.methods.filter(({ callable }) => callable === true);
    assert.equal(listed.length, counts[store]);
    for (const method of listed) {
      assert.ok(method.path !== undefined && method.operation !== undefined && method.args !== undefined, method.id);
      for (const name of [method.path, method.operation]) assert.equal(methods.find(name), method, name);
      assert.ok(method.dialects.includes('v1') && method.dialects.includes('v2'), method.id);
    }
  });

  for (const dialect of ['v2', 'wsi'] as const)
    test(`without resources, the ${dialect} WSDL of ${store} alone tells the same paths`, async () => {
      const whole = new StoreMethods(await recordedMethods(store));
      const alone = new StoreMethods(describeMethods({ [dialect]: await recordedService(store, dialect) }));
      const expected = whole.methods.filter(({ dialects }) => dialects.includes(dialect)).map(({ path }) => path);
      assert.deepEqual(alone.methods.map(({ path }) => path).sort(), expected.sort());
      assert.ok(alone.methods.every(({ callable }) => callable === undefined));
    });
}
