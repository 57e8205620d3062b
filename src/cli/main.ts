import { decodeText } from '../api/text-input';
import { run } from './run-cli';
import type { Io } from './io';

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  // The second one ends the process at once, for whoever is in a hurry.
  process.once(signal, () => stop.abort());
}

// A reader that has seen enough (`| head`) is no error.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(0);
  });
}

const io: Io = {
  out: async (text) => await write(process.stdout, text),
  err: async (text) => await write(process.stderr, text),
  env: process.env,
  input: readInput,
  stop: stop.signal,
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
  process.exitCode = code;
});
