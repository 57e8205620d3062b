/** Buffer for building texts of hexadecimal digits. */
const text = Buffer.alloc(97);

/** A small generator of repeatable random numbers (mulberry32): the same seed results in the same shop on every machine. */
export class SeededRandom {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** A number from 0 (included) to 1 (excluded). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** An integer from 0 (included) to `below` (excluded). */
  below(below: number): number {
    return Math.floor(this.next() * below);
  }

  /** True with this probability. */
  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** A random item of a list. @throws {Error} when the list is empty */
  pick<T>(list: readonly T[]): T {
    const picked = list[this.below(list.length)];
    if (picked === undefined) throw new Error('Nothing to pick from.');
    return picked;
  }

  /** Lower-case hexadecimal digits. @param digits how many, at most 64 */
  hex(digits: number): string {
    this.#fill(0, digits);
    return text.toString('latin1', 0, digits);
  }

  /**
   * A password hash in the store's form: 64 digits, a colon, 32 digits. It is built in one step for speed, because every customer has one.
   */
  hash(): string {
    this.#fill(0, 64);
    text[64] = 0x3a;
    this.#fill(65, 97);
    return text.toString('latin1', 0, 97);
  }

  #fill(from: number, to: number): void {
    for (let place = from; place < to;) {
      let word = Math.floor(this.next() * 0x1_0000_0000);
      for (let digit = 0; digit < 8 && place < to; digit++, word >>>= 4) {
        const value = word & 15;
        text[place++] = value < 10 ? 0x30 + value : 0x57 + value;
      }
    }
  }
}
