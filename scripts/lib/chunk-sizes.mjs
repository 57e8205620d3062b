// Measures the chunks of a build, and checks them against their size limits.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { deflateRawSync } from 'node:zlib';

/** Bytes in a kB, as in all benchmarks. */
const KB = 1000;

/** Limit for the code that activation reads, in kB: the entry and its static imports. */
const ENTRY_LIMIT_KB = 35;

/** Limit for all code of the .vsix after compression, in kB. */
const PACKED_LIMIT_KB = 880;

/** Limit for a chunk that is not named below, in kB. */
const USUAL_LIMIT_KB = 40;

/**
 * Limits of larger chunks by the beginning of their names: their size when this was written plus about a sixth. Raise a limit when the
 * added code is worth it.
 * @type {Readonly<Record<string, number>>}
 */
const LIMITS_KB = {
  'store/soap/wsdl-reader': 100,
  re2js: 175,
  codegen: 112,
  requests: 165,
  demo: 206,
  'cli/main': 75,
  'webview/controls': 90,
  'csv-parse': 62,
  'webview/sheet': 66,
  zod: 54,
  'api/store-methods/products': 78,
  api: 56,
};

/**
 * The chunks that builds have written, the largest first.
 * @param {readonly import('esbuild').Metafile[]} metafiles with paths relative to the working folder
 * @returns {readonly import('./chunk-sizes.mjs').Chunk[]}
 */
export function measureChunks(metafiles) {
  return metafiles
    .flatMap(({ outputs }) =>
      Object.entries(outputs)
        .filter(([file]) => /\.c?js$/.test(file))
        .map(([file, { entryPoint, inputs, imports }]) => {
          const code = readFileSync(file);
          const shared = entryPoint === undefined;
          const [largest] = Object.entries(inputs)
            .sort(([, one], [, other]) => other.bytesInOutput - one.bytesInOutput)
            .map(([input]) => input);
          return {
            name: nameOf(entryPoint ?? largest ?? file, shared),
            file,
            shared,
            bytes: code.length,
            packed: deflateRawSync(code, { level: 9 }).length,
            imports: imports.flatMap(({ kind, path: to }) => (kind === 'import-statement' && to in outputs ? [to] : [])),
          };
        }),
    )
    .sort((one, other) => other.bytes - one.bytes);
}

/**
 * The chunks that are read when one chunk is loaded: itself and everything that it imports.
 * @param {readonly import('./chunk-sizes.mjs').Chunk[]} chunks
 * @param {import('./chunk-sizes.mjs').Chunk} first
 * @returns {readonly import('./chunk-sizes.mjs').Chunk[]}
 */
export function readWith(chunks, first) {
  const files = new Set([first.file]);
  // Iterating over a set also visits the items that are added meanwhile.
  for (const file of files) for (const more of chunks.find((chunk) => chunk.file === file)?.imports ?? []) files.add(more);
  return chunks.filter(({ file }) => files.has(file));
}

/**
 * The limits that are exceeded, one sentence each.
 * @param {readonly import('./chunk-sizes.mjs').Chunk[]} chunks
 * @returns {readonly string[]}
 */
export function tooLarge(chunks) {
  const entry = chunks.find(({ name }) => name === ENTRY);
  const read = entry === undefined ? 0 : sum(readWith(chunks, entry).map(({ bytes }) => bytes));
  const packed = sum(chunks.map((chunk) => chunk.packed));
  return [
    ...(read > ENTRY_LIMIT_KB * KB
      ? [`Activation reads ${kB(read)}, more than ${ENTRY_LIMIT_KB} kB: import what it does not need at once with import(), or as a type.`]
      : []),
    ...(packed > PACKED_LIMIT_KB * KB ? [`All code has ${kB(packed)} when it is packed, more than ${PACKED_LIMIT_KB} kB.`] : []),
    ...chunks.flatMap(({ name, file, bytes }) => {
      const limit = limitOf(name);
      return bytes > limit * KB
        ? [
            `The chunk "${name}" (${path.basename(file)}) has ${kB(bytes)}, more than ${limit} kB. If what came in is worth it, raise its limit in scripts/lib/chunk-sizes.mjs.`,
          ]
        : [];
    }),
  ];
}

/** The chunk that VS Code loads at activation. */
const ENTRY = 'extension/extension';

/**
 * A shared chunk is named after the folder of its largest module, because that module itself changes too often.
 * @param {string} file
 * @param {boolean} shared
 */
function nameOf(file, shared) {
  const inPackage = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1];
  const module = file.replace(/^src\//, '').replace(/(?:\/index)?\.[cm]?[jt]s$/, '');
  return inPackage ?? (shared ? path.posix.dirname(module) : module);
}

/** @param {string} name */
function limitOf(name) {
  const parts = name.split('/');
  for (let length = parts.length; length > 0; length--) {
    const limit = LIMITS_KB[parts.slice(0, length).join('/')];
    if (limit !== undefined) return limit;
  }
  return USUAL_LIMIT_KB;
}

/** @param {readonly number[]} numbers */
function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}

/** @param {number} bytes */
function kB(bytes) {
  return `${(bytes / KB).toFixed(1)} kB`;
}
