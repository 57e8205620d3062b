import { deflateRawSync, inflateRawSync } from 'node:zlib';
import * as z from 'zod/mini';

const packTexts = z.array(z.string());

/** Rows that are packed together: enough to be packed well, few enough to be unpacked while somebody scrolls. */
const PACK_ROWS = 256;
/** Packs that stay unpacked: what is on the screen, and what was a moment ago. */
const MAX_UNPACKED = 4;
/** The quickest level: levels above save a tenth and take three times as long. */
const LEVEL = 1;

/**
 * A long list of small texts that is only ever added to, packed in memory: the rows of an import, of which few are looked at. Rows that are
 * much alike take about a tenth of what they would.
 */
export class PackedRows {
  readonly #packs: Buffer[] = [];
  readonly #unpacked = new Map<number, readonly string[]>();
  #open: string[] = [];

  /** How many there are. */
  get length(): number {
    return this.#packs.length * PACK_ROWS + this.#open.length;
  }

  /** What the packed rows take, in bytes. */
  get packedBytes(): number {
    return this.#packs.reduce((sum, { length }) => sum + length, 0);
  }

  add(text: string): void {
    this.#open.push(text);
    if (this.#open.length < PACK_ROWS) return;
    this.#packs.push(deflateRawSync(JSON.stringify(this.#open), { level: LEVEL }));
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
      if (this.#unpacked.size <= MAX_UNPACKED) break;
      this.#unpacked.delete(oldest);
    }
    return texts;
  }
}
