// Copy as Code for methods that only a store's description has. Every program is run.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { dialectLabels, soapDialects, type SoapDialect } from '../../src/api/dialect';
import { describedRegistry } from '../../src/api/store-methods/registry';
import { StoreMethods } from '../../src/api/store-methods/store-methods';
import { templateValues } from '../../src/api/store-methods/template';
import { isList, isRecord, type SoapRecord, type SoapValue } from '../../src/api/value';
import { generateCode, type CodeTarget } from '../../src/codegen';
import { resolveCall } from '../../src/codegen/call';
import { callParts, envelopeLines } from '../../src/codegen/curl/envelope';
import { StoreClient } from '../../src/store';
import { readMethods } from '../../src/store/calls/store-methods';
import { serverSkip } from '../fuzz/run-envelopes';
import { curlSkip, phpSkip, run } from '../support/php';
import { describedStores, recordedMethods, wsdlFile } from '../support/store-methods';
import { wireFile } from '../support/wire';
import { admin, runCurl, runPhpPrograms, runWithSoap, still, type Program } from './codegen-support';
import { expected, filled, normal } from './template-values';

interface Example {
  readonly method: string;
  readonly args?: SoapRecord;
}

const examples: readonly Example[] = [
  { method: 'core_store.list' },
  { method: 'directory_country.list' },
  { method: 'directory_region.list', args: { country: 'US' } },
  { method: 'catalog_product.list', args: { filters: { type: 'simple' } } },
  { method: 'catalogProductInfo', args: { productId: '1' } },
  // The argument between these two is missing, so positional arguments need a placeholder for it.
  { method: 'product.info', args: { productId: '2', attributes: { attributes: ['name', 'price'] } } },
  { method: 'sales_order.list', args: { filters: { order_id: { from: 1, to: 3 } } } },
  { method: 'order.info', args: { orderIncrementId: '100000001' } },
];

/** A value without the differences between languages and dialects: wrappers of lists, types of scalars, empty values. */
function plain(value: SoapValue): SoapValue {
  if (isList(value)) return value.map(plain);
  if (!isRecord(value)) return value === null || value === '' ? null : String(value);
  const wrapped = value['complexObjectArray'] ?? value['item'];
  if (wrapped !== undefined && Object.keys(value).length === 1) return plain(isList(wrapped) ? wrapped : [wrapped]);
  const fields = Object.entries(value).map(([name, inner]) => [name, plain(inner)] as const);
  const given = fields.filter(([, inner]) => inner !== null && (typeof inner !== 'object' || Object.keys(inner).length > 0));
  return Object.fromEntries(given);
}

for (const dialect of soapDialects) {
  suite(`programs for ${dialectLabels[dialect]} of methods beyond the catalogue get the same results as our own client`, () => {
    test('PHP', { skip: phpSkip }, async () => {
      await compare(dialect, 'php', runPhpPrograms);
    });

    test('TypeScript, compiled strictly, with the soap package', async () => {
      await compare(dialect, 'typescript', (programs) => runWithSoap(programs, 'mts'));
    });

    test('curl', { skip: curlSkip }, async () => {
      await compare(dialect, 'curl', runCurl);
    });
  });
}

/** Over V1, a program leaves out an empty list of arguments, and the store treats that as an empty list. */
function withArguments(decoded: unknown): unknown {
  const text = JSON.stringify(decoded);
  return text.startsWith('["call",') ? (JSON.parse(text.replace(/,null\]\]$/, ',[]]]')) as unknown) : decoded;
}

async function compare(
  dialect: SoapDialect,
  target: CodeTarget,
  execute: (programs: readonly Program[]) => Promise<readonly SoapValue[]>,
): Promise<void> {
  const store = await still();
  const { user, key } = admin(store);
  const client = new StoreClient({ name: 'expected', url: store.urls[dialect], user, dialect }, { key: () => Promise.resolve(key) });
  try {
    const { namespace } = await client.describe();
    const methods = new StoreMethods((await readMethods(client)).description);
    const registry = describedRegistry(methods, { dialect, complete: true, anyName: true });
    const wanted: SoapValue[] = [];
    for (const { method, args = {} } of examples) wanted.push((await client.call(method, args)).value);
    const programs = examples.map(({ method, args }) => ({
      source: generateCode({ method, args, url: store.urls[dialect], user, dialect, namespace, registry }, target),
      env: { MAHO_SOAP_KEY: key },
    }));
    const results = await execute(programs);
    for (const [index, { method }] of examples.entries())
      assert.deepEqual(plain(results[index] ?? null), plain(wanted[index] ?? null), `${method}\n${programs[index]?.source ?? ''}`);
  } finally {
    await client.close();
    await store.close();
  }
}

suite('PHP reads every operation of a product in a curl program as intended', { skip: serverSkip }, () => {
  for (const store of describedStores)
    test(store, async (t) => {
      const methods = new StoreMethods(await recordedMethods(store));
      const folder = await mkdtemp(join(tmpdir(), 'maho-described-'));
      t.after(async () => await rm(folder, { recursive: true }));
      const wsdl: Record<string, string> = {};
      for (const dialect of soapDialects) {
        wsdl[dialect] = join(folder, `${dialect}.xml`);
        await writeFile(wsdl[dialect], wireFile(wsdlFile(store, dialect), store).replaceAll(/<import [^>]*schemaLocation[^>]*>/g, ''));
      }
      let count = 0;
      const items = soapDialects.flatMap((dialect) => {
        const registry = describedRegistry(methods, { dialect, complete: true, anyName: true });
        return methods.methods
          .filter((method) => method.dialects.includes(dialect))
          .map((found) => {
            const method = registry.find(found.id) ?? methods.asMethod(found, dialect);
            const template = templateValues(method, 'all');
            const args = Object.fromEntries(
              method.args.flatMap(({ name, type }) => {
                const value = template[name];
                return value === undefined ? [] : [[name, filled(value, type, () => ++count)]];
              }),
            );
            const call = resolveCall({ method: found.id, args, url: 'https://shop.example.com', user: 'u', dialect, registry });
            const place = { dialect, namespace: methods.description.namespace };
            const lines = envelopeLines(place, call.operation, callParts(call), call.wrapper);
            const xml = lines.map((line) => line.map((part) => (typeof part === 'string' ? part : 'S')).join('')).join('\n');
            return { dialect, method, args, xml };
          });
      });
      const ran = await run('php', [join(import.meta.dirname, 'arguments.php')], {
        input: JSON.stringify({ wsdl, items: items.map(({ dialect, xml }) => ({ wsdl: dialect, xml })) }),
      });
      assert.equal(ran.status, 0, ran.stderr);
      const decoded = JSON.parse(ran.stdout) as unknown[];
      for (const [index, { dialect, method, args, xml }] of items.entries())
        assert.deepEqual(
          withArguments(normal(decoded[index])),
          normal(expected(method, args, dialect)),
          `${method.id} over ${dialect}\n${xml}`,
        );
      t.diagnostic(`${store}: ${items.length} operations`);
      assert.ok(items.length > 400, `${items.length}`);
    });
});
