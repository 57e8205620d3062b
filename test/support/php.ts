import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod/mini';

const modules = spawnSync('php', ['-m'], { encoding: 'utf8' });

/** Why tests that run PHP are skipped, or `false` when they can run. */
export const phpSkip: string | false =
  modules.error !== undefined || modules.status !== 0
    ? 'php-cli is not installed'
    : /^soap$/m.test(modules.stdout)
      ? false
      : "PHP's soap extension is not installed";

/** Why tests that run curl are skipped, or `false` when they can run. */
export const curlSkip: string | false = spawnSync('curl', ['--version']).status === 0 ? false : 'curl is not installed';

/** The result of a program. */
export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program until it ends, with this text as its standard input and these additional environment variables. */
export async function run(
  command: string,
  args: readonly string[],
  options: { readonly input?: string; readonly env?: Readonly<Record<string, string>>; readonly cwd?: string } = {},
): Promise<Ran> {
  const child = spawn(command, args, { env: { ...process.env, ...options.env }, cwd: options.cwd, stdio: 'pipe' });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
  child.stdin.on('error', (error: NodeJS.ErrnoException) => {
    // A program may end without reading all of its input. Its exit status tells whether it failed.
    if (error.code !== 'EPIPE') child.emit('error', error);
  });
  child.stdin.end(options.input ?? '');
  const status = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  return { status, stdout: Buffer.concat(out).toString('utf8'), stderr: Buffer.concat(err).toString('utf8') };
}

/** Errors go to standard error. WSDLs are not cached, because demo stores use the same ports again. */
const phpOptions = [
  'display_errors=stderr',
  'log_errors=0',
  'error_reporting=-1',
  'soap.wsdl_cache_enabled=0',
  'serialize_precision=-1',
].flatMap((option) => ['-d', option]);

/** Runs PHP source from a file, as people do. */
export async function runPhp(source: string, env: Readonly<Record<string, string>> = {}): Promise<Ran> {
  const folder = await mkdtemp(join(tmpdir(), 'maho-php-'));
  try {
    const file = join(folder, 'program.php');
    await writeFile(file, source);
    return await run('php', [...phpOptions, file], { env });
  } finally {
    await rm(folder, { recursive: true });
  }
}

const ranAll = z.array(z.object({ status: z.number(), stdout: z.string(), stderr: z.string() }));

/** A PHP program and the environment variables that it reads. */
export interface PhpProgram {
  readonly source: string;
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Runs generated PHP programs one after the other in one process, which is much faster than a process for each.
 * @param prelude PHP code that is included before the first program
 * @throws {Error} when a program ends the process, for example with a fatal error
 */
export async function runPhpBatch(programs: readonly PhpProgram[], prelude?: string): Promise<readonly Ran[]> {
  const folder = await mkdtemp(join(tmpdir(), 'maho-php-'));
  try {
    const files = programs.map(({ env }, index) => ({ file: join(folder, `${index}.php`), env }));
    await Promise.all(
      programs.map(async ({ source }, index) => {
        await writeFile(join(folder, `${index}.php`), returning(source));
      }),
    );
    const start = prelude === undefined ? {} : { prelude: join(folder, 'prelude.php') };
    if (prelude !== undefined) await writeFile(join(folder, 'prelude.php'), prelude);
    await writeFile(join(folder, 'batch.json'), JSON.stringify({ ...start, programs: files }));
    const input = await readFile(join(import.meta.dirname, '../php/batch.php'), 'utf8');
    const { status, stdout, stderr } = await run('php', phpOptions, { input, env: { MAHO_BATCH: join(folder, 'batch.json') } });
    if (status !== 0) throw new Error(`The programs could not be run.\n${stderr}\n${stdout}`);
    return ranAll.parse(JSON.parse(stdout));
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** A program that ends with `return` instead of `exit`, which would end the process of all programs. */
function returning(source: string): string {
  const end = 'exit($status);\n';
  return source.endsWith(end) ? `${source.slice(0, -end.length)}return $status;\n` : source;
}
