import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { soapDialects } from '../../src/api/dialect';
import { knownResources } from '../../src/api/resources';
import { productMethods, products } from '../../src/api/store-methods/products';
import { any, entity, list, string } from '../../src/api/types';
import { catalogueModel, generateTypes, storeModel, typedMethods, type TypeModel } from '../../src/codegen/index';
import { describeService } from '../../src/store/soap/describe';
import { familyOf } from '../../src/soap/family';
import { phpSkip, runPhp } from '../support/php';
import { wireFile } from '../support/wire';
import { admin, compile, project, still } from './codegen-support';

/** A store's WSDL may contain names and documentation that try to break out of the generated code. */
const hostile: TypeModel = {
  source: 'https://shop.example/ */ evil(); ?>',
  entities: [
    entity('class', [{ name: 'list', type: list('x', string), title: 'L', doc: 'ends */ here ?> \n * and goes on' }]),
    entity('Class', [
      { name: "it's */ odd", type: string, title: '', doc: '' },
      { name: '__proto__', type: string, title: '', doc: '' },
    ]),
    entity('*/', []),
  ],
  methods: [{ id: "x'.y", operation: 'a();b', doc: '*/ evil() /*', args: [], result: { type: string, part: 'r', doc: '' }, faults: [] }],
};

test('TypeScript types compile strictly and describe what the API accepts', async () => {
  const { folder, remove } = await project();
  // The file ends in .ts, since the compiler checks declaration files only if they are used.
  try {
    await writeFile(join(folder, 'maho-soap.ts'), generateTypes('typescript', catalogueModel()));
    await writeFile(join(folder, 'hostile.ts'), generateTypes('typescript', hostile));
    const good = `
import type { CustomerCustomerEntity, CustomerCustomerEntityV1, FiltersV1, MahoMethods, MahoV2Client, MahoWsiClient } from './maho-soap.js';
declare const wsi: MahoWsiClient;
declare const v2: MahoV2Client;
const [{ result: session }] = await wsi.loginAsync({ username: 'u', apiKey: 'k' });
const [answer] = await wsi.customerCustomerListAsync({ sessionId: session, filters: { complex_filter: { complexObjectArray: [{ key: 'customer_id', value: { key: 'from', value: '1' } }] } } });
const customers: CustomerCustomerEntity[] = answer.result?.complexObjectArray ?? [];
export const id: number | undefined = customers[0]?.customer_id;
await v2.customerAddressCreateAsync({ sessionId: session, customerId: 1, addressData: { street: { item: ['a', 'b'] }, city: 'c' } });
const filters: FiltersV1 = { group_id: { in: [1, 3] }, email: [{ like: 'a%' }, { like: 'b%' }], lastname: 'Doe' };
export const args: MahoMethods['customer.list']['args'] = [filters];
export const gender = (customer: CustomerCustomerEntityV1): string | number | null | undefined => customer.gender;
`;
    const bad = good.replace("key: 'from', value: '1' }", "key: 'from', valeu: '1' }");
    await writeFile(join(folder, 'good.mts'), good);
    await writeFile(join(folder, 'bad.mts'), bad);
    assert.equal(compile(folder, ['good.mts', 'maho-soap.ts', 'hostile.ts']), '');
    assert.match(compile(folder, ['bad.mts']), /bad\.mts\(6,.*valeu/);
  } finally {
    await remove();
  }
});

for (const product of products)
  test(`types of every method of ${product} compile in TypeScript and PHP`, { skip: phpSkip }, async () => {
    const methods = typedMethods(knownResources.methods, await productMethods(product), ['*'], 'v2');
    assert.ok(methods.length >= 140, `${methods.length}`);
    const model = storeModel(product, methods);
    const { folder, remove } = await project();
    try {
      await writeFile(join(folder, 'maho-soap.ts'), generateTypes('typescript', model));
      const use = `
import type { CatalogProductCreateEntity, MahoMethods, MahoOperations } from './maho-soap.js';
export const data: CatalogProductCreateEntity = { name: 'A', stock_data: { is_in_stock: 1 } };
export const args: MahoMethods['sales_order.list']['args'] = [{ status: 'pending' }];
export const order: MahoOperations['salesOrderInfo']['args'] = { orderIncrementId: '100000001' };
`;
      await writeFile(join(folder, 'use.mts'), use);
      await writeFile(join(folder, 'wrong.mts'), use.replace('orderIncrementId', 'orderId'));
      assert.equal(compile(folder, ['use.mts', 'maho-soap.ts']), '');
      assert.match(compile(folder, ['wrong.mts']), /wrong\.mts\(5,.*orderId/);
    } finally {
      await remove();
    }
    const { status, stderr } = await runPhp(generateTypes('php', model));
    assert.deepEqual({ status, stderr }, { status: 0, stderr: '' });
  });

test("types of a store include the store's additions, and compile", async () => {
  const wsdl = wireFile('wsdl-v2.xml')
    .replace(/(<complexType name="customerCustomerEntity">\s*<all>)/, '$1<element name="loyalty_points" type="xsd:int" minOccurs="0"/>')
    .replaceAll('customerAddressDelete', 'customerCustomerMerge');
  const model = storeModel('https://shop.example/api/v2_soap/', familyOf(await describeService(Buffer.from(wsdl))));
  const { folder, remove } = await project();
  try {
    await writeFile(join(folder, 'maho-soap.ts'), generateTypes('typescript', model));
    await writeFile(
      join(folder, 'good.mts'),
      `
import type { CustomerCustomerEntity, MahoMethods, MahoOperations } from './maho-soap.js';
export const points = (customer: CustomerCustomerEntity): number | undefined => customer.loyalty_points;
export type Merge = [MahoMethods['customer.merge'], MahoOperations['customerCustomerMerge']];
`,
    );
    assert.equal(compile(folder, ['good.mts', 'maho-soap.ts']), '');
  } finally {
    await remove();
  }
  if (phpSkip !== false) return;
  const ran = await runPhp(
    `${generateTypes('php', model)}\necho CustomerCustomerEntity::fromSoap(['loyalty_points' => '7'])->loyalty_points;`,
  );
  assert.deepEqual(ran, { status: 0, stderr: '', stdout: '7' });
});

test('hostile names and documentation stay inside comments and strings', { skip: phpSkip }, async () => {
  const ran = await runPhp(`${generateTypes('php', hostile)}\necho json_encode([ClassEntity::fromSoap(['list' => ['a']])->toSoap()]);`);
  assert.deepEqual(ran, { status: 0, stderr: '', stdout: '[{"list":["a"]}]' });
});

test('PHP classes read the values of SoapClient in every dialect, and write values that it accepts', { skip: phpSkip }, async () => {
  const store = await still();
  try {
    const { user, key } = admin(store);
    for (const dialect of soapDialects) {
      const wsi = dialect === 'wsi';
      const call =
        dialect === 'v1'
          ? "$client->call($session, 'customer.info', [2])"
          : wsi
            ? "$client->customerCustomerInfo(['sessionId' => $session, 'customerId' => 2])->result"
            : '$client->customerCustomerInfo($session, 2)';
      const update =
        dialect === 'v1'
          ? "$client->call($session, 'customer.update', [2, $data])"
          : wsi
            ? "$client->customerCustomerUpdate(['sessionId' => $session, 'customerId' => 2, 'customerData' => $data])->result"
            : '$client->customerCustomerUpdate($session, 2, $data)';
      const program = `${generateTypes('php', catalogueModel())}
$client = new ${wsi ? 'MahoWsiClient' : 'MahoV2Client'}('${store.urls[dialect]}?wsdl');
$session = ${wsi ? `$client->login(['username' => '${user}', 'apiKey' => getenv('MAHO_SOAP_KEY')])->result` : `$client->login('${user}', getenv('MAHO_SOAP_KEY'))`};
$data = (new CustomerCustomerEntityToCreate(firstname: 'From ${dialect}', group_id: 2))->toSoap();
$saved = ${update};
$customer = CustomerCustomerEntity::fromSoap(${call});
echo json_encode([$saved, $customer->customer_id, $customer->firstname, $customer->group_id]);`;
      assert.deepEqual(
        await runPhp(program, { MAHO_SOAP_KEY: key }),
        { status: 0, stderr: '', stdout: `[true,2,"From ${dialect}",2]` },
        dialect,
      );
    }
  } finally {
    await store.close();
  }
});

test('PHP classes work with the classmap of SoapClient, and missing values are null', { skip: phpSkip }, async () => {
  const store = await still();
  try {
    const { user, key } = admin(store);
    const login = {
      v2: `$client->login('${user}', getenv('MAHO_SOAP_KEY'))`,
      wsi: `$client->login(['username' => '${user}', 'apiKey' => getenv('MAHO_SOAP_KEY')])->result`,
    };
    const list = {
      v2: '$client->customerCustomerList($session)',
      wsi: "$client->customerCustomerList(['sessionId' => $session, 'filters' => []])->result->complexObjectArray",
    };
    const end = { v2: '$client->endSession($session)', wsi: "$client->endSession(['sessionId' => $session])->result" };
    for (const dialect of ['v2', 'wsi'] as const) {
      const client = dialect === 'v2' ? 'MahoV2Client' : 'MahoWsiClient';
      const program = `${generateTypes('php', catalogueModel())}
$client = new ${client}('${store.urls[dialect]}?wsdl', ['classmap' => ${client}::CLASSMAP]);
$session = ${login[dialect]};
$customers = ${list[dialect]};
$names = array_map(fn (CustomerCustomerEntity $customer): array => [$customer->customer_id, $customer->email, $customer->middlename], $customers);
echo json_encode([count($names), $names[0][0], str_contains($names[0][1], '@'), in_array(null, array_column($names, 2), true), ${end[dialect]}]);`;
      assert.deepEqual(await runPhp(program, { MAHO_SOAP_KEY: key }), { status: 0, stderr: '', stdout: '[25,1,true,true,true]' }, dialect);
    }
  } finally {
    await store.close();
  }
});

test('PHP types describe every argument and result, and support every type of a WSDL', { skip: phpSkip }, async () => {
  const php = generateTypes('php', catalogueModel());
  assert.doesNotMatch(php, /mixed/);
  for (const client of ['MahoV1Client', 'MahoV2Client', 'MahoWsiClient']) {
    const doc = new RegExp(`/\\*\\*(?:(?!\\*/)[\\s\\S])*\\*/\\nclass ${client} `).exec(php)?.[0] ?? '';
    for (const operation of ['login', 'endSession', 'resources', 'globalFaults', 'resourceFaults', 'startSession'])
      assert.match(doc, new RegExp(`@method \\S.* ${operation}\\(`), `${client} ${operation}`);
  }
  assert.match(
    php,
    /@method int customerAddressCreate\(string \$sessionId, int\|string \$customerId, array\{.*street\?: list<string>.*\} \$addressData\)/,
  );
  // A field of an unknown type: PHP does not allow `?mixed`.
  const odd: TypeModel = {
    source: 'a store',
    entities: [
      entity('customerCustomerEntity', [
        { name: 'loyalty', type: any, title: '', doc: '' },
        { name: 'this', type: string, title: '', doc: '' },
        { name: 'var', type: list('l', any), title: '', doc: '' },
      ]),
    ],
    methods: [],
  };
  const ran = await runPhp(
    `${generateTypes('php', odd)}\necho json_encode(CustomerCustomerEntity::fromSoap(['loyalty' => [1], 'this' => ` +
      `'x', 'var' => [2, 'y']])->toSoap());`,
  );
  assert.deepEqual(ran, { status: 0, stderr: '', stdout: '{"loyalty":[1],"this":"x","var":[2,"y"]}' });
});
