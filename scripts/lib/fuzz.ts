import { spawn } from 'node:child_process';
import * as z from 'zod/mini';
import { root } from './project';

/** Without a message for this time, the process hangs, in ms. A batch takes seconds. */
const SILENCE_LIMIT_MS = 180_000;

/** The message that the process sends before it tries some inputs. */
const batch = z.object({ area: z.string(), at: z.number(), count: z.number(), seed: z.number() });

/**
 * Runs test/fuzz/main.ts in a separate process and watches it: an input that never ends or crashes the process is also a failure, and the
 * command that repeats it is printed.
 * @returns the exit code
 */
export async function fuzz(args: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'test/fuzz/main.ts', ...args], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const watch = setTimeout(() => child.kill('SIGKILL'), SILENCE_LIMIT_MS);
  let last: z.infer<typeof batch> | undefined;
  child.on('message', (message) => {
    last = z.parse(batch, message);
    watch.refresh();
  });
  const ended = await new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
  clearTimeout(watch);
  if (ended.code !== 0 && ended.code !== 1 && last !== undefined) {
    const { area, at, count, seed } = last;
    console.error(
      `\n${area} ended the process (${ended.signal ?? `exit code ${ended.code}`}); inputs that take more than ` +
        `${SILENCE_LIMIT_MS / 1000} s are ended, too.`,
    );
    console.error(`This repeats it: npm run fuzz -- --seed ${seed} --only ${area} --at ${at} --count ${count}`);
  }
  return ended.code ?? 1;
}
