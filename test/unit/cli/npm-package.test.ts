// The npm package of the command line, from its tarball in an empty folder.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import ts from 'typescript';
import { npmProgram, packageCli, type CliPackage } from '../../../scripts/lib/cli-package';
import { runNode } from '../../../scripts/lib/command';
import { installPackage, useWith } from '../../../scripts/lib/node-versions';
import { root } from '../../../scripts/lib/project';

suite('The package maho-soap', () => {
  let folder = '';
  let packed: CliPackage;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'maho-soap-package-'));
    packed = await packageCli(join(folder, 'made'));
    await mkdir(join(folder, 'empty'));
    await installPackage(join(folder, 'empty'), packed.file);
  });
  after(async () => await rm(folder, { recursive: true, force: true }));

  test('is small, and installs no dependencies', async () => {
    assert.ok(packed.bytes < 1_000_000, `${packed.bytes} bytes`);
    const installed = (await readdir(join(folder, 'empty', 'node_modules'))).filter((name) => !name.startsWith('.'));
    assert.deepEqual(installed, ['maho-soap']);
    const files = await readdir(join(folder, 'empty', 'node_modules', 'maho-soap'), { recursive: true, withFileTypes: true });
    // There is a chunk for each part that is loaded on demand, and a page for each command.
    assert.ok(files.filter((each) => each.isFile()).length < 80, 'a few files');
    const {
      dependencies,
      private: hidden,
      scripts,
    } = JSON.parse(await readFile(join(folder, 'empty', 'node_modules', 'maho-soap', 'package.json'), 'utf8')) as Record<string, unknown>;
    assert.deepEqual([dependencies, hidden, scripts], [undefined, undefined, undefined]);
  });

  test('contains exactly the licences of the code in its bundles', async () => {
    const notices = await readFile(join(folder, 'empty', 'node_modules', 'maho-soap', 'THIRD-PARTY-NOTICES.txt'), 'utf8');
    const named = [...notices.matchAll(/^={80}\n(\S+) /gm)].map(([, name]) => name);
    for (const name of ['soap', 'zod', 'sax', 're2js']) assert.ok(named.includes(name), name);
    // Only pages use these packages.
    for (const name of ['@microsoft/fast-element', '@vscode/codicons']) assert.ok(!named.includes(name), name);
  });

  test('reports that it names no repository', async () => {
    const { repository } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as Record<string, unknown>;
    assert.equal(
      packed.notes.some((note) => note.includes('no repository')),
      repository === undefined,
    );
  });

  test('calls a demo store over V1 and V2, checks it and writes its types', () => {
    assert.equal(useWith(process.execPath, join(folder, 'empty')), undefined);
  });

  test('runs with npx without a network, when installed and from its tarball', async () => {
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
    const here = await runNode([await npmProgram('npx'), '--offline', 'maho-soap', '--version'], {
      limit: 60_000,
      cwd: join(folder, 'empty'),
    });
    assert.equal(here.output.trim(), version);
    const elsewhere = await mkdtemp(join(folder, 'other-'));
    const args = [await npmProgram('npx'), '--offline', '--yes', '--package', packed.file, 'maho-soap', '--version'];
    const env = { npm_config_cache: join(folder, 'cache') };
    assert.equal((await runNode(args, { limit: 60_000, cwd: elsewhere, env })).output.trim(), version);
  });

  test('has types that a project finds through its exports', async () => {
    const file = join(folder, 'empty', 'use.mts');
    await writeFile(
      file,
      `import { startDemoStore, type DemoStore } from 'maho-soap/demo-store';
       export const store: Promise<DemoStore> = startDemoStore({ customers: 1 });
       // @ts-expect-error -- an option that is not one
       void startDemoStore({ custommers: 1 });`,
    );
    const program = ts.createProgram([file], {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      strict: true,
      noEmit: true,
      types: [],
    });
    const found = ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
    assert.deepEqual(found, []);
  });
});
