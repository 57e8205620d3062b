import assert from 'node:assert/strict';
import { test } from 'node:test';
import { filledFrom } from '../../../src/api/store-methods/filled';
import { keptDescription } from '../../../src/api/store-methods/kept';
import { productMethods } from '../../../src/api/store-methods/products';
import { StoreMethods } from '../../../src/api/store-methods/store-methods';
import { describeMethods } from '../../../src/soap/wsdl/store-methods';
import { StoreClient } from '../../../src/store';
import { readMethods } from '../../../src/store/calls/store-methods';
import { startDemoStore } from '../../../src/demo';
import { recordedMethods, recordedService } from '../../support/store-methods';

const maho = (await productMethods('maho')).description;

for (const dialect of ['v2', 'wsi'] as const)
  test(`what the other WSDL would add to that of ${dialect} comes from the product, and agrees with what was recorded`, async () => {
    const alone = describeMethods({ [dialect]: await recordedService('maho@25', dialect) });
    const filled = new StoreMethods(filledFrom(alone, maho));
    const whole = new StoreMethods(await recordedMethods('maho@25'));
    let [optional, names] = [0, 0];
    for (const method of filled.methods) {
      const recorded = method.operation === undefined ? undefined : whole.find(method.operation);
      for (const [index, arg] of (method.args ?? []).entries()) {
        const same = recorded?.args?.[index];
        if (same === undefined) continue;
        if (arg.optional !== undefined && same.optional !== undefined) optional += arg.optional === same.optional ? 1 : 0;
        if (arg.names.v2 !== arg.names.wsi) {
          names++;
          assert.deepEqual(arg.names, same.names, `${method.id} ${index}`);
        }
        if (arg.optional !== undefined && same.optional !== undefined)
          assert.equal(arg.optional, same.optional, `${method.id} ${arg.name}`);
      }
    }
    assert.ok(optional > 200 && names > 20, `${optional} that may be left out or not, ${names} names`);
    assert.ok(keptDescription.safeParse(filled.description).success);
  });

test('what the store says itself stays, and so does what the product does not know', async () => {
  const both = await recordedMethods('openmage@20.18');
  assert.equal(filledFrom(both, maho), both);
  const own = {
    ...maho,
    from: ['v2' as const],
    resources: [
      {
        name: 'catalog_product',
        methods: [
          { name: 'list', operation: 'catalogProductList', args: 'conditions:filters* storeView:int*' },
          { name: 'acme', operation: 'catalogProductAcme', args: 'a:string*' },
        ],
      },
    ],
  };
  const [list, acme] = filledFrom(own, maho).resources[0]?.methods ?? [];
  assert.equal(list?.args, 'conditions:filters* storeView/store:int?', 'another name is another argument, and types are the store’s');
  assert.equal(acme?.args, 'a:string*');
});

test('methods that are read over V2 alone say what may be left out and what WS-I calls it', async (t) => {
  const demo = await startDemoStore({ customers: 1 });
  t.after(() => demo.close());
  const [admin] = demo.users;
  assert.ok(admin !== undefined);
  const client = new StoreClient(
    { name: 'Shop', url: demo.urls.v2, user: admin.user, dialect: 'v2' },
    { key: () => Promise.resolve(admin.key) },
  );
  t.after(() => client.close());
  const methods = new StoreMethods((await readMethods(client)).description);
  const list = methods.find('catalog_product.list');
  assert.deepEqual(
    list?.args?.map(({ name, names, optional }) => [name, names.wsi, optional]),
    [
      ['filters', 'filters', false],
      ['storeView', 'store', true],
    ],
  );
});
