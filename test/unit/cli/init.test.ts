// maho-soap init and the recipes of docs/ci. Their steps run here like on a build server.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { parseDocument } from 'yaml';
import * as z from 'zod/mini';
import { recipes } from '../../../src/cli/init/templates';
import { startDemoStore } from '../../../src/demo';
import { runCli, type Ran } from '../../support/cli';
import { builtCli } from '../../support/built-cli';

const root = resolve(import.meta.dirname, '../../..');

const init = async (...args: readonly string[]): Promise<Ran> => await runCli(['init', ...args]);

suite('maho-soap init', () => {
  let folder = '';
  let program = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'maho-soap-init-'));
    program = `${process.execPath} ${join(builtCli(join(folder, 'dist')), 'maho-soap.cjs')}`;
  });
  after(async () => await rm(folder, { recursive: true, force: true }));

  const made = async (...args: readonly string[]): Promise<string> => {
    const place = await mkdtemp(join(folder, 'project-'));
    const { code, err } = await init(place, ...args);
    assert.equal(code, 0, err);
    return place;
  };

  /** Runs the commands of a recipe. */
  const steps = async (script: string, place: string, env: Readonly<Record<string, string>> = {}, args: readonly string[] = []) => {
    const child = spawn('sh', [script, ...args], { cwd: place, env: { PATH: process.env['PATH'], MAHO_SOAP: program, ...env } });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += String(chunk)));
    child.stderr.on('data', (chunk: Buffer) => (output += String(chunk)));
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, output };
  };

  test('writes files for each build server, prints the next steps, and replaces nothing', async () => {
    for (const recipe of recipes) {
      const place = await mkdtemp(join(folder, 'empty-'));
      const first = await init(place, '--ci', recipe);
      assert.equal(first.code, 0);
      assert.match(first.out, /Next:\n {2}cd [^\n]+\n {2}maho-soap demo-store[^]*maho-soap run requests\//);
      const again = await init(place, '--ci', recipe);
      assert.match(again.out, /\(unchanged\)/);
      await writeFile(join(place, 'requests', 'base.env.json'), '{ "mine": 1 }');
      await rm(join(place, 'requests', 'customers.maho.json'));
      const refused = await init(place, '--ci', recipe);
      assert.equal(refused.code, 2);
      assert.match(refused.err, /base\.env\.json already exists with other content\. Nothing was written/);
      assert.equal(await readFile(join(place, 'requests', 'base.env.json'), 'utf8'), '{ "mine": 1 }');
      assert.deepEqual(await readdir(join(place, 'requests')), ['base.env.json']);
    }
    assert.equal((await init('.', '--ci', 'jenkins')).code, 2);
  });

  test('steps run on a demo store, write the report, and stop the store', { timeout: 120_000 }, async () => {
    const place = await made();
    const { code, output } = await steps('ci/maho-soap.sh', place, {}, ['--reporter', 'github']);
    assert.equal(code, 0, output);
    assert.match(output, /3 passed/);
    assert.match(await readFile(join(place, 'report.xml'), 'utf8'), /<testsuite [^>]*tests="3"/);
  });

  test('steps run on a given shop, fail with its requests, and write the report to the given place', { timeout: 120_000 }, async (t) => {
    const place = await made('--ci', 'gitlab');
    const store = await startDemoStore({ customers: 3, port: 0, wsiPort: 0 });
    t.after(() => store.close());
    const [user] = store.users;
    const env = { SHOP_URL: new URL(store.urls.v2).origin, SHOP_USER: user?.user ?? '', MAHO_SOAP_KEY: user?.key ?? '' };
    await mkdir(join(place, 'out'));
    assert.equal((await steps('ci/maho-soap.sh', place, { ...env, REPORT: 'out/r.xml' })).code, 0);
    assert.deepEqual(await readdir(join(place, 'out')), ['r.xml']);
    const file = join(place, 'requests', 'customers.maho.json');
    await writeFile(file, (await readFile(file, 'utf8')).replace('"fault": 102', '"fault": 103'));
    const { code, output } = await steps('ci/maho-soap.sh', place, env);
    assert.equal(code, 1, output);
    assert.equal((await steps('ci/maho-soap.sh', place, { ...env, MAHO_SOAP_KEY: 'wrong' })).code, 2);
  });

  test('steps report that the demo store does not start', { timeout: 240_000 }, async () => {
    const { code, output } = await steps('ci/maho-soap.sh', await made(), { MAHO_SOAP: 'false' });
    assert.equal(code, 2);
    assert.match(output, /The demo store did not start/);
  });

  test('recipes contain only these steps', async () => {
    const read = async (name: string): Promise<string> => await readFile(join(root, 'docs/ci', name), 'utf8');
    const yaml = async (name: string): Promise<unknown> => {
      const document = parseDocument(await read(name), { strict: true });
      assert.deepEqual([...document.errors, ...document.warnings], []);
      return document.toJS();
    };
    const step = z.union([
      z.strictObject({
        uses: z.string().check(z.regex(/^actions\/[\w-]+@v\d+$/)),
        if: z.optional(z.string()),
        with: z.optional(z.record(z.string(), z.union([z.string(), z.number()]))),
      }),
      z.strictObject({ run: z.string(), env: z.optional(z.record(z.string(), z.string())) }),
    ]);
    const workflow = z.strictObject({
      name: z.string(),
      on: z.array(z.enum(['push', 'pull_request'])),
      permissions: z.strictObject({ contents: z.literal('read') }),
      jobs: z.strictObject({
        requests: z.strictObject({ 'runs-on': z.string(), 'timeout-minutes': z.number(), steps: z.array(step) }),
      }),
    });
    const github = workflow.parse(await yaml('github-workflow.yml'));
    const commands = github.jobs.requests.steps.flatMap((each) => ('run' in each ? [each.run] : []));
    assert.deepEqual(commands, ['sh ci/maho-soap.sh --reporter github']);
    const job = z.strictObject({
      requests: z.strictObject({
        image: z.string(),
        timeout: z.string(),
        script: z.array(z.string()),
        artifacts: z.strictObject({ when: z.literal('always'), reports: z.strictObject({ junit: z.literal('report.xml') }) }),
      }),
    });
    assert.deepEqual(job.parse(await yaml('gitlab-job.yml')).requests.script, ['sh ci/maho-soap.sh']);
    const docker = await read('Dockerfile');
    assert.match(docker, /^COPY ci ci$/m);
    assert.deepEqual(JSON.parse(/^ENTRYPOINT (.*)$/m.exec(docker)?.[1] ?? ''), ['sh', 'ci/maho-soap.sh']);
    assert.deepEqual(wrongIn(docker), []);
    // The rules find the mistakes that they are for.
    const broken: readonly (readonly [RegExp, string])[] = [
      [/node:22-slim/, 'node:latest'],
      [/node:22-slim/, 'node'],
      [/^USER node$/m, 'USER root'],
      [/^USER node\n/m, ''],
      [/WORKDIR \/project/, 'WORKDIR project'],
      [/COPY ci ci/, 'COPY ../ci ci'],
      [/COPY ci ci/, 'ADD https://example.com/ci ci'],
      [/ENV REPORT=/, 'ENV MAHO_SOAP_KEY='],
      [/ENTRYPOINT .*/, 'ENTRYPOINT sh ci/maho-soap.sh'],
      [/ENTRYPOINT .*/, ''],
      [/^COPY requests/m, 'COPPY requests'],
    ];
    for (const [place, instead] of broken) assert.equal(wrongIn(docker.replace(place, instead)).length, 1, instead);
    assert.equal(spawnSync('sh', ['-n', join(root, 'docs/ci/maho-soap.sh')]).status, 0);
  });
});

/**
 * The violations of the rules that Dockerfile linters agree on: a known instruction in each line, a tag of the image, absolute folders,
 * only files of the project, no secrets in the image, no root at the end, and one program that receives its signals.
 */
function wrongIn(dockerfile: string): readonly string[] {
  const instructions = dockerfile
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => /^([A-Z]+) (\S.*)$/.exec(line)?.slice(1) ?? [line, '']);
  const all = (name: string): readonly string[] => instructions.flatMap(([each, value]) => (each === name ? [value ?? ''] : []));
  const isProgram = (text: string): boolean => /^\["[^\]]*"\]$/.test(text) && Array.isArray(JSON.parse(text));
  const rules: readonly (readonly [string, boolean])[] = [
    [
      'begins with one image that has a tag',
      all('FROM').length === 1 && instructions[0]?.[0] === 'FROM' && /:(?!latest$)[\w.-]+$/.test(all('FROM')[0] ?? ''),
    ],
    [
      'has instructions that are known and needed',
      instructions.every(([name]) => /^(?:FROM|WORKDIR|COPY|USER|ENV|ENTRYPOINT)$/.test(name ?? '')),
    ],
    ['works in an absolute folder', all('WORKDIR').every((folder) => folder.startsWith('/'))],
    [
      'copies from the project alone',
      all('COPY').every((paths) => !paths.split(' ').some((path) => path.startsWith('/') || path.includes('..'))),
    ],
    ['holds no secret', all('ENV').every((pair) => /^[A-Z]\w*=\S/.test(pair) && !/KEY|PASSWORD|TOKEN|SECRET/.test(pair))],
    ['does not run as root', !['root', '0', undefined].includes(all('USER').at(-1))],
    ['has one program, as a list', all('ENTRYPOINT').length === 1 && isProgram(all('ENTRYPOINT')[0] ?? '')],
  ];
  return rules.flatMap(([rule, holds]) => (holds ? [] : [rule]));
}
