// docs/requests.md: nothing of the format is missing in it, and each of its examples runs against a demo store as it says.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { suite, test } from 'node:test';
import {
  errorExamples,
  fileProblems,
  includeErrors,
  includeExample,
  matcherExamples,
  otherErrors,
  placeholderExample,
  placeholderNames,
  restExample,
} from '../../../scripts/lib/request-examples';
import { requestsDoc } from '../../../scripts/lib/requests-doc';
import { findTrap } from '../../../src/api/traps';
import { requestCodes } from '../../../src/requests/codes';
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
    const rest = fileOf(restExample);
    const ran = await runFile(
      { path: 'a', place, file: rest, client: client(context, await demo(context, { product: 'maho' }), 'v2') },
      { trusted: true },
    );
    assert.deepEqual(
      ran.runs.map(({ status, dialect, error }) => [status, dialect, error?.code]),
      rest.all.map(({ name }) => ['passed', 'rest', name === 'Nobody' ? '404' : undefined]),
      JSON.stringify(ran.runs.map(({ error, mismatches }) => [error?.message, mismatches])),
    );
    assert.deepEqual(lint(rest), []);
    for (const [code, { doc: _, ...written }] of Object.entries(errorExamples)) assert.equal((await run(written)).last?.error?.code, code);
    assert.equal(store.customers(), 20);
  });

  test('has a heading for each code of an error and of a problem in a file, which the editor links to', () => {
    const sources = [...files('src/requests'), ...files('src/extension/requests/request-diagnostics.ts')];
    // Each way in which the rooms name a code.
    const named = sources.flatMap((text) =>
      [...text.matchAll(/(?:\bcode: |\b(?:problem|error|tell)\(\s*|\? )'([a-z]+(?:-[a-z]+)+|file)'/g)].map(([, code]) => code ?? ''),
    );
    assert.ok(named.length > 60, String(named.length));
    const known = new Set<string>(requestCodes);
    assert.deepEqual(
      named.filter((code) => !known.has(code) && findTrap(code) === undefined),
      [],
    );
    const told = [errorExamples, otherErrors, includeErrors, fileProblems].flatMap((table) => Object.keys(table));
    assert.deepEqual([...new Set(told)].filter((code) => findTrap(code) === undefined).toSorted(), [...requestCodes].toSorted());
    const headings = requestsDoc().match(/^### `.+`$/gm) ?? [];
    assert.deepEqual(
      requestCodes.filter((code) => headings.filter((heading) => heading === `### \`${code}\``).length !== 1),
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

/** The texts of a file, or of all TypeScript files of a folder. */
function files(place: string): readonly string[] {
  const path = resolve(import.meta.dirname, '../../..', place);
  if (!statSync(path).isDirectory()) return [readFileSync(path, 'utf8')];
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(path, name), 'utf8'));
}
