import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import path from 'node:path';
import { root } from './project';

export interface CommandOptions {
  /** How long it may take, in ms. Then it and everything it started is ended. */
  readonly limit: number;
  /** Its output goes into this file as well. */
  readonly logFile?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Where it runs; the project folder when not given. */
  readonly cwd?: string;
}

export interface CommandResult {
  /** `null` when it was ended by a signal or at its limit. */
  readonly code: number | null;
  readonly late: boolean;
  /** What it wrote to stdout and stderr. */
  readonly output: string;
}

const running = new Set<ChildProcess>();

const INTERRUPTS = ['SIGINT', 'SIGTERM'] as const;

/** Runs a Node program and waits for its end. */
export function runNode(args: readonly string[], options: CommandOptions): Promise<CommandResult> {
  if (options.logFile) mkdirSync(path.dirname(options.logFile), { recursive: true });
  const log = options.logFile ? createWriteStream(options.logFile) : undefined;
  const child = spawn(process.execPath, args, {
    cwd: options.cwd ?? root,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A process group of its own, so that a test's children end with it.
    detached: process.platform !== 'win32',
  });
  track(child);
  return new Promise((resolve, reject) => {
    let output = '';
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      endGroup(child, 'SIGTERM');
      setTimeout(() => {
        endGroup(child, 'SIGKILL');
      }, 3000).unref();
    }, options.limit);
    const listen = (chunk: Buffer): void => {
      output += chunk.toString();
      log?.write(chunk);
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(timer);
      untrack(child);
      log?.end();
      resolve({ code: late ? null : code, late, output });
    });
  });
}

/** Signals a process that was started here together with what it started. */
function endGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined || child.exitCode !== null) return;
  try {
    if (process.platform === 'win32') child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch (error) {
    // It ended by itself in the meantime.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Ctrl+C reaches only this process, since every command has a group of its own. */
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
