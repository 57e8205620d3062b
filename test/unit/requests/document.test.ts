// docs/requests.md covers the whole format, and each of its examples runs against a demo store as described.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { suite, test } from 'node:test';
import { fileProblems, includeErrors, otherErrors, type CodeExample } from '../../../scripts/lib/request-code-examples';
import {
  errorExamples,
  includeExample,
  matcherExamples,
  placeholderExample,
  placeholderNames,
  restExample,
} from '../../../scripts/lib/request-examples';
import { requestsDoc } from '../../../scripts/lib/requests-doc';
import { productMethods } from '../../../src/api/store-methods/products';
import { describedRegistry } from '../../../src/api/store-methods/registry';
import { findTrap } from '../../../src/api/traps';
import { requestCodes } from '../../../src/requests/codes';
import {
  generators,
  lint,
  matcher,
  misspelledVariables,
  parseRequestFile,
  readEnvironment,
  runFile,
  takers,
  withIncluded,
  type LintContext,
  type RunOptions,
} from '../../../src/requests';
import { client, demo, fileOf, folder } from './support';

suite('The document of request files', () => {
  test('is generated, and has an example of each matcher and placeholder', () => {
    assert.equal(readFileSync(resolve(import.meta.dirname, '../../../docs/requests.md'), 'utf8'), requestsDoc());
    assert.deepEqual(Object.keys(matcherExamples).toSorted(), Object.keys(matcher.shape).toSorted());
    assert.deepEqual([...placeholderNames].toSorted(), [...Object.keys(generators), ...Object.keys(takers)].toSorted());
  });

  test('has examples that run as described', async (context) => {
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

  test('has examples of errors from options, other files and trust, and each ends in its error', async (context) => {
    const store = await demo(context);
    for (const [code, example] of Object.entries(otherErrors)) {
      const { files: written, name, text } = whole(example);
      const onDisk = code !== 'variable-file' && code !== 'include-place';
      const place = onDisk ? join(await folder(context, written), name) : undefined;
      const target = client(context, store, 'v2', code === 'not-sent' ? { user: 'nobody' } : {});
      const options: RunOptions = { trusted: code !== 'untrusted' && code !== 'variable-untrusted', bail: code === 'bail' };
      if (code === 'include-place') {
        const file = withIncluded(parseRequestFile(text), { path: name, place });
        assert.ok(file.problems.some((problem) => problem.code === code));
        continue;
      }
      if (code === 'variable-untrusted') {
        assert.ok(lint(parseRequestFile(text), { trusted: false }).some((problem) => problem.code === code));
        continue;
      }
      const { runs, error } = await runFile({ path: name, place, file: parseRequestFile(text), client: target }, options);
      assert.equal(runs.at(-1)?.error?.code ?? error?.code, code);
    }
  });

  test('has examples of files that cannot be included', async (context) => {
    for (const [code, example] of Object.entries(includeErrors)) {
      const { files: written, name, text } = whole(example);
      const path = await folder(context, written);
      if (code === 'include-too-many')
        for (let number = 2; number <= 201; number++)
          await writeFile(join(path, `${number}.json`), JSON.stringify({ include: `${number + 1}.json`, requests: [] }));
      const { problems } = withIncluded(parseRequestFile(text), { path: name, place: join(path, name) });
      assert.ok(
        problems.some((problem) => problem.code === code),
        `${code}: ${JSON.stringify(problems)}`,
      );
    }
  });

  test('has examples of problems that the editor marks, and each has exactly its problem', async (context) => {
    const told: (readonly string[])[] = [];
    for (const [code, example] of Object.entries(fileProblems)) {
      const { files: written, name, text } = whole(example);
      const path = await folder(context, written);
      if (code === 'environment-missing') await assert.rejects(readEnvironment(join(path, 'staging.json')), { code });
      else if (code === 'environment-invalid') await assert.rejects(readEnvironment(join(path, name)), { code });
      else if (code === 'environment-name') {
        const environment = await readEnvironment(join(path, 'staging.json'));
        assert.deepEqual(misspelledVariables(environment, [parseRequestFile(text)]), [{ name: 'emial', meant: 'email' }]);
      } else {
        const found = lint(parseRequestFile(text), around[code] ?? {});
        told.push([code, ...new Set(found.map((problem) => problem.code))]);
      }
    }
    assert.deepEqual(
      told.filter(([code, found, ...others]) => found !== code || others.length > 0),
      [],
    );
  });

  test('has a heading for each code of an error and of a problem in a file, for the links of the editor', () => {
    const sources = [...files('src/requests'), ...files('src/extension/requests/request-diagnostics.ts')];
    // Each form in which the source names a code.
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

  test('has an example of included files that runs as described', async (context) => {
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

const maho = await productMethods('maho');

/** The known context of the examples of problems. */
const around: Readonly<Record<string, LintContext>> = {
  'store-unknown': { stores: ['Shop', 'Staging'] },
  'store-ambiguous': { stores: ['Shop', 'Shop'] },
  'method-undescribed': { dialect: 'v2', describing: true },
  'expected-field-unknown': { registry: (dialect = 'v2') => describedRegistry(maho, { dialect, complete: true, anyName: true }) },
};

/** How often the character or line before `…` is repeated. */
const MANY = { bracket: 2000, character: 16 * 1024 * 1024, line: 10_000 };

/** The files of an example as they are on a disk, and the first of them. */
function whole({ files: shown }: CodeExample): {
  readonly files: Readonly<Record<string, string>>;
  readonly name: string;
  readonly text: string;
} {
  const written = Object.fromEntries(
    Object.entries(shown).map(([name, content]) => [
      name,
      typeof content === 'string' ? expanded(content) : JSON.stringify(content, undefined, 2),
    ]),
  );
  const [[name = '', text = ''] = []] = Object.entries(written);
  return { files: written, name, text };
}

function expanded(text: string): string {
  return text
    .replace(/^(.*\n)…$/m, (_, line: string) => line.repeat(MANY.line + 1))
    .replace(/[[\]]…/g, ([bracket = '']) => bracket.repeat(MANY.bracket))
    .replace(/([a-z])…/, (_, letter: string) => letter.repeat(MANY.character + 1));
}

/** The texts of a file, or of all TypeScript files of a folder. */
function files(place: string): readonly string[] {
  const path = resolve(import.meta.dirname, '../../..', place);
  if (!statSync(path).isDirectory()) return [readFileSync(path, 'utf8')];
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(path, name), 'utf8'));
}
