// Writes what a user of this version has, for later versions to be tried with: settings, keys, drafts, kept copies, the history, an import
// that was stopped, the data file of a demo store. Run it before a release and check the folder in:
// node --import tsx test/unit/updates/write.ts test/fixtures/updates/DATE
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { startDemoStore } from '../../../src/demo';
import { KeptArguments } from '../../../src/extension/api/kept-arguments';
import { RememberedCustomers } from '../../../src/extension/customer/remembered-customers';
import { Drafts } from '../../../src/extension/sheet/drafts';
import { KeptCopies } from '../../../src/extension/sheet/kept-copies';
import { ApiKeys } from '../../../src/extension/stores/api-keys';
import { KeyConsent } from '../../../src/extension/stores/key-consent';
import { storeId } from '../../../src/extension/stores/store-id';
import { History } from '../../../src/requests';
import { StoreClient } from '../../../src/store/calls/client';
import { copyCustomer } from '../../../src/store/customers/customer-copy';
import { guessMapping, openCsv, previewImport, runImport } from '../../../src/store/transfer';
import { JsonMemento } from '../../support/memento';
import { orderInfo } from './order-info';

const [out = ''] = process.argv.slice(2);
for (const folder of ['import', 'workspace']) await mkdir(path.join(out, folder), { recursive: true });
const memory = new JsonMemento();

const demo = await startDemoStore({ customers: 6, dataFile: path.join(out, 'demo-store.data') });
const [user] = demo.users;
if (user === undefined) throw new Error('The demo store has no user.');
const client = new StoreClient({ name: 'Demo', url: demo.urls.v2, user: user.user }, { key: () => Promise.resolve(user.key) });

// An import that was stopped after its first batch.
const file = path.join(out, 'import/customers.csv');
const rows = Array.from({ length: 130 }, (_, index) => `kept${index + 1}@example.com,Kept,Row ${index + 1},1`);
await writeFile(file, `email,firstname,lastname,website_id\nkept0@example.com,New,Name,1\n${rows.join('\n')}\n`);
await client.call('customer.create', { customerData: { email: 'kept0@example.com', firstname: 'Old', lastname: 'Name', website_id: 1 } });
const csv = await openCsv(file);
const mapping = guessMapping(csv.header);
const stop = new AbortController();
await runImport({ client, csv, mapping }, await previewImport({ client, csv, mapping }), {
  signal: stop.signal,
  onProgress: () => {
    stop.abort();
  },
});
await json('import/store.json', { url: client.config.url, user: client.config.user, mapping });
await memory.update('mahoSoap.importMappings', [{ header: csv.header, mapping }]);

// Settings, with every property of a store, and what is kept by them.
const shop = {
  name: 'Shop',
  url: 'https://shop.example.com/',
  user: 'api',
  environment: 'production',
  readOnly: true,
  dialect: 'v1',
  timeouts: { connect: 5000 },
  maxBytes: 1_000_000,
  webUser: 'door',
  caFile: '${env:SHOP_CA}',
  adminUrl: 'https://shop.example.com/admin',
} as const;
await json('settings.json', {
  'mahoSoap.stores': [shop, { name: 'Staging DE', url: 'staging.example.com/api/v2_soap?wsdl', user: '${env:SHOP_API_USER}' }],
  'mahoSoap.filters': [
    { name: 'Wholesale', filters: { group_id: '2', lastname: { like: 'Do%' } }, store: 'Shop' },
    { name: 'Without a birthday', filters: {}, empty: ['dob'], notEmpty: ['email'], store: 'Shop' },
  ],
  'mahoSoap.customers.order': 'oldest',
  'mahoSoap.code.help': false,
});
const id = storeId('user', shop);
const secrets: Record<string, string> = {};
const keys = new ApiKeys(
  {
    get: (name) => Promise.resolve(secrets[name]),
    store: (name, secret) => Promise.resolve(void (secrets[name] = secret)),
    delete: (name) => Promise.resolve(void Reflect.deleteProperty(secrets, name)),
  },
  console,
  new KeyConsent(memory, () => Promise.resolve(true)),
);
await keys.keep('api', { name: 'Shop', url: shop.url, user: 'api' }, 'key of api');
await keys.keep('api', { name: 'Staging DE', url: 'staging.example.com/api/v2_soap?wsdl', user: 'builder' }, 'key of builder');
await keys.keep('web', { name: 'Shop', url: shop.url, user: 'door' }, 'password of door');
await keys.keep('api', { name: 'Team', url: 'https://team.example.com', user: 'api', workspace: { caFile: undefined } }, 'key of the team');
await json('secrets.json', secrets);

// What other services keep as texts and lists of their own.
await memory.update('mahoSoap.activeStore', id);
await memory.update('mahoSoap.copyAs', 'TypeScript (V2)');
await memory.update('mahoSoap.environmentFile', 'file:///work%20space/staging.env.json');
await memory.update('mahoSoap.responseColumns', { 'customer.list': { order: ['email', 'customer_id'], hidden: ['taxvat'] } });
await memory.update('mahoSoap.tableColumns', { [id]: { order: ['email', 'customer_id'], hidden: ['taxvat'], widths: { email: 240 } } });
await memory.update('mahoSoap.linkedStores', [id]);

const drafts = new Drafts(memory);
const typed = [
  { code: 'lastname', from: 'Doe', to: 'Öztürk' },
  { code: 'dob', to: '1985-12-31' },
];
await drafts.keep(
  { store: id, customer: '7' },
  { changes: typed, address: { id: '12', changes: [{ code: 'city', from: 'Bonn', to: 'Köln' }] } },
);
await drafts.keep({ store: id }, { changes: [{ code: 'email', to: 'new@example.com' }] });
await new RememberedCustomers(memory).add(id, { customer_id: '7', firstname: 'Jane', lastname: 'Doe', email: 'jane@example.com' });
await new KeptArguments(memory).keep(id, orderInfo, ['100000001']);

const copies = new KeptCopies(path.join(out, 'storage'), (text) => {
  throw new Error(text);
});
const about = { version: 1, store: 'Shop', storeId: id, customerId: '7' } as const;
await copies.keep({ version: 1, at: '2026-11-28T18:00:00.000Z', store: 'Shop', storeId: id, ...(await copyCustomer(client, '1')) });
const changes = [{ code: 'lastname', from: 'Öztürk', to: 'Doe' }];
await copies.keepSave({
  ...about,
  at: '2026-11-28T18:01:00.000Z',
  name: 'Jane Doe',
  email: 'jane@example.com',
  changes,
  unknown: ['gender'],
});
await copies.keepAddress({
  ...about,
  at: '2026-11-28T18:02:00.000Z',
  undo: { order: { kind: 'update', address: '12', changes: [{ code: 'city', from: 'Köln', to: 'Bonn' }], defaults: [] }, lost: [] },
});

const history = new History();
const info = await client.call('customer.info', { customerId: 1 });
history.add(info.exchange, info.value);
const list = await client.call('customer.list', { filters: { email: { like: 'a%' } } });
history.add(list.exchange, list.value, { file: 'file:///work%20space/customers.maho.json', name: 'List' });
await json('workspace/history.json', history.entries);

await json('panels.json', {
  'mahoSoap.response': {
    memory: JSON.stringify({ title: 'List', store: id, call: { method: 'customer.list', args: { filters: {} }, dialect: 'v2' } }),
  },
  'mahoSoap.customerSheet': { place: { store: id, customer: '7' }, editing: true, changes: typed },
});
await json('state.json', Object.fromEntries(memory.keys().map((key) => [key, memory.get<unknown>(key)])));
await client.close();
await demo.close();

async function json(name: string, value: unknown): Promise<void> {
  await writeFile(path.join(out, name), `${JSON.stringify(value, undefined, 2)}\n`);
}
