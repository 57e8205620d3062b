import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { startDemoStore } from '../../src/demo';
import { phpSkip, run } from '../support/php';

const root = join(import.meta.dirname, '../..');
const hasPhpUnit = spawnSync('phpunit', ['--version']).status === 0;

/** The example of docs/demo-store.md in a language. */
async function example(language: string): Promise<string> {
  const text = await readFile(join(root, 'docs/demo-store.md'), 'utf8');
  return new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, 'm').exec(text)?.[1] ?? assert.fail(`There is no example in ${language}.`);
}

test(
  'the PHPUnit example of the guide passes against a demo store that it controls',
  { skip: phpSkip !== false ? phpSkip : hasPhpUnit ? false : 'phpunit is not installed' },
  async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'maho-phpunit-'));
    t.after(() => rm(folder, { recursive: true, force: true }));
    const demo = await startDemoStore({ control: true });
    t.after(() => demo.close());
    await writeFile(join(folder, 'CustomerImportTest.php'), await example('php'));
    const ended = await run('phpunit', ['--do-not-cache-result', 'CustomerImportTest.php'], {
      cwd: folder,
      env: { DEMO_STORE: `http://127.0.0.1:${demo.ports.rpc}` },
    });
    assert.equal(ended.status, 0, `${ended.stdout}${ended.stderr}`);
    assert.match(ended.stdout, /OK \(2 tests/);
  },
);

test('the node:test example of the guide passes, and a demo store that was not closed does not keep the runner alive', async (t) => {
  // The folder is inside the project, so that imports are found as in a project with the package.
  const folder = await mkdtemp(join(root, 'node_modules/.cache-demo-example-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'example.test.mts');
  const source = (await example('ts')).replace(
    "'maho-soap/demo-store'",
    JSON.stringify(pathToFileURL(join(root, 'src/demo/index.ts')).href),
  );
  await writeFile(file, source);
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const ended = spawnSync(process.execPath, ['--import', 'tsx', '--test', file], { cwd: root, env, encoding: 'utf8', timeout: 120_000 });
  assert.equal(ended.status, 0, `${ended.stdout}${ended.stderr}`);
  assert.match(ended.stdout, /# pass 2|pass 2/);
});
