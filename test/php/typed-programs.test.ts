import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { soapDialects, type SoapDialect } from '../../src/api/dialect';
import { catalogueModel, generateCode, generateTypes, snippetFiles } from '../../src/codegen/index';
import { expandSnippet } from '../support/snippet';
import { compile, examplesOf, project } from './codegen-support';

const clients: Readonly<Record<SoapDialect, string>> = { v1: 'MahoV1Client', v2: 'MahoV2Client', wsi: 'MahoWsiClient' };

/** A program whose client has the written types, in the way that their documentation describes. */
function typed(source: string, dialect: SoapDialect): string {
  const client = clients[dialect];
  const found = source.replace(
    /const client = (await createClientAsync\([\s\S]*?\n\}\));/,
    (_all, made: string) => `const client = (${made}) as unknown as ${client};`,
  );
  assert.notEqual(found, source, 'the program makes a client');
  return `import type { ${client} } from './maho-soap.js';\n${found}`;
}

test('programs and snippets compile against the written types, strictly, with the types of the soap package', async () => {
  const { folder, remove } = await project();
  try {
    await writeFile(join(folder, 'maho-soap.d.ts'), generateTypes('typescript', catalogueModel()));
    const snippets = snippetFiles().typescript;
    const sources = soapDialects.flatMap((dialect) => {
      const place = { url: 'https://shop.example/api/v2_soap/', user: 'u', dialect };
      const label = { v1: 'V1', v2: 'V2', wsi: 'WS-I' }[dialect];
      // The types exist to find an attribute that no customer has.
      const examples = examplesOf(dialect).filter(({ title }) => title !== 'an unknown attribute');
      const protocol = [
        { method: 'resources' },
        { method: 'globalFaults' },
        { method: 'resourceFaults', args: ['customer'] },
        ...(dialect === 'v1' ? [{ method: 'multiCall', args: [[['customer.info', [1]]]] }] : []),
      ];
      const programs = [...examples, ...protocol].map((example) =>
        generateCode({ ...place, method: example.method, args: example.args }, 'typescript'),
      );
      const body = (name: string): string => expandSnippet(snippets[`Maho ${name} (${label})`]?.body ?? []);
      const after = Object.keys(snippets)
        .filter((name) => name.endsWith(`(${label})`) && !/^Maho (?:login|script) /.test(name))
        .map((name) => `{\n${expandSnippet(snippets[name]?.body ?? [])}\n}`);
      return [...programs, body('script'), `${body('login')}\n${after.join('\n')}`].map((source) => typed(source, dialect));
    });
    const names = sources.map((_source, index) => `program${index}.mts`);
    await Promise.all(sources.map((source, index) => writeFile(join(folder, `program${index}.mts`), source)));
    assert.equal(compile(folder, names), '');
    assert.ok(sources.length > 60, `${sources.length} programs`);
    // The types also find errors.
    const [first = ''] = sources.filter((source) => source.includes('MahoWsiClient') && source.includes('customerId: 2'));
    await writeFile(join(folder, 'wrong.mts'), first.replace('customerId: 2', 'customerIdd: 2'));
    assert.match(compile(folder, ['wrong.mts']), /customerIdd/);
  } finally {
    await remove();
  }
});
