// `npm start`: the packaged extension in a real VS Code, on a sample workspace with the demo store.
import { randomBytes } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { removeFolder } from '../../test/workbench/host-suite';
import { installVsix, startServer } from '../../test/workbench/server';
import { checkCustomers } from './check';
import { demoUser, startDemoStore } from './demo-store';
import { openOnDesktop, requireCode } from './desktop';
import { packageExtension } from './package';
import { root } from './project';
import { makeSampleWorkspace } from './sample-workspace';

export interface StartOptions {
  /** Use the VS Code of this machine instead of one in the browser. */
  readonly desktop: boolean;
  /** Headless: wait for customers in the sidebar, print how many there are, and exit. */
  readonly check: boolean;
}

/** Runs until it is interrupted or the check is done. Then stops what it started and removes what it created. */
export async function start(options: StartOptions): Promise<void> {
  const undo: (() => Promise<void>)[] = [];
  try {
    await Promise.race([run(options, undo), interruption()]);
  } finally {
    for (const step of undo.reverse()) await step();
  }
}

/** @param undo receives the steps for cleaning up, in the order in which the things were started */
async function run({ desktop, check }: StartOptions, undo: (() => Promise<void>)[]): Promise<void> {
  if (desktop) requireCode();
  console.log('Building the extension …');
  const vsix = await packageExtension();
  const home = await mkdtemp(path.join(os.tmpdir(), 'maho-soap-start-'));
  undo.push(() => removeFolder(home));
  const store = await startDemoStore();
  undo.push(() => store.stop());
  const workspace = path.join(home, 'workspace');
  await makeSampleWorkspace(workspace, store.v2);
  console.log(`Demo store at ${store.v2}, API user ${demoUser.user}, API key ${demoUser.key}`);
  if (desktop) {
    openOnDesktop(home, workspace, vsix);
  } else {
    const dataFolder = path.join(home, 'vscode');
    await installVsix(dataFolder, vsix);
    // The VS Code in the browser comes without the compiler that it needs for help in TypeScript files.
    const settings = { 'typescript.tsdk': path.join(root, 'node_modules/typescript/lib') };
    const server = await startServer({ dataFolder, token: randomBytes(16).toString('hex'), settings });
    undo.push(() => server.stop());
    const url = server.url(workspace);
    if (check) {
      console.log(`Ready: ${await checkCustomers(url)} customers in the side bar`);
      return;
    }
    console.log(`\nOpen VS Code in a browser:\n\n  ${url}\n`);
  }
  console.log('Stop it with Ctrl+C.');
  await new Promise(() => {
    /* until the interruption */
  });
}

/** @throws never; a second Ctrl+C ends the process at once */
function interruption(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.once(signal, () => {
        resolve();
      });
  });
}
