import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { format } from 'node:util';
import { launchBrowser } from './browser';
import { startServer } from './server';
import type { HostSuite } from './url';

export interface HostRun extends HostSuite {
  /** Absolute path of the folder to open. */
  readonly workspace: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Additional environment variables of the extension host. */
  readonly env?: Readonly<Record<string, string>>;
  /** The output of the suite and the browser is appended to this file. */
  readonly logFile: string;
  /** In ms. A workbench with wrong parameters for the suite shows no error. */
  readonly limit: number;
}

/**
 * Runs a mocha suite in the extension host of a real VS Code, which a headless browser opens. The suite's entry point is the one that
 * `@vscode/test-electron` also uses.
 * @returns the suite's exit code
 * @throws when the suite did not end within the limit
 */
export async function runHostSuite(run: HostRun): Promise<number> {
  const dataFolder = await mkdtemp(path.join(os.tmpdir(), 'maho-soap-host-'));
  const server = await startServer({
    dataFolder,
    testDriver: true,
    ...(run.settings && { settings: run.settings }),
    ...(run.env && { env: run.env }),
  });
  try {
    const browser = await launchBrowser();
    try {
      const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
      const page = await context.newPage();
      const said: Promise<void>[] = [];
      const ended = new Promise<number>((resolve) => {
        // The workbench calls these two functions when it runs a suite. The first one gets printf arguments.
        void page.exposeFunction('codeAutomationLog', (_type: string, args: unknown[]) => {
          said.push(appendFile(run.logFile, `${format(...args).trimEnd()}\n`));
        });
        void page.exposeFunction('codeAutomationExit', resolve);
      });
      const stopped = new AbortController();
      const late = delay(run.limit, undefined, { signal: stopped.signal }).catch(() => undefined);
      await page.goto(server.url(run.workspace, run), { timeout: run.limit });
      const code = await Promise.race([ended, late]);
      stopped.abort();
      await Promise.all(said);
      if (code === undefined) throw new Error(`The suite in the extension host did not end within ${run.limit / 1000} s.`);
      return code;
    } finally {
      await browser.close();
    }
  } finally {
    await server.stop();
    await removeFolder(dataFolder);
  }
}

/** Removes a folder. The extension host runs about a second longer than its server and may still be writing. */
export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 });
}
