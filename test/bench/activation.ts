import { build } from 'esbuild';
import { execFile, spawnSync } from 'node:child_process';
import { cp, mkdtemp, readFile, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod/mini';
import { runNode } from '../../scripts/lib/command';
import { out, root } from '../../scripts/lib/project';
import { removeFolder, runHostSuite } from '../workbench/host-suite';
import { lowerIsBetter, type BenchRow } from './report';

const ROUNDS = 7;

/** Maximum time for loading and activating on an idle machine, in ms. */
const GOAL_MS = 20;

/** The last commit whose extension was a single bundle. */
const ONE_BUNDLE = 'b7bc7d7';

const activation = z.object({ ms: z.number(), busy: z.number(), files: z.number(), bytes: z.number() });

/**
 * One activation. `files` and `bytes` are the extension's code that was loaded; `busy` is the share of the processors' time that was used
 * in the second before, 0 to 1.
 */
export type Activation = z.infer<typeof activation>;

/**
 * The time until the extension is ready when a view, a command or a file first needs it: loading the shipped code and `activate()`, in the
 * extension host of a real VS Code. In turns with the extension as a single bundle, for comparison.
 */
export async function benchActivation(): Promise<BenchRow[]> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'maho-soap-activation-'));
  try {
    await buildIn(root);
    const current = await asleep(root, folder);
    const before = await oneBundle(folder);
    const nothing = await emptied(current, folder);
    const now: Activation[] = [];
    const floor: Activation[] = [];
    const then: Activation[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      now.push(await once(current, folder));
      floor.push(await once(nothing, folder));
      if (before !== undefined) then.push(await once(before, folder));
    }
    return [
      ...rows(now, then, floor),
      {
        area: 'activation',
        case: `how busy the ${os.availableParallelism()} cores were in the second before, at most`,
        unit: '%',
        value: 100 * Math.max(...[...now, ...then, ...floor].map(({ busy }) => busy)),
      },
    ];
  } finally {
    await removeFolder(folder);
  }
}

function rows(now: readonly Activation[], then: readonly Activation[], floor: readonly Activation[]): BenchRow[] {
  const best = fastestOf(now);
  const old = fastestOf(then);
  const peer = old === undefined ? {} : { peer: `as one bundle (${ONE_BUNDLE})` };
  const least = fastestOf(floor);
  if (best === undefined || least === undefined) return [];
  return [
    lowerIsBetter({
      area: 'activation',
      case: 'load and activate in the extension host',
      unit: 'ms',
      value: best.ms,
      peer: 'goal',
      peerValue: GOAL_MS,
    }),
    lowerIsBetter({ area: 'activation', case: 'the same', unit: 'ms', value: best.ms, ...peer, ...(old && { peerValue: old.ms }) }),
    lowerIsBetter({
      area: 'activation',
      case: 'the same, median',
      unit: 'ms',
      value: median(now),
      ...peer,
      ...(old && { peerValue: median(then) }),
    }),
    lowerIsBetter({
      area: 'activation',
      case: 'what it takes above an extension that does nothing',
      unit: 'ms',
      value: best.ms - least.ms,
      ...peer,
      ...(old && { peerValue: old.ms - least.ms }),
    }),
    {
      area: 'activation',
      case: 'an extension that does nothing',
      unit: 'ms',
      value: least.ms,
    },
    lowerIsBetter({
      area: 'activation',
      case: `what is loaded for it, ${best.files} files`,
      unit: 'kB',
      value: best.bytes / 1000,
      ...peer,
      ...(old && { peerValue: old.bytes / 1000 }),
    }),
  ];
}

function fastestOf(times: readonly Activation[]): Activation | undefined {
  return times.toSorted((a, b) => a.ms - b.ms)[0];
}

function median(times: readonly Activation[]): number {
  return times.map(({ ms }) => ms).toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
}

async function buildIn(folder: string): Promise<void> {
  const script = path.join(folder, 'scripts/build.mjs');
  const built = await runNode([script, '--production'], { limit: 120_000, logFile: path.join(out, 'build.log'), cwd: folder });
  if (built.code !== 0) throw new Error(`The build failed.\n${built.output}`);
}

/** Builds the old extension with the current packages. @returns its folder; `undefined` when this clone does not have that commit */
async function oneBundle(folder: string): Promise<string | undefined> {
  if (spawnSync('git', ['cat-file', '-e', `${ONE_BUNDLE}^{commit}`], { cwd: root, stdio: 'ignore' }).status !== 0) {
    process.stderr.write(`This clone does not have the commit ${ONE_BUNDLE}, so the extension as one bundle is not measured.\n`);
    return undefined;
  }
  const before = await mkdtemp(path.join(folder, 'before-'));
  const archive = path.join(folder, 'before.tar');
  const run = promisify(execFile);
  await run('git', ['archive', '--output', archive, ONE_BUNDLE], { cwd: root });
  await run('tar', ['-xf', archive, '-C', before]);
  await symlink(path.join(root, 'node_modules'), path.join(before, 'node_modules'), 'junction');
  await buildIn(before);
  return await asleep(before, folder);
}

/**
 * Copies the extension without its activation events. VS Code sometimes opens its own settings.json, which is JSON with comments, and that
 * would activate the extension before it can be measured.
 * @returns the folder of the copy
 */
async function asleep(extension: string, folder: string): Promise<string> {
  const copy = await mkdtemp(path.join(folder, 'extension-'));
  const manifest = z.looseObject({}).parse(JSON.parse(await readFile(path.join(extension, 'package.json'), 'utf8')));
  await writeFile(path.join(copy, 'package.json'), JSON.stringify({ ...manifest, activationEvents: [] }));
  for (const part of ['dist', 'media', 'schemas', 'snippets'])
    await cp(path.join(extension, part), path.join(copy, part), { recursive: true });
  return copy;
}

/** Copies the extension with code that does nothing, to measure the activation time of VS Code itself. @returns the folder of the copy */
async function emptied(extension: string, folder: string): Promise<string> {
  const copy = await mkdtemp(path.join(folder, 'nothing-'));
  const manifest = z.looseObject({ main: z.string() }).parse(JSON.parse(await readFile(path.join(extension, 'package.json'), 'utf8')));
  await cp(extension, copy, { recursive: true });
  await writeFile(path.join(copy, manifest.main), 'exports.activate = () => {};');
  return copy;
}

/** Measures once in a new VS Code: in a second activation the code would already be loaded. */
async function once(extension: string, folder: string): Promise<Activation> {
  const tests = path.join(folder, 'suite.cjs');
  await build({
    entryPoints: [path.join(import.meta.dirname, 'activation-suite.ts')],
    outfile: tests,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode'],
    logLevel: 'silent',
  });
  const report = path.join(folder, 'report.json');
  const workspace = await mkdtemp(path.join(folder, 'workspace-'));
  const code = await runHostSuite({
    extension,
    tests,
    workspace,
    env: { MAHO_SOAP_TEST_REPORT: report },
    logFile: path.join(out, 'activation.log'),
    limit: 120_000,
  });
  if (code !== 0) throw new Error(`The extension host ended with ${code}; see out/activation.log.`);
  return activation.parse(JSON.parse(await readFile(report, 'utf8')));
}
