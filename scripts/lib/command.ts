import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import path from 'node:path';
import { root } from './project';

export interface CommandOptions {
  /** Time limit in ms. After it, the program and everything that it started are ended. */
  readonly limit: number;
  /** A file that the output is also written to. */
  readonly logFile?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** How long the output may go on after the program has ended, in ms. Only programs that it started can write then. */
  readonly outputAfterEnd?: number;
  /** Working folder; the project folder by default. */
  readonly cwd?: string;
}

export interface CommandResult {
  /** `null` when the program was ended by a signal or at its time limit. */
  readonly code: number | null;
  readonly late: boolean;
  /** Whether a program that it started went on after it had ended, and was ended here. */
  readonly leftRunning: boolean;
  /** Its stdout and stderr. */
  readonly output: string;
}

/** The default of {@link CommandOptions.outputAfterEnd}. */
const OUTPUT_AFTER_END_MS = 10_000;

const running = new Set<ChildProcess>();

const INTERRUPTS = ['SIGINT', 'SIGTERM'] as const;

/** Runs a Node program and waits until it ends. */
export function runNode(args: readonly string[], options: CommandOptions): Promise<CommandResult> {
  if (options.logFile) mkdirSync(path.dirname(options.logFile), { recursive: true });
  const log = options.logFile ? createWriteStream(options.logFile) : undefined;
  const child = spawn(process.execPath, args, {
    cwd: options.cwd ?? root,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A separate process group, so that the children of a test end with it.
    detached: process.platform !== 'win32',
  });
  track(child);
  return new Promise((resolve, reject) => {
    let output = '';
    let [late, leftRunning] = [false, false];
    const timer = setTimeout(() => {
      late = true;
      endGroup(child, 'SIGTERM');
      setTimeout(() => {
        endGroup(child, 'SIGKILL');
      }, 3000).unref();
    }, options.limit);
    let lingering: NodeJS.Timeout | undefined;
    child.once('exit', () => {
      lingering = setTimeout(() => {
        leftRunning = true;
        endGroup(child, 'SIGKILL');
      }, options.outputAfterEnd ?? OUTPUT_AFTER_END_MS);
    });
    const listen = (chunk: Buffer): void => {
      output += chunk.toString();
      log?.write(chunk);
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(timer);
      clearTimeout(lingering);
      untrack(child);
      log?.end();
      resolve({ code: late ? null : code, late, leftRunning, output });
    });
  });
}

/** Sends a signal to a process that was started here, and to its children, which may go on after it has ended. */
function endGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch (error) {
    // The process has ended in the meantime.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Ctrl+C reaches only this process, because every command has its own process group. */
function onInterrupt(): void {
  for (const child of running) endGroup(child, 'SIGTERM');
  process.exitCode = 130;
  setTimeout(() => process.exit(), 1000).unref();
}

function track(child: ChildProcess): void {
  if (running.size === 0) for (const signal of INTERRUPTS) process.on(signal, onInterrupt);
  running.add(child);
}

function untrack(child: ChildProcess): void {
  running.delete(child);
  if (running.size === 0) for (const signal of INTERRUPTS) process.off(signal, onInterrupt);
}
