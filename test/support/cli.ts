import { run } from '../../src/cli/run-cli';

/** What a command of the command line printed, and its exit code. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command of the command line in this process. */
export async function runCli(
  args: readonly string[],
  { env = {}, input = '', stop = new AbortController().signal }: { env?: Record<string, string>; input?: string; stop?: AbortSignal } = {},
): Promise<Ran> {
  let out = '';
  let err = '';
  const write = (add: (text: string) => void) => (text: string) => Promise.resolve(add(text));
  const code = await run(args, {
    out: write((text) => (out += text)),
    err: write((text) => (err += text)),
    env,
    input: () => Promise.resolve(input),
    stop,
  });
  return { code, out, err };
}
