import { decodeText } from '../api/text-input';
import { run } from './run-cli';
import type { Terminal } from './io';

/** How long a command may take to end after Ctrl+C, for example to end its session with a store, in ms. */
const STOP_GRACE_MS = 2000;

let stopGraceMs = STOP_GRACE_MS;

/** Exit codes of a stopped command, as in shells: 128 and the number of the signal. */
const stopped = { SIGINT: 130, SIGTERM: 143 } as const;

const stop = new AbortController();
let stoppedWith: number | undefined;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  // The second Ctrl+C ends the process at once.
  process.once(signal, () => {
    stoppedWith = stopped[signal];
    stop.abort();
    setTimeout(() => process.exit(stopped[signal]), stopGraceMs).unref();
  });
}

/** Exit code when the output is closed early (`| head`), as in shells. With 0, a whole run would seem to have passed. */
const EXIT_OUTPUT_CLOSED = 141;

// The reader of a pipe may stop early, which is not an error.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(stoppedWith ?? EXIT_OUTPUT_CLOSED);
  });
}

const io: Terminal = {
  out: async (text) => await write(process.stdout, text),
  err: async (text) => await write(process.stderr, text),
  env: process.env,
  input: readInput,
  stop: stop.signal,
  needsGrace: (ms) => {
    stopGraceMs = Math.max(stopGraceMs, ms + STOP_GRACE_MS);
  },
};

async function write(stream: NodeJS.WritableStream, text: string): Promise<void> {
  await new Promise<void>((resolve) => stream.write(text, () => resolve()));
}

async function readInput(): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of process.stdin) if (chunk instanceof Uint8Array) chunks.push(chunk);
  return decodeText(Buffer.concat(chunks), 'Standard input');
}

void run(process.argv.slice(2), io).then((code) => {
  // A command that ends well after it was stopped, such as the demo store, has done its work.
  process.exitCode = code === 0 ? 0 : (stoppedWith ?? code);
});
