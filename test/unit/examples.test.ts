import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { suite, test } from 'node:test';
import { catalogue } from '../../src/api/catalogue';
import { soapDialects } from '../../src/api/dialect';
import { generationIds } from '../../src/api/generations';
import { trapFamilies, traps } from '../../src/api/traps';
import { lint, parseRequestFile } from '../../src/requests';
import { cli, demo } from './requests/support';

const root = resolve(import.meta.dirname, '../../examples');
const knowledge = { groups: [0, 1, 2, 3], websites: [0, 1, 2], stores: [0, 1, 2, 3] };

const examples = soapDialects.flatMap((dialect) =>
  readdirSync(join(root, dialect)).map((name) => {
    const text = readFileSync(join(root, dialect, name), 'utf8');
    return { dialect, name, file: parseRequestFile(text) };
  }),
);

suite('The examples', () => {
  for (const { product, dialect } of generationIds.flatMap((id) => soapDialects.map((each) => ({ product: id, dialect: each })))) {
    test(`pass over ${dialect} against the demo store of ${product} from the command line, and leave it unchanged`, async (context) => {
      const store = await demo(context, { customers: 60, product });
      const { code, out, err } = await cli([
        'run',
        join(root, dialect),
        '--url',
        store.urls[dialect],
        '--user',
        'apiUser',
        '--reporter',
        'json',
        '--parallel',
        '3',
      ]);
      assert.equal(err, '');
      const report = JSON.parse(out) as {
        counts: Record<string, number>;
        files: { path: string; error?: object; requests: { name: string; status: string; error?: object; mismatches?: object[] }[] }[];
      };
      assert.deepEqual(
        report.files.flatMap((file) =>
          file.requests.filter(({ status }) => status !== 'passed').map((request) => ({ path: file.path, ...request })),
        ),
        [],
      );
      assert.equal(code, 0);
      assert.ok((report.counts['passed'] ?? 0) > 100);
      assert.equal(store.customers(), 60);
    });
  }

  test('show every method in every dialect', () => {
    for (const dialect of soapDialects) {
      const shown = new Set(
        examples.filter((example) => example.dialect === dialect).flatMap(({ file }) => file.requests.map(({ method }) => method)),
      );
      assert.deepEqual(
        catalogue.map(({ id }) => id).filter((id) => !shown.has(id)),
        [],
        dialect,
      );
    }
  });

  test('show every trap, and the diagnostics mark it there', () => {
    const found = new Set(examples.flatMap(({ file }) => lint(file, { knowledge }).map(({ code }) => code)));
    // Examples use only the catalogue and SOAP. test/unit/requests/described-help.test.ts shows the traps that need a store's description,
    // test/unit/api/traps.test.ts those of REST.
    const elsewhere = new Set<string>([...trapFamilies.described, ...trapFamilies.rest].map(({ code }) => code));
    assert.deepEqual(
      traps.map(({ code }) => code).filter((code) => !elsewhere.has(code) && !found.has(code)),
      [],
    );
  });

  test('are marked at each request that is named after a trap', () => {
    for (const { dialect, name, file } of examples.filter((example) => example.name === 'traps.maho.json')) {
      const diagnostics = lint(file, { knowledge });
      const codes = new Set(traps.map(({ code }) => code));
      const marked = new Set(
        file.requests.flatMap(({ name: title, range }) => {
          const [code = ''] = title.split(':');
          return diagnostics.some(
            (each) => each.code === code && each.range.offset >= range.offset && each.range.offset < range.offset + range.length,
          )
            ? [code]
            : [];
        }),
      );
      const named = new Set(file.requests.map(({ name: title }) => title.split(':')[0] ?? '').filter((code) => codes.has(code)));
      assert.deepEqual(
        [...named].filter((code) => !marked.has(code)),
        [],
        `${dialect}/${name}`,
      );
    }
  });

  test('have nothing more severe than a hint outside of traps', () => {
    for (const { dialect, name, file } of examples.filter((example) => example.name !== 'traps.maho.json')) {
      const loud = lint(file, { knowledge }).filter(
        ({ severity, code }) =>
          severity === 'error' && !['filter-attribute', 'create-no-email', 'address-required', 'envelope-unreadable'].includes(code),
      );
      assert.deepEqual(
        loud.map(({ code, message }) => [code, message]),
        [],
        `${dialect}/${name}`,
      );
    }
  });
});
