// docs/requests.md: nothing of the format is missing in it, and each of its examples runs against a demo store as it says.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { suite, test } from 'node:test';
import {
  errorExamples,
  includeErrors,
  includeExample,
  matcherExamples,
  otherErrors,
  placeholderExample,
  placeholderNames,
} from '../../../scripts/lib/request-examples';
import { requestsDoc } from '../../../scripts/lib/requests-doc';
import { generators, lint, matcher, runFile, takers, withIncluded } from '../../../src/requests';
import { client, demo, fileOf, folder } from './support';

suite('The document of request files', () => {
  test('is generated, and has an example of each matcher and placeholder', () => {
    assert.equal(readFileSync(resolve(import.meta.dirname, '../../../docs/requests.md'), 'utf8'), requestsDoc());
    assert.deepEqual(Object.keys(matcherExamples).toSorted(), Object.keys(matcher.shape).toSorted());
    assert.deepEqual([...placeholderNames].toSorted(), [...Object.keys(generators), ...Object.keys(takers)].toSorted());
  });

  test('has examples that do what it says', async (context) => {
    const store = await demo(context);
    const target = client(context, store, 'v2');
    const place = join(await folder(context, { 'note.txt': 'Doe', 'broken.json': '{' }), 'a.maho.json');
    const run = async (written: object) => {
      const file = fileOf(written);
      const ran = await runFile({ path: 'a', place, file, client: target }, { trusted: true, env: { HOME: '/home', MAHO_SOAP_KEY: 'x' } });
      return { file, last: ran.runs.at(-1), error: ran.error };
    };
    const passing = [
      ...Object.values(matcherExamples),
      ...placeholderNames.map((name) => placeholderExample({ ...generators, ...takers }[name].example)),
    ];
    for (const request of passing) {
      const { file, last, error } = await run({ requests: [request] });
      assert.equal(
        last?.status,
        'passed',
        `${JSON.stringify(request)} ${error?.message ?? last?.error?.message ?? ''} ${JSON.stringify(last?.mismatches)}`,
      );
      assert.deepEqual(
        lint(file).filter(({ severity }) => severity === 'error'),
        [],
      );
    }
    for (const [code, { doc: _, ...written }] of Object.entries(errorExamples)) assert.equal((await run(written)).last?.error?.code, code);
    assert.equal(store.customers(), 20);
  });

  test('names every code with which a run ends in an error', () => {
    const sources = ['run', 'variables', 'file'].flatMap((room) => {
      const path = resolve(import.meta.dirname, '../../../src/requests', room);
      return readdirSync(path).map((name) => readFileSync(join(path, name), 'utf8'));
    });
    const named = sources.flatMap((text) =>
      [...text.matchAll(/(?:new ToolkitError\(\s*'\w+',\s*\{\s*code: |problem\(\s*)'([a-z-]+)'/g)].map(([, code]) => code ?? ''),
    );
    assert.ok(named.length > 30, String(named.length));
    // Of environment files, which are read before the run.
    const elsewhere = ['environment-invalid', 'environment-missing'];
    const told = new Set([errorExamples, otherErrors, includeErrors].flatMap((table) => Object.keys(table)).concat(elsewhere));
    assert.deepEqual(
      named.filter((code) => !told.has(code)),
      [],
    );
  });

  test('has an example of included files that does what it says', async (context) => {
    const store = await demo(context);
    const path = await folder(context, {});
    for (const [name, file] of Object.entries(includeExample)) {
      await mkdir(dirname(join(path, name)), { recursive: true });
      await writeFile(join(path, name), JSON.stringify(file));
    }
    const [last = '', written = {}] = Object.entries(includeExample).at(-1) ?? [];
    const place = join(path, last);
    const file = withIncluded(fileOf(written), { path: last, place });
    const ran = await runFile({ path: last, place, file, client: client(context, store, 'v2') }, { trusted: true });
    assert.deepEqual(
      ran.runs.map(({ request: { name }, status }) => [name, status]),
      [
        ['Create', 'passed'],
        ['Read', 'passed'],
        ['Delete', 'passed'],
      ],
    );
    assert.equal(store.customers(), 20);
  });
});
