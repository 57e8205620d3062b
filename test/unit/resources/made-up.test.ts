import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { describe, test, type TestContext } from 'node:test';
import type * as VscodeJson from 'vscode-json-languageservice';
import { soapDialects, type SoapDialect } from '../../../src/api/dialect';
import { FaultError, ToolkitError } from '../../../src/api/errors';
import { ResourceRegistry } from '../../../src/api/resources';
import { findTraps } from '../../../src/api/traps';
import {
  catalogueModel,
  completionsAt,
  diagnose,
  findCalls,
  generateCode,
  generateTypes,
  hoverAt,
  requestOf,
  snippetFiles,
} from '../../../src/codegen';
import { startStoreOf } from '../../../src/demo/server';
import { RowTable } from '../../../src/extension/grid/row-table';
import { RowList } from '../../../src/extension/customer/row-list';
import { readyCall } from '../../../src/requests/file/normalize';
import { requestFileSchema } from '../../../src/requests/schema/json-schema';
import { decodeRequest, decodeResponse } from '../../../src/soap/decoding/decode';
import { beyondCatalogue } from '../../../src/soap/wsdl/description';
import { codecs } from '../../../src/soap/dialects';
import { familyOf } from '../../../src/soap/family';
import { StoreClient } from '../../../src/store/calls/client';
import { diagnose as examine } from '../../../src/store/doctor/doctor';
import { inspectEnvelope } from '../../../src/store/soap/envelope';
import { isWrite } from '../../../src/store/calls/policy';
import { rowWindows } from '../../../src/store/customers/windows';
import { gadget, withGadgets } from '../../support/gadgets';
import { listOf } from '../../support/lists';

const path = 'warehouse_gadget.list';
const operation = 'warehouseGadgetList';

/** A client of a demo store with gadgets. Both are closed at the end of the test. */
async function gadgetStore(t: TestContext, dialect: SoapDialect): Promise<StoreClient> {
  const demo = await startStoreOf(withGadgets, { customers: 3 });
  const [user] = demo.users;
  const client = new StoreClient(
    { name: 'Gadgets', url: demo.urls[dialect], user: user?.user ?? '' },
    { key: () => Promise.resolve(user?.key ?? ''), registry: withGadgets },
  );
  t.after(async () => {
    await client.close();
    await demo.close();
  });
  return client;
}

function method(name: string) {
  const found = withGadgets.find(name);
  assert.ok(found, name);
  return found;
}

describe('A resource that is one object', () => {
  test('has its paths, operations and faults by its names', () => {
    assert.deepEqual([method(path).operation, method(operation).id], [operation, path]);
    assert.deepEqual(method(path).faults, [{ code: '700', doc: 'A filter names an attribute that gadgets do not have.' }]);
    assert.equal(withGadgets.resourceOf(operation), gadget);
  });

  test('is completed, explained and checked in request files', async () => {
    const { getLanguageService, TextDocument } = createRequire(import.meta.url)('vscode-json-languageservice') as typeof VscodeJson;
    const json = getLanguageService({});
    const schema = JSON.parse(JSON.stringify(requestFileSchema(withGadgets))) as object;
    json.configure({ validate: true, schemas: [{ uri: 'test://schema', fileMatch: ['*'], schema }] });
    const open = (marked: string) => {
      const document = TextDocument.create('test://a.json', 'json', 1, marked.replace('|', ''));
      return { document, parsed: json.parseJSONDocument(document), at: document.positionAt(marked.indexOf('|')) };
    };
    const labels = async (marked: string): Promise<readonly string[]> => {
      const { document, parsed, at } = open(marked);
      return ((await json.doComplete(document, at, parsed))?.items ?? []).map(({ label }) => label);
    };
    const request = (inner: string): string => `{ "requests": [ { "name": "a", ${inner} } ] }`;
    assert.ok((await labels(request('"method": "|"'))).includes(`"${operation}"`));
    const conditions = await labels(request(`"method": "${path}", "args": { "conditions": { | } }`));
    assert.ok(conditions.includes('weight') && conditions.includes('complex_filter') && !conditions.includes('email'));
    assert.ok((await labels(request('"method": "warehouse_gadget.create", "args": { "gadgetData": { | } }'))).includes('fragile'));
    assert.ok((await labels('{ "requests": [ | ] }')).includes('warehouse_gadget.create'));
    const { document, parsed, at } = open(request(`"method": "warehouse_gadget.l|ist"`));
    assert.match(JSON.stringify(await json.doHover(document, at, parsed)), /700.*gadgets do not have/);
    const wrong = open(request(`"method": "${path}", "arguments": { "weight": 1 } |`));
    assert.match(JSON.stringify(await json.doValidation(wrong.document, wrong.parsed)), /Property arguments is not allowed/);
  });

  test('is found, completed, explained and diagnosed in programs', () => {
    const words = (marked: string): readonly string[] => {
      const offset = marked.indexOf('|');
      return completionsAt(marked.replace('|', ''), offset, 'php', withGadgets)?.words.map(({ name }) => name) ?? [];
    };
    const client = '<?php $client = new SoapClient($wsdl); ';
    assert.ok(words(`${client}$client->wareh|`).includes(operation));
    assert.ok(words(`${client}$client->call($session, 'warehouse_gadget.|');`).includes(path));
    assert.ok(words(`${client}$client->call($session, '${path}', [['|' => 1]]);`).includes('weight'));
    assert.ok(words(`${client}$client->call($session, '${path}', [['|' => 1]]);`).includes('entity_id'));
    assert.ok(words(`${client}$client->${operation}($session, ['filter' => [['key' => '|']]]);`).includes('fragile'));

    // There is no other sign of SOAP, so only the name identifies the operation.
    const code =
      `<?php $client->${operation}($session, ['complex_filter' => [['key' => 'weight', 'value' => ['key' => 'gt', ` +
      `'value' => '5']]]]);`;
    const [found] = findCalls(code, 'php', withGadgets);
    assert.deepEqual(found && requestOf(found), {
      method: path,
      args: { conditions: { complex_filter: [{ key: 'weight', value: { key: 'gt', value: '5' } }] } },
      dialect: 'v2',
    });
    assert.deepEqual(findCalls(code, 'php'), [], 'without the resource it is nobody we know');
    assert.match(hoverAt(code, code.indexOf(operation), 'php', withGadgets)?.markdown ?? '', /List gadgets.*counted at night.*700/s);
    assert.match(hoverAt(code, code.indexOf('weight'), 'php', withGadgets)?.markdown ?? '', /Weight in grams/);

    const misspelled = `<?php $client->${operation}($session, ['filter' => [['key' => 'weigth', 'value' => '5']]]);`;
    const [problem] = diagnose(misspelled, 'php', undefined, withGadgets);
    assert.match(problem?.message ?? '', /^Gadgets have no known attribute "weigth".*"weight"/);
    const plain = `<?php $client->${operation}($session, ['weight' => 5]);`;
    assert.equal(diagnose(plain, 'php', undefined, withGadgets)[0]?.code, 'code-filters-form');
  });

  test('has its traps reported', () => {
    const codes = (name: string, args: Parameters<typeof findTraps>[0]['args']): readonly string[] =>
      findTraps({ method: name, args, registry: withGadgets }).map(({ code }) => code);
    assert.deepEqual(codes(path, { conditions: { weight: { gteq: 1, lteq: 5 } } }), ['filter-two-operators']);
    assert.deepEqual(codes(path, {}), ['list-whole-store']);
    assert.deepEqual(codes('warehouse_gadget.info', { gadgetId: '1abc' }), ['id-partial']);
    assert.deepEqual(codes('warehouse_gadget.lst', []), ['method-unknown']);
  });

  for (const dialect of soapDialects) {
    test(`is encoded, and decoded with its types, over ${dialect}`, () => {
      const encoded = codecs[dialect].encodeCall(method(path), { conditions: { weight: { gt: 5 } } }, 's', { namespace: 'urn:Maho' });
      const request = decodeRequest(new TextEncoder().encode(encoded), { registry: withGadgets });
      const filters = dialect === 'v1' ? { weight: { gt: 5 } } : { complex_filter: [{ key: 'weight', value: { key: 'gt', value: '5' } }] };
      const args = dialect === 'v1' ? { resourcePath: path, args: [filters] } : { conditions: filters };
      assert.deepEqual(request.kind === 'result' && request.value, { sessionId: 's', ...args });
      assert.deepEqual(inspectEnvelope(encoded, withGadgets).methods, [path]);
    });

    test(`is served by the demo store over ${dialect}: listed, filtered, read, created, and its faults`, async (t) => {
      const client = await gadgetStore(t, dialect);
      const named = (value: unknown): readonly unknown[] =>
        (Array.isArray(value) ? value : []).map((row: unknown) =>
          typeof row === 'object' && row !== null && 'name' in row ? row.name : row,
        );
      const all = await client.call(path);
      assert.equal(all.dialect, dialect);
      assert.deepEqual(named(all.value), ['Bolt', 'Lamp', 'Bolt, large']);
      const bolts = await client.call(operation, { conditions: { name: { like: 'Bolt%' }, weight: { gteq: 6 } } });
      // Maho 26.7 sends numbers over V1 too.
      assert.deepEqual(bolts.value, [{ gadget_id: 900, name: 'Bolt, large', weight: 10, fragile: false }], 'with the types of its entity');
      const { value: made } = await client.call('warehouse_gadget.create', { gadgetData: { name: 'Screw', weight: 1 } });
      assert.equal(Number(made), 901);
      const { value: read } = await client.call('warehouse_gadget.info', { gadgetId: 901 });
      assert.equal(typeof read === 'object' && read !== null && 'name' in read && read.name, 'Screw');
      await assert.rejects(client.call('warehouse_gadget.info', { gadgetId: 5 }), (error) => {
        assert.ok(error instanceof FaultError);
        assert.deepEqual([error.fault.code, error.words.what], ['701', 'There is no gadget with this ID.']);
        return true;
      });
      const colour = client.call(path, { conditions: { colour: 'red' } });
      await assert.rejects(
        colour,
        (error) => error instanceof FaultError && error.fault.code === '700' && /colour/.test(error.fault.message),
      );
      await assert.rejects(
        client.call(path, { filters: {} }),
        (error) => error instanceof ToolkitError && error.words.code === 'argument-unknown',
      );
    });

    test(`is read in windows and shown in a list over ${dialect}`, async (t) => {
      const client = await gadgetStore(t, dialect);
      await client.login();
      const ids: number[] = [];
      for await (const { rows } of rowWindows(client, gadget, { order: 'oldest', rows: 2 }))
        ids.push(...rows.map((row) => Number(row['gadget_id'])));
      assert.deepEqual(ids, [1, 2, 900]);
      const list = new RowList(listOf(client), gadget, () => 'newest', { filters: { name: { like: 'Bolt%' } } });
      await list.loadFirst();
      while (list.more && list.problem === undefined) await list.loadMore();
      assert.deepEqual(
        list.rows.map((row) => Number(row['gadget_id'])),
        [900, 1],
      );
      await client.call('warehouse_gadget.create', { gadgetData: { name: 'Bolt, new', weight: 7 } });
      await list.reload();
      await list.recheck(['901']);
      assert.deepEqual(
        list.rows.map((row) => Number(row['gadget_id'])),
        [901, 900, 1],
      );
    });

    test(`is in the WSDL that the demo store sends over ${dialect}, and in its description`, async (t) => {
      const client = await gadgetStore(t, dialect);
      const description = await client.service();
      const beyond = beyondCatalogue(description, withGadgets);
      assert.deepEqual([beyond.missing, beyond.operations.filter((name) => name.startsWith('warehouse'))], [[], []]);
      const family = familyOf(description, withGadgets);
      assert.deepEqual(
        family.filter(({ id }) => id.startsWith('warehouse')).map(({ id, title }) => [id, title]),
        [
          [path, 'List gadgets'],
          ['warehouse_gadget.info', 'Read a gadget'],
          ['warehouse_gadget.create', 'Create a gadget'],
          ['warehouse_gadget.scrap', 'Scrap a gadget'],
        ],
      );
    });
  }

  test('includes an operation that only one store has, even if names of another resource begin with the same text', () => {
    const warehouse = { ...gadget, name: 'warehouse', prefix: 'warehouse' };
    const operations = { warehouseGadgetPolish: { args: [] }, warehouseClose: { args: [] } };
    const description = { hash: '', dialect: 'v2' as const, namespace: 'urn:Maho', operations, types: {}, warnings: [] };
    for (const resources of [
      [warehouse, gadget],
      [gadget, warehouse],
    ]) {
      assert.deepEqual(
        familyOf(description, new ResourceRegistry(resources)).map(({ id }) => id),
        ['warehouse_gadget.polish', 'warehouse.close'],
      );
    }
  });

  test('is handled by the policy according to the effects of its methods', () => {
    assert.equal(isWrite('warehouse_gadget.info', withGadgets), false);
    assert.equal(isWrite('warehouseGadgetScrap', withGadgets), true);
    assert.equal(isWrite('warehouse_gadget.scrap.list', withGadgets), true, 'what follows the second point is ignored');
  });

  test('is checked by the doctor: operations missing in the WSDL, and the rights of the user', async (t) => {
    const demo = await startStoreOf(withGadgets, { customers: 1 });
    t.after(() => demo.close());
    const checks = [];
    const [user] = demo.users;
    const config = { name: 'Gadgets', url: demo.urls.v2, user: user?.user ?? '' };
    for await (const check of examine(config, { key: () => Promise.resolve(user?.key ?? ''), registry: withGadgets }, { login: true }))
      checks.push(check);
    assert.match(JSON.stringify(checks.find(({ id }) => id === 'rights')), /"allowed":\[.*"warehouse_gadget\.scrap"/);
    assert.match(JSON.stringify(checks.find(({ id }) => id === 'wsdl')), /"missing":\[\]/);
  });

  test('has snippets, programs and types', () => {
    const { php, typescript } = snippetFiles(withGadgets);
    const list = php['Maho warehouse_gadget.list (V2)'];
    assert.deepEqual(list?.prefix, [
      'maho-warehouse-gadget-list',
      'maho-warehouse-gadget-list-v2',
      'maho-gadget-list',
      'maho-gadget-list-v2',
    ]);
    assert.match(list.body.join('\n'), /\$gadgets = .*->warehouseGadgetList\(/s);
    assert.match(php['Maho warehouse_gadget.create (V1)']?.body.join('\n') ?? '', /'name' => '\$\{1:Bolt\}'/);
    assert.match(php['Maho warehouse_gadget filter (V1)']?.body.join('\n') ?? '', /'weight' => \['in' => \[\$\{1:5\}, \$\{2:10\}\]\]/);
    assert.match(
      typescript['Maho warehouse_gadget pages (WS-I)']?.body.join('\n') ?? '',
      /for \(const gadget of gadgets\).*console\.log\(gadget\.name\)/s,
    );
    const place = { url: 'https://shop.example/api/soap/', user: 'a', registry: withGadgets };
    const program = generateCode({ ...place, method: path, args: { conditions: { weight: { gt: 5 } } }, dialect: 'v2' }, 'php');
    assert.match(program, /->warehouseGadgetList\(.*'complex_filter' => .*'weight'/s);
    assert.match(generateTypes('typescript', catalogueModel(withGadgets)), /interface WarehouseGadgetEntity/);
  });

  test('has its attributes explained in tables', () => {
    const { columns } = new RowTable([{ gadget_id: 1, weight: 5, more: 1 }], { fields: gadget.entity.fields });
    assert.deepEqual(
      columns.map(({ doc }) => doc),
      ['ID. Number of the gadget.', 'Weight. Weight in grams.', ''],
    );
  });

  test('takes WS-I’s wrapper off its filters in a saved request', () => {
    const wrapped = { conditions: { filter: { complexObjectArray: [{ key: 'weight', value: '5' }] } } };
    assert.deepEqual(readyCall(operation, wrapped, withGadgets), {
      method: path,
      args: { conditions: { filter: [{ key: 'weight', value: '5' }] } },
    });
  });

  test('decodes an answer of WS-I, which carries no types, by its entity', () => {
    const row = '<complexObjectArray><gadget_id>2</gadget_id><name>7</name><fragile>true</fragile></complexObjectArray>';
    const body =
      `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" xmlns:n="urn:Maho"><e:Body><n:${operation}` +
      `ResponseParam><result>${row}</result></n:${operation}ResponseParam></e:Body></e:Envelope>`;
    const decoded = decodeResponse(new TextEncoder().encode(body), { registry: withGadgets });
    assert.deepEqual(decoded.kind === 'result' && decoded.value, [{ gadget_id: 2, name: '7', fragile: true }]);
  });
});
