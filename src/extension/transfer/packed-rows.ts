import { deflateRawSync, inflateRawSync } from 'node:zlib';
import * as z from 'zod/mini';

const packTexts = z.array(z.string());

/** Number of rows that are compressed together: enough to compress well, and few enough to decompress while the user scrolls. */
const PACK_ROWS = 256;
/** Number of packs that stay decompressed, for the visible rows and those that were visible before. */
const MAX_UNPACKED_PACKS = 4;
/** The fastest level. Higher levels save a tenth and take three times as long. */
const COMPRESSION_LEVEL = 1;

/**
 * A long list of small texts, compressed in memory. Texts can only be added. Used for the rows of an import, of which few are ever shown.
 * Similar rows take about a tenth of their size.
 */
export class PackedRows {
  readonly #packs: Buffer[] = [];
  readonly #unpacked = new Map<number, readonly string[]>();
  #open: string[] = [];

  /** Number of texts. */
  get length(): number {
    return this.#packs.length * PACK_ROWS + this.#open.length;
  }

  /** Size of the compressed rows, in bytes. */
  get packedBytes(): number {
    return this.#packs.reduce((sum, { length }) => sum + length, 0);
  }

  add(text: string): void {
    this.#open.push(text);
    if (this.#open.length < PACK_ROWS) return;
    this.#packs.push(deflateRawSync(JSON.stringify(this.#open), { level: COMPRESSION_LEVEL }));
    this.#open = [];
  }

  /** @throws {RangeError} when there is no such row */
  at(index: number): string {
    const text = this.#pack(Math.floor(index / PACK_ROWS))[index % PACK_ROWS];
    if (text === undefined) throw new RangeError(`There is no row ${index} among ${this.length}.`);
    return text;
  }

  #pack(number: number): readonly string[] {
    const pack = this.#packs[number];
    if (pack === undefined) return this.#open;
    const known = this.#unpacked.get(number);
    if (known !== undefined) return known;
    const texts = packTexts.parse(JSON.parse(inflateRawSync(pack).toString('utf8')));
    this.#unpacked.set(number, texts);
    for (const [oldest] of this.#unpacked) {
      if (this.#unpacked.size <= MAX_UNPACKED_PACKS) break;
      this.#unpacked.delete(oldest);
    }
    return texts;
  }
}
