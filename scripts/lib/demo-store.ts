import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { root } from './project';

/** The API user of the demo store. It is not secret: the README contains it too. */
export const demoUser = { user: 'apiUser', key: 'apiKey12345' } as const;

export interface DemoStore {
  /** URL of V2. */
  readonly v2: string;
  stop(): Promise<void>;
}

/** In ms. */
const START_LIMIT_MS = 30_000;

/** Starts the demo store through the CLI, as users do, and waits until it responds. */
export async function startDemoStore(): Promise<DemoStore> {
  const port = await freePort();
  const child = spawn(
    process.execPath,
    [path.join(root, 'dist/maho-soap.cjs'), 'demo-store', '--port', String(port), '--wsi-port', String(await freePort())],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let said = '';
  const listen = (chunk: Buffer): void => {
    said = (said + chunk.toString()).slice(-4000);
  };
  child.stdout.on('data', listen);
  child.stderr.on('data', listen);
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    await gone;
  };
  const v2 = `http://127.0.0.1:${port}/api/v2_soap/`;
  const until = Date.now() + START_LIMIT_MS;
  while (!(await answers(`${v2}?wsdl`))) {
    if (child.exitCode !== null) throw new Error(`The demo store ended with exit code ${child.exitCode}.\n${said}`);
    if (Date.now() > until) {
      await stop();
      throw new Error(`The demo store did not respond within ${START_LIMIT_MS / 1000} s.\n${said}`);
    }
    await delay(50);
  }
  return { v2, stop };
}

async function answers(url: string): Promise<boolean> {
  try {
    await (await fetch(url)).arrayBuffer();
    return true;
  } catch {
    // The store does not listen yet; the caller decides how long to wait.
    return false;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('There is no free port.');
  return address.port;
}
