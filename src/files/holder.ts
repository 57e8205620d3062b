import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { promisify } from 'node:util';
import { hasErrorCode } from './codes';

/** The process that holds a lock, according to the name of its file. */
export interface Holder {
  readonly pid: number;
  /** Machine and, on Linux, the container, since process numbers are valid only there. Eight hex digits. */
  readonly place: string;
  /** Start time of the process as eight hex digits, or `0` if it is not known. Process numbers are reused. */
  readonly started: string;
  /** Distinguishes several locks of one process. */
  readonly nonce: string;
}

const NAME = /^(\d{1,10})-([0-9a-f]{8})-(0|[0-9a-f]{8})-([0-9a-f]{16})$/;

/** This process as the holder of another lock. */
export async function thisHolder(): Promise<Holder> {
  return { pid: process.pid, place: thisPlace(), started: (await startOf(process.pid)) ?? '0', nonce: randomBytes(8).toString('hex') };
}

/** The holder as part of a file name. */
export function nameOf({ pid, place, started, nonce }: Holder): string {
  return `${pid}-${place}-${started}-${nonce}`;
}

/** Reads a text of {@link nameOf}; `undefined` for other texts. */
export function holderNamed(name: string): Holder | undefined {
  const [, pid, place, started, nonce] = NAME.exec(name) ?? [];
  return pid === undefined || place === undefined || started === undefined || nonce === undefined
    ? undefined
    : { pid: Number(pid), place, started, nonce };
}

/** State of a holder: it runs, it has ended, or it runs on another machine or in another container. */
export type HolderState = 'running' | 'ended' | 'elsewhere';

/** See {@link HolderState}. In doubt the state is `running`. */
export async function stateOf(holder: Holder): Promise<HolderState> {
  if (holder.place !== thisPlace()) return 'elsewhere';
  if (!isRunning(holder.pid)) return 'ended';
  const started = await startOf(holder.pid);
  // A process that has ended, but was not collected by its parent yet, has no start time any more.
  if (started === 'ended') return 'ended';
  return started === undefined || holder.started === '0' || started === holder.started ? 'running' : 'ended';
}

/** Whether a process with this number exists. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It exists, but this process may not signal it.
    return hasErrorCode(error, 'EPERM');
  }
}

let place: string | undefined;

function thisPlace(): string {
  place ??= digest(`${hostname()} ${ofSystem(() => readlinkSync('/proc/self/ns/pid'))}`);
  return place;
}

const run = promisify(execFile);

/**
 * Start time of a process as a text that differs from that of later processes with its number; `undefined` if the system does not tell it.
 */
async function startOf(pid: number): Promise<string | undefined> {
  if (process.platform === 'linux') {
    const stat = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => undefined);
    if (stat === undefined) return isRunning(pid) ? undefined : 'ended';
    // The second field is the program's name in brackets, which may contain any characters.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return 'ended';
    return digest(`${ofSystem(() => readFileSync('/proc/sys/kernel/random/boot_id', 'latin1'))} ${fields[19] ?? ''}`);
  }
  if (process.platform === 'win32') return undefined;
  try {
    const { stdout } = await run('ps', ['-o', 'lstart=', '-p', String(pid)], {
      env: { LC_ALL: 'C', TZ: 'UTC', PATH: '/bin:/usr/bin' },
      timeout: 5000,
    });
    return stdout.trim() === '' ? undefined : digest(stdout.trim());
  } catch {
    // Neither `ps` nor the process need exist: `isRunning` tells whether the process runs.
    return undefined;
  }
}

/** Information from the system; an empty text if there is none. */
function ofSystem(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}
