import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod/mini';
import { readWith, type Chunk } from '../../scripts/lib/chunk-sizes.mjs';
import { runNode } from '../../scripts/lib/command';
import { out, root } from '../../scripts/lib/project';
import type { BenchRow } from './report';

/** Chunks below this size share a row, in bytes. */
const SMALLEST = 5000;

const KB = 1000;

/** The file `meta.json` of a production build: the sizes of its chunks. */
const written = z.array(
  z.object({
    name: z.string(),
    file: z.string(),
    shared: z.boolean(),
    bytes: z.number(),
    packed: z.number(),
    imports: z.array(z.string()),
  }),
);

/** The sizes of the shipped code: the code that activation and the first use of each part read, then each chunk. */
export async function benchSizes(): Promise<BenchRow[]> {
  const built = await runNode(['scripts/build.mjs', '--production'], { limit: 120_000, logFile: path.join(out, 'build.log') });
  if (built.code !== 0) throw new Error(`The build failed.\n${built.output}`);
  const chunks = written.parse(JSON.parse(await readFile(path.join(root, 'dist/meta.json'), 'utf8')));
  const atActivation = new Set(filesReadWith(chunks, 'extension/extension').map(({ file }) => file));
  const first = (name: string): BenchRow => {
    const more = filesReadWith(chunks, name).filter(({ file }) => !atActivation.has(file));
    return { ...sized(more), case: `read when ${name} is first used, ${more.length} files` };
  };
  const small = chunks.filter(({ bytes }) => bytes < SMALLEST);
  return [
    { ...sized(chunks), case: `all code, ${chunks.length} files` },
    { ...sized(chunks.filter(({ file }) => atActivation.has(file))), case: `read at activation, ${atActivation.size} files` },
    ...chunks
      .filter(({ name, shared }) => !shared && name.startsWith('extension/features/'))
      .map(({ name }) => name)
      .sort()
      .map(first),
    ...chunks
      .filter(({ bytes }) => bytes >= SMALLEST)
      .map((chunk) => ({ ...sized([chunk]), case: `chunk ${chunk.name}${chunk.shared ? ', shared' : ''}` })),
    { ...sized(small), case: `${small.length} smaller chunks together` },
  ];
}

function filesReadWith(chunks: readonly Chunk[], name: string): readonly Chunk[] {
  const chunk = chunks.find((candidate) => candidate.name === name && !candidate.shared);
  if (chunk === undefined) throw new Error(`The build has no chunk "${name}".`);
  return readWith(chunks, chunk);
}

function sized(chunks: readonly Chunk[]): Omit<BenchRow, 'case'> {
  const sum = (of: (chunk: Chunk) => number): number => chunks.reduce((total, chunk) => total + of(chunk), 0) / KB;
  return { area: 'sizes', unit: 'kB', value: sum(({ bytes }) => bytes), peer: 'packed', peerValue: sum(({ packed }) => packed) };
}
