import { setKey, type MutableList, type MutableRecord, type SoapValue } from '../../api/value';

/** Dimensions of an array that are followed; more would nest lists deeper than anybody can walk through them. */
export const MAX_DIMENSIONS = 8;

/** Items by their index; in the outer dimensions of an array, further levels. */
type Level = Map<number, Level | number>;

/**
 * Where the items of a SOAP array stand, as PHP reads it: an array may begin at an `offset`, an item may say its `position`, and several
 * dimensions are filled from the last one on. Without any of these an array is the list of its items and needs no places.
 */
export class ArrayPositions {
  readonly #root: Level = new Map();
  readonly #next: number[];
  /** What holds an item once the value was made; nothing for one whose place a later one took. */
  readonly #holders = new Map<number, { readonly in: MutableList | MutableRecord; readonly at: number }>();

  /**
   * @param sizes of the dimensions; 0 where a size is not known
   * @param offset as its attribute says it, such as `[2]`
   */
  constructor(
    private readonly sizes: readonly number[],
    offset: string | undefined,
  ) {
    this.#next = indexes(offset ?? '', sizes.length);
  }

  /** Gives the next item its place. Of several at one place the last one counts. @param position as its attribute says it */
  add(item: number, position: string | undefined): void {
    const place = position === undefined ? this.#next : indexes(position, this.sizes.length);
    let level = this.#root;
    for (const index of place.slice(0, -1)) {
      let inner = level.get(index);
      if (!(inner instanceof Map)) level.set(index, (inner = new Map()));
      level = inner;
    }
    level.set(place.at(-1) ?? 0, item);
    this.#next.splice(0, Infinity, ...place);
    for (let dimension = place.length - 1; dimension >= 0; dimension--) {
      const next = ((this.#next[dimension] ?? 0) + 1) | 0;
      this.#next[dimension] = next;
      // The first dimension has no end: PHP goes on behind it.
      if (next < (this.sizes[dimension] ?? 0) || dimension === 0) break;
      this.#next[dimension] = 0;
    }
  }

  /** The items in their places: a list where these go from 0 on without a gap and in order, otherwise a map, as PHP has it. */
  value(items: readonly SoapValue[]): SoapValue {
    return this.#made(this.#root, items);
  }

  #made(level: Level, items: readonly SoapValue[]): SoapValue {
    let expected = 0;
    let isList = true;
    for (const index of level.keys()) isList &&= index === expected++;
    const made: MutableList | MutableRecord = isList ? [] : {};
    for (const [index, inner] of level) {
      put(made, index, inner instanceof Map ? this.#made(inner, items) : (items[inner] ?? null));
      if (typeof inner === 'number') this.#holders.set(inner, { in: made, at: index });
    }
    return made;
  }

  /** Puts a value that stood elsewhere in the place of its item. */
  fill(item: number, value: SoapValue): void {
    const holder = this.#holders.get(item);
    if (holder !== undefined) put(holder.in, holder.at, value);
  }
}

function put(target: MutableList | MutableRecord, index: number, value: SoapValue): void {
  if (Array.isArray(target)) target[index] = value;
  else setKey(target, String(index), value);
}

/** The indexes that an attribute gives, in the way in which PHP picks them out: digits behind the last bracket, in 32 bits. */
function indexes(text: string, dimensions: number): number[] {
  const found = Array.from({ length: dimensions }, () => 0);
  let dimension = 0;
  for (const character of text.slice(text.lastIndexOf('[') + 1)) {
    if (character === ']' || dimension >= dimensions) break;
    if (character === ',') dimension++;
    else if (character >= '0' && character <= '9') found[dimension] = (Math.imul(found[dimension] ?? 0, 10) + Number(character)) | 0;
  }
  return found;
}
