import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { parse } from 'jsonc-parser';
import { soapDialects } from '../../src/api/dialect';
import { StoreMethods } from '../../src/api/store-methods/store-methods';
import { templateText, templateValues } from '../../src/api/store-methods/template';
import { codecs } from '../../src/soap/dialects';
import { serverSkip } from '../fuzz/run-envelopes';
import { run } from '../support/php';
import { describedStores, recordedMethods, wsdlFile } from '../support/store-methods';
import { wireFile } from '../support/wire';
import { expected, filled, normal } from './template-values';

/** Number of operations of each recorded store over all dialects together. */
const OPERATIONS: Readonly<Record<(typeof describedStores)[number], number>> = { 'maho@26.7': 439, 'maho@25': 432, 'openmage@20.18': 429 };

suite('PHP reads the template of every operation as intended', { skip: serverSkip }, () => {
  for (const store of describedStores)
    test(store, async (t) => {
      const methods = new StoreMethods(await recordedMethods(store));
      const folder = await mkdtemp(join(tmpdir(), 'maho-templates-'));
      t.after(async () => await rm(folder, { recursive: true }));
      const wsdl: Record<string, string> = {};
      for (const dialect of soapDialects) {
        wsdl[dialect] = join(folder, `${dialect}.xml`);
        // OpenMage's WSDLs import the schema of SOAP's encoding, which PHP has built in.
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
