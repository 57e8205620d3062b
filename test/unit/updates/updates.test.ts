// What a user of an earlier version has, as that version wrote it (`write.ts`), is there after an update.
import assert from 'node:assert/strict';
import { cpSync, readdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'node:test';
import { Ajv } from 'ajv';
import * as z from 'zod/mini';
import { isList, isRecord } from '../../../src/api/value';
import { startDemoStore } from '../../../src/demo';
import { KeptArguments } from '../../../src/extension/api/kept-arguments';
import { text } from '../../../src/extension/customer/customer-summary';
import { savedFilter } from '../../../src/extension/customer/saved-filter';
import { RememberedCustomers } from '../../../src/extension/customer/remembered-customers';
import { Drafts } from '../../../src/extension/sheet/drafts';
import { KeptCopies } from '../../../src/extension/sheet/kept-copies';
import { ApiKeys } from '../../../src/extension/stores/api-keys';
import { KeyConsent } from '../../../src/extension/stores/key-consent';
import { storeId } from '../../../src/extension/stores/store-id';
import { sheetMemory } from '../../../src/pages/sheet-messages';
import { History, parseJson, parseRequestFile, toRequestFile } from '../../../src/requests';
import { storeConfig } from '../../../src/store/settings/config';
import { importKey, importMapping, ImportJournal, openCsv, previewImport, runImport } from '../../../src/store/transfer';
import { readManifest } from '../../support/manifest';
import { JsonMemento } from '../../support/memento';
import { clientOf, folder } from '../transfer/support';
import { orderInfo } from './order-info';

const root = path.resolve(import.meta.dirname, '../../..');
const fixtures = path.join(root, 'test/fixtures/updates');
const versions = readdirSync(fixtures);

const settings = z.object({ 'mahoSoap.stores': z.array(z.unknown()), 'mahoSoap.filters': z.array(z.unknown()) });
const importStore = z.object({ url: z.string(), user: z.string(), mapping: importMapping });

test('files of the first version and of a later one are tried', () => {
  assert.deepEqual(versions.slice(0, 2), ['2026-11-24', '2026-11-28']);
});

for (const version of versions) {
  const from = path.join(fixtures, version);

  suite(`After an update from ${version}`, () => {
    test('each entry of the settings means what it meant', () => {
      const written = settings.parse(json(from, 'settings.json'));
      for (const entry of written['mahoSoap.stores']) assert.deepEqual(storeConfig.parse(entry), entry);
      for (const entry of written['mahoSoap.filters']) assert.deepEqual(savedFilter.parse(entry), entry);
    });

    test('VS Code finds nothing wrong with the settings', () => {
      const declared = z
        .object({ contributes: z.object({ configuration: z.object({ properties: z.record(z.string(), z.looseObject({})) }) }) })
        .parse(readManifest()).contributes.configuration.properties;
      const ajv = new Ajv({ strict: false });
      for (const [name, value] of Object.entries(record(json(from, 'settings.json')))) {
        const schema = declared[name] ?? assert.fail(`${name} is not a setting any more`);
        assert.ok(ajv.validate(schema, value), `${name}: ${ajv.errorsText()}`);
      }
    });

    test('keys and passwords are found for their stores', async () => {
      const kept = record(json(from, 'secrets.json'));
      const keys = new ApiKeys(
        {
          get: (name) => Promise.resolve(typeof kept[name] === 'string' ? kept[name] : undefined),
          store: () => Promise.reject(new Error('nothing is written')),
          delete: () => Promise.reject(new Error('nothing is deleted')),
        },
        { warn: assert.fail },
        new KeyConsent(memento(from), () => Promise.reject(new Error('nothing is asked'))),
      );
      const shop = { name: 'Shop', url: 'https://shop.example.com/', user: 'api' };
      assert.equal(await keys.get('api', shop), 'key of api');
      assert.equal(await keys.get('web', { ...shop, user: 'door' }), 'password of door');
      const staging = { name: 'Staging DE', url: 'staging.example.com/api/v2_soap?wsdl', user: 'builder' };
      assert.equal(await keys.get('api', staging), 'key of builder');
      const team = { name: 'Team', url: 'https://team.example.com', user: 'api', workspace: { caFile: undefined } };
      // The first version asked for no agreement, and kept none.
      if (memento(from).get('mahoSoap.keyConsent') !== undefined) assert.equal(await keys.get('api', team), 'key of the team');
    });

    test('stores have the IDs by which everything else refers to them', () => {
      const [shop] = settings.parse(json(from, 'settings.json'))['mahoSoap.stores'];
      assert.equal(storeId('user', storeConfig.parse(shop)), memento(from).get('mahoSoap.activeStore'));
    });

    test('each thing that is kept for the workspace is still looked for under its name', () => {
      const source = filesBelow(path.join(root, 'src/extension'), '.ts').map((file) => readFileSync(file, 'utf8'));
      const code = source.join('\n');
      const names = memento(from).keys();
      assert.ok(names.length >= 6);
      assert.deepEqual(
        names.filter((name) => !code.includes(`'${name}'`)),
        [],
      );
    });

    test('drafts are offered', () => {
      const id = activeStore(from);
      const { changes } = new Drafts(memento(from)).of({ store: id, customer: '7' });
      assert.deepEqual(changes, [
        { code: 'lastname', from: 'Doe', to: 'Öztürk' },
        { code: 'dob', to: '1985-12-31' },
      ]);
      assert.deepEqual(new Drafts(memento(from)).of({ store: id }).changes, [{ code: 'email', to: 'new@example.com' }]);
      const { 'mahoSoap.customerSheet': sheet } = record(json(from, 'panels.json'));
      assert.deepEqual(sheetMemory.parse(sheet).changes, changes);
    });

    test('kept copies can be brought back', async () => {
      const copies = new KeptCopies(path.join(from, 'storage'), assert.fail);
      const place = { store: activeStore(from), customer: '7' };
      const [copy, ...others] = await copies.all();
      assert.deepEqual([others.length, text(copy?.kept.customer['customer_id'] ?? null), copy?.kept.addresses.length], [0, '1', 1]);
      assert.deepEqual((await copies.lastSave(place))?.changes, [{ code: 'lastname', from: 'Öztürk', to: 'Doe' }]);
      const hadAddresses = readdirSync(path.join(from, 'storage')).includes('overwritten-addresses');
      assert.equal((await copies.addresses()).length, hadAddresses ? 1 : 0);
      assert.equal((await copies.lastAddress(place))?.undo.order.kind, hadAddresses ? 'update' : undefined);
    });

    test('the history has each exchange, with what was sent and answered, and can be run again', () => {
      const written = json(from, 'workspace/history.json');
      const { entries } = History.from(written);
      assert.deepEqual(JSON.parse(JSON.stringify(entries)), written);
      assert.equal(entries.length, 2);
      for (const entry of entries) {
        assert.ok(entry.request.includes('Envelope') && entry.response.includes('Envelope') && entry.value !== undefined);
        assert.equal(parseRequestFile(toRequestFile([entry])).problems.length, 0);
      }
    });

    test('mappings of columns, recent customers and arguments are remembered', () => {
      const memory = memento(from);
      const kept = z.array(z.object({ header: z.array(z.string()), mapping: importMapping })).parse(memory.get('mahoSoap.importMappings'));
      assert.deepEqual(kept[0]?.mapping.columns, ['email', 'firstname', 'lastname', 'website_id']);
      if (memory.get('mahoSoap.recentFinds') !== undefined)
        assert.deepEqual(
          new RememberedCustomers(memory).recent(activeStore(from)).map((row) => row['email']),
          ['jane@example.com'],
        );
      if (memory.get('mahoSoap.api.arguments') !== undefined)
        assert.deepEqual(new KeptArguments(memory).of(activeStore(from), orderInfo), ['100000001']);
    });

    test('an import that was stopped goes on where it stopped, in the data that a demo store kept', async (t) => {
      const dir = await folder(t);
      cpSync(from, dir, { recursive: true });
      const { mapping, ...written } = importStore.parse(json(dir, 'import/store.json'));
      const file = path.join(dir, 'import/customers.csv');
      const csv = await openCsv(file);
      const key = importKey(csv.hash, mapping, written);
      const journal = path.join(dir, 'import', `customers.import-${key.slice(0, 8)}.jsonl`);
      assert.equal((await ImportJournal.read(journal, key)).size, 50);

      const store = await startDemoStore({ product: 'maho@25', dataFile: path.join(dir, 'demo-store.data') });
      t.after(() => store.close());
      const client = clientOf(t, store);
      // The address of the store is part of the key, and its port is another one now.
      const now = importKey(csv.hash, mapping, client.config);
      writeFileSync(journal, readFileSync(journal, 'utf8').replace(key, now));
      renameSync(journal, path.join(dir, 'import', `customers.import-${now.slice(0, 8)}.jsonl`));
      const job = { client, csv, mapping };
      const preview = await previewImport(job);
      assert.deepEqual([preview.done, preview.counts.create, preview.counts.update], [50, 81, 0]);
      const { end, counts } = await runImport(job, preview);
      assert.deepEqual([end, counts.created, counts.updated], ['complete', 81, 0]);
      const { value } = await client.call('customer.list', {});
      const emails = (isList(value) ? value : []).map((row) => (isRecord(row) ? row['email'] : ''));
      assert.deepEqual([emails.length, new Set(emails).size], [6 + 131, 6 + 131]);
    });

    test('request files read as they did', () => {
      const files = filesBelow(from, '.maho.json');
      for (const file of files) assert.deepEqual(parseRequestFile(readFileSync(file, 'utf8')).problems, [], file);
      assert.ok(files.length > 10 || version !== '2026-11-24');
    });
  });
}

test('an import through a link goes on from the journal that version 0.1.0 wrote beside the link', async (t) => {
  const dir = await folder(t);
  const from = path.join(fixtures, '2026-11-24/import');
  cpSync(from, path.join(dir, 'links'), { recursive: true });
  cpSync(path.join(from, 'customers.csv'), path.join(dir, 'real name.csv'));
  cpSync(path.join(dir, 'real name.csv'), path.join(dir, 'links/customers.csv'));
  const link = path.join(dir, 'links/customers.csv');
  renameSync(link, `${link}.old`);
  try {
    symlinkSync(path.join(dir, 'real name.csv'), link);
  } catch (error) {
    t.skip(`Links cannot be made here: ${String(error)}`);
    return;
  }
  const csv = await openCsv(link);
  const { mapping, ...store } = importStore.parse(json(from, 'store.json'));
  const key = importKey(csv.hash, mapping, store);
  const place = path.join(path.dirname(csv.file), `real name.import-${key.slice(0, 8)}.jsonl`);
  assert.equal((await ImportJournal.read(place, key)).size, 50);
  assert.deepEqual(
    readdirSync(path.join(dir, 'links')).filter((name) => name.endsWith('.jsonl')),
    [],
  );
});

test('what another version kept in a form of its own does not cost what stands beside it', async () => {
  const memory = new JsonMemento();
  const shop = 'user:["https://shop.example.com","api",""]';
  const foreign = [7, { later: true }];
  const draft = { place: { store: shop }, changes: [{ code: 'email', to: 'a@example.com' }] };
  await memory.update('mahoSoap.drafts', [...foreign, draft]);
  assert.equal(new Drafts(memory).of({ store: shop }).changes.length, 1);
  await memory.update('mahoSoap.recentFinds', [...foreign, { store: shop, customers: [{ customer_id: '1' }] }]);
  assert.equal(new RememberedCustomers(memory).recent(shop).length, 1);
  await memory.update('mahoSoap.api.arguments', { a: 7, [`${shop} sales_order.info`]: { orderIncrementId: '1' } });
  assert.deepEqual(new KeptArguments(memory).of(shop, orderInfo), ['1']);
});

function filesBelow(folder: string, ending: string): readonly string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith(ending)).map((name) => path.join(folder, name));
}

function json(folder: string, file: string): unknown {
  return parseJson(readFileSync(path.join(folder, file), 'utf8'));
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return z.record(z.string(), z.unknown()).parse(value);
}

function memento(from: string): JsonMemento {
  const memory = new JsonMemento();
  for (const [key, value] of Object.entries(record(json(from, 'state.json')))) void memory.update(key, value);
  return memory;
}

function activeStore(from: string): string {
  return z.string().parse(memento(from).get('mahoSoap.activeStore'));
}
