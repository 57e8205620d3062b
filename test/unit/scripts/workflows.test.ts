// What runs elsewhere cannot be tried here: its form is checked, and each of its steps runs a script of this repository.
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite, test } from 'node:test';
import { parse } from 'yaml';
import * as z from 'zod/mini';
import { oldestVscode } from '../../../scripts/lib/test-desktop';
import { pinProblem, usedActions } from '../../../scripts/lib/workflows';
import { root } from '../../../scripts/lib/project';

const text = z.string().check(z.minLength(1));
const settings = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));
const permissions = z.partialRecord(z.enum(['contents', 'id-token', 'security-events']), z.enum(['read', 'write']));
const step = z.union([
  z.strictObject({ uses: text, if: z.optional(text), with: z.optional(settings) }),
  z.strictObject({ run: text, env: z.optional(settings) }),
]);
const job = z.strictObject({
  name: z.optional(text),
  strategy: z.optional(z.strictObject({ 'fail-fast': z.literal(false), matrix: z.record(z.string(), z.array(text)) })),
  'runs-on': text,
  'timeout-minutes': z.int(),
  environment: z.optional(text),
  permissions: z.optional(permissions),
  steps: z.array(step).check(z.minLength(1)),
});
/** As much of the form of a workflow as is used here: anything else is a slip until it is added. */
const workflow = z.strictObject({
  name: text,
  on: z.strictObject({
    push: z.optional(z.strictObject({ branches: z.optional(z.array(text)), tags: z.optional(z.array(text)) })),
    pull_request: z.optional(z.null()),
    schedule: z.optional(z.array(z.strictObject({ cron: z.string().check(z.regex(/^(\S+ ){4}\S+$/)) }))),
  }),
  permissions: z.strictObject({ contents: z.literal('read') }),
  concurrency: z.optional(z.strictObject({ group: text, 'cancel-in-progress': z.optional(z.boolean()) })),
  jobs: z.record(z.string(), job),
});

const question = z.strictObject({
  type: z.enum(['textarea', 'input', 'dropdown', 'markdown']),
  id: z.optional(z.string().check(z.regex(/^[\w-]+$/))),
  attributes: z.strictObject({
    label: z.optional(text),
    description: z.optional(text),
    value: z.optional(text),
    render: z.optional(text),
    multiple: z.optional(z.boolean()),
    options: z.optional(z.array(text)),
  }),
  validations: z.optional(z.strictObject({ required: z.boolean() })),
});
const form = z.strictObject({ name: text, description: text, labels: z.array(text), body: z.array(question) });

const github = path.join(root, '.github');
const read = (name: string): unknown => parse(readFileSync(path.join(github, name), 'utf8'), { strict: true, uniqueKeys: true });
const workflows = readdirSync(path.join(github, 'workflows')).map((file) => ({ ...workflow.parse(read(`workflows/${file}`)), file }));
const scripts = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))).scripts;

suite('The workflows', () => {
  const jobs = workflows.flatMap(({ file, jobs: all }) => Object.entries(all).map(([id, each]) => ({ place: `${file} ${id}`, ...each })));

  test('pin each action to a commit that is named', async () => {
    const actions = await usedActions();
    assert.ok(actions.length >= 10);
    assert.deepEqual(
      actions.map(pinProblem).filter((problem) => problem !== undefined),
      [],
    );
  });

  test('run nothing but scripts of this repository', () => {
    const commands = jobs.flatMap(({ place, steps }) => steps.flatMap((each) => ('run' in each ? [{ place, run: each.run }] : [])));
    assert.ok(commands.length >= 8);
    for (const { place, run } of commands) {
      const [, script] = /^npm run ([\w:]+)(?: -- [^;&|<>`]+)?$/.exec(run) ?? [];
      assert.ok(run === 'bash .ci/run' || (script !== undefined && scripts[script] !== undefined), `${place}: ${run}`);
      // What others choose, such as the name of a branch, must not become a part of a command.
      for (const [, expression] of run.matchAll(/\$\{\{(.*?)\}\}/g)) assert.match(expression ?? '', /^ matrix\.\w+ $/, place);
    }
  });

  test('try Linux, Windows and macOS, each with the oldest and the newest VS Code', () => {
    const desktop = jobs.find(({ place }) => place === 'test.yml desktop');
    assert.deepEqual(desktop?.strategy?.matrix, {
      os: ['ubuntu-latest', 'windows-latest', 'macos-latest'],
      vscode: ['oldest', 'stable'],
    });
    assert.equal(oldestVscode(), '1.100.0');
  });

  test('give secrets and rights to no more than needs them, and none to pull requests', () => {
    for (const { file, on, jobs: all } of workflows) {
      for (const [id, { steps, permissions: rights = {} }] of Object.entries(all)) {
        const secrets = JSON.stringify(steps).includes('secrets.');
        const writes = Object.entries(rights).filter(([, right]) => right === 'write');
        if (secrets) assert.ok(!('pull_request' in on), `${file} ${id}`);
        assert.deepEqual(
          writes.map(([right]) => right),
          file === 'release.yml' ? ['id-token'] : file === 'scan.yml' && id === 'code' ? ['security-events'] : [],
        );
      }
    }
  });
});

test('an action by tag, by branch, by a short hash, without its tag or written in another way is told', async (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'maho-soap-workflows-'));
  t.after(() => {
    rmSync(folder, { recursive: true });
  });
  const hash = '08c6903cd8c0fde910a37f88322edcfb5dd907a8';
  const bad = [
    'actions/checkout@v5',
    'actions/checkout@main # v5.0.0',
    `actions/checkout@${hash.slice(0, 12)} # v5.0.0`,
    `actions/checkout@${hash}`,
    `actions/checkout@${hash} # latest`,
    'actions/checkout',
    '"actions/checkout@v5"',
    '{ not: a, name: at-all }',
    'docker://alpine:3',
  ];
  const good = [`actions/checkout@${hash} # v5.0.0`, `'actions/checkout@${hash}' # v5.0.0`, './.github/actions/own'];
  writeFileSync(path.join(folder, 'a.yml'), [...bad, ...good].map((uses) => `      - uses: ${uses}\r\n`).join(''));
  const problems = (await usedActions(folder)).map(pinProblem);
  assert.equal(problems.length, bad.length + good.length);
  assert.deepEqual(
    problems.map((problem) => problem === undefined),
    [...bad.map(() => false), ...good.map(() => true)],
  );
});

suite('The forms for issues', () => {
  const names = readdirSync(path.join(github, 'ISSUE_TEMPLATE')).filter((name) => name !== 'config.yml');
  const forms = names.map((name) => ({ file: name, ...form.parse(read(`ISSUE_TEMPLATE/${name}`)) }));

  test('have questions with a name of their own, and a text each', () => {
    for (const { file, body } of forms) {
      const ids = body.flatMap(({ id }) => id ?? []);
      assert.equal(new Set(ids).size, ids.length, file);
      for (const { type, id, attributes } of body) {
        assert.ok(type === 'markdown' ? attributes.value !== undefined : id !== undefined && attributes.label !== undefined, file);
        assert.equal(type === 'dropdown', attributes.options !== undefined, file);
      }
    }
  });

  test('ask for the output of the doctor where something is wrong', () => {
    for (const file of ['bug.yml', 'store.yml']) {
      const doctor = forms.find((each) => each.file === file)?.body.find(({ id }) => id === 'doctor');
      assert.ok(doctor?.attributes.description?.includes('maho-soap doctor') && doctor.validations?.required === true, file);
    }
  });
});

test('dependencies of each package.json and the actions are kept up to date', () => {
  const update = z.looseObject({
    'package-ecosystem': text,
    directory: text,
    schedule: z.strictObject({ interval: z.enum(['weekly', 'monthly']) }),
  });
  const { updates } = z.strictObject({ version: z.literal(2), updates: z.array(update) }).parse(read('dependabot.yml'));
  assert.deepEqual(
    updates.map((each) => `${each['package-ecosystem']} ${each.directory}`),
    ['npm /', 'npm /test/workbench', 'github-actions /'],
  );
  for (const { directory } of updates.filter((each) => each['package-ecosystem'] === 'npm'))
    readFileSync(path.join(root, directory, 'package.json'));
});
