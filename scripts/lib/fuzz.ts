import { spawn } from 'node:child_process';
import * as z from 'zod/mini';
import { root } from './project';

/** What takes longer than this without a sign hangs, in ms: a batch takes seconds. */
const LONGEST = 180_000;

/** What the process says before it tries some inputs. */
const batch = z.object({ area: z.string(), at: z.number(), count: z.number(), seed: z.number() });

/**
 * Runs test/fuzz/main.ts in a process of its own and watches over it: an input that never ends, or takes the process down, is a
 * failure as well, and the command that repeats it is printed.
 * @returns the exit code
 */
export async function fuzz(args: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'test/fuzz/main.ts', ...args], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const watch = setTimeout(() => child.kill('SIGKILL'), LONGEST);
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
        `${LONGEST / 1000} s are ended, too.`,
    );
    console.error(`This repeats it: npm run fuzz -- --seed ${seed} --only ${area} --at ${at} --count ${count}`);
  }
  return ended.code ?? 1;
}
