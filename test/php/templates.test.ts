import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { parse } from 'jsonc-parser';
import { soapDialects, type SoapDialect } from '../../src/api/dialect';
import { isFiltersType, toV2Filters } from '../../src/api/filters';
import type { Method } from '../../src/api/method';
import { StoreMethods } from '../../src/api/store-methods/store-methods';
import { templateText, templateValues } from '../../src/api/store-methods/template';
import type { WireType } from '../../src/api/types';
import { isList, isRecord, type SoapRecord, type SoapValue } from '../../src/api/value';
import { codecs } from '../../src/soap/dialects';
import { serverSkip } from '../fuzz/run-envelopes';
import { run } from '../support/php';
import { describedStores, recordedMethods, wsdlFile } from '../support/store-methods';
import { wireFile } from '../support/wire';

/** A template with values of their own in every place, two items in each list. */
function filled(value: SoapValue, type: WireType, next: () => number): SoapValue {
  if (isFiltersType(type)) return { created_at: { from: `2020-01-0${(next() % 9) + 1}` }, status: 'pending' };
  if (type.kind === 'list' && isList(value)) return [0, 1].flatMap(() => value.map((item) => filled(item, type.of, next)));
  if (type.kind === 'entity' && isRecord(value)) {
    const types = new Map(type.fields.map((field) => [field.name, field.type]));
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [name, filled(inner, types.get(name) ?? { kind: 'any' }, next)]),
    );
  }
  if (type.kind === 'int') return next();
  if (type.kind === 'double') return next() + 0.5;
  if (type.kind === 'boolean') return next() % 2 === 0;
  return `text ${next()}`;
}

/** What PHP has of a value: WS-I's lists are objects around their items. */
function asPhp(value: SoapValue | undefined, type: WireType, dialect: SoapDialect): unknown {
  if (isList(value) && type.kind === 'list') {
    const items = value.map((item) => asPhp(item, type.of, dialect));
    return dialect === 'wsi' ? (items.length === 0 ? {} : { complexObjectArray: items }) : items;
  }
  if (isRecord(value) && type.kind === 'entity') {
    const types = new Map(type.fields.map((field) => [field.name, field.type]));
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [name, asPhp(inner, types.get(name) ?? { kind: 'any' }, dialect)]),
    );
  }
  return value;
}

/** Values in V1's order: filters are always there, what is left out before another one is null. */
function inOrder(method: Method, args: SoapRecord): readonly SoapValue[] {
  const values = method.args.map(({ name, type }) => (Object.hasOwn(args, name) ? args[name] : isFiltersType(type) ? [] : undefined));
  while (values.length > 0 && values.at(-1) === undefined) values.pop();
  return values.map((value) => value ?? null);
}

/** PHP has one kind of array: an empty map and an empty list are the same to it. */
function normal(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(normal);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  return entries.length === 0 ? [] : Object.fromEntries(entries.map(([name, inner]) => [name, normal(inner)]));
}

/** What a handler of the store gets. */
function expected(method: Method, args: SoapRecord, dialect: SoapDialect): unknown {
  if (dialect === 'v1') return ['call', ['S', method.id, inOrder(method, args)]];
  const named = method.args.flatMap(({ name, type, emptyElement }) => {
    const value = args[name];
    if (value !== undefined) return [[name, asPhp(isFiltersType(type) ? toV2Filters(value) : value, type, dialect)] as const];
    // PHP hands over null for a part of the WSDL that is not there.
    if (dialect === 'v2') return [[name, null] as const];
    return isFiltersType(type) || emptyElement === true ? [[name, {}] as const] : [];
  });
  const operation = dialect === 'v2' ? ['S', ...named.map(([, value]) => value)] : [{ sessionId: 'S', ...Object.fromEntries(named) }];
  return [method.operation, operation];
}

/** Operations of each recorded store over all dialects together. */
const OPERATIONS: Readonly<Record<(typeof describedStores)[number], number>> = { 'maho@26.7': 439, 'maho@25': 432, 'openmage@20.18': 429 };

suite('every operation gets a template that PHP reads as it is meant', { skip: serverSkip }, () => {
  for (const store of describedStores)
    test(store, async (t) => {
      const methods = new StoreMethods(await recordedMethods(store));
      const folder = await mkdtemp(join(tmpdir(), 'maho-templates-'));
      t.after(async () => await rm(folder, { recursive: true }));
      const wsdl: Record<string, string> = {};
      for (const dialect of soapDialects) {
        wsdl[dialect] = join(folder, `${dialect}.xml`);
        // OpenMage's WSDLs want the schema of SOAP's encoding fetched, which PHP knows by itself.
        await writeFile(wsdl[dialect], wireFile(wsdlFile(store, dialect), store).replaceAll(/<import [^>]*schemaLocation[^>]*>/g, ''));
      }
      let count = 0;
      const items = soapDialects.flatMap((dialect) =>
        methods.methods
          .filter((method) => method.dialects.includes(dialect))
          .flatMap((found) => {
            const method = methods.asMethod(found, dialect);
            return (['required', 'all'] as const).map((which) => {
              const template = templateValues(method, which);
              const args = Object.fromEntries(
                method.args.flatMap(({ name, type }) => {
                  const value = template[name];
                  return value === undefined ? [] : [[name, filled(value, type, () => ++count)]];
                }),
              );
              if (which === 'required')
                assert.deepEqual(parse(templateText(method), [], { allowTrailingComma: true }), template, method.id);
              const xml = codecs[dialect].encodeCall(method, args, 'S', { namespace: methods.description.namespace });
              return { dialect, which, method, args, xml };
            });
          }),
      );
      const ran = await run('php', [join(import.meta.dirname, 'arguments.php')], {
        input: JSON.stringify({ wsdl, items: items.map(({ dialect, xml }) => ({ wsdl: dialect, xml })) }),
      });
      assert.equal(ran.status, 0, ran.stderr);
      const decoded = JSON.parse(ran.stdout) as unknown[];
      for (const [index, { dialect, which, method, args }] of items.entries())
        assert.deepEqual(normal(decoded[index]), normal(expected(method, args, dialect)), `${method.id} over ${dialect}, ${which}`);
      const operations = soapDialects.map((dialect) => `${dialect} ${items.filter((item) => item.dialect === dialect).length / 2}`);
      t.diagnostic(`${store}: ${items.length / 2} operations (${operations.join(', ')})`);
      assert.equal(items.length / 2, OPERATIONS[store], operations.join());
    });
});
