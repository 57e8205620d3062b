import { setKey, type MutableList, type MutableRecord, type SoapValue } from '../../api/value';

/** Maximum number of dimensions of an array. With more, the lists would nest deeper than later code can walk by recursion. */
export const MAX_DIMENSIONS = 8;

/** Items by their index; in the outer dimensions of an array, further levels. */
type Level = Map<number, Level | number>;

/**
 * The positions of the items of a SOAP array, as PHP reads them: an array may begin at an `offset`, an item may give its `position`, and
 * several dimensions are filled from the last one on. An array without any of these is a plain list and needs no positions.
 */
export class ArrayPositions {
  readonly #root: Level = new Map();
  readonly #next: number[];
  /** The list or map that holds each item once the value is made. An item whose position a later item took has no entry. */
  readonly #holders = new Map<number, { readonly in: MutableList | MutableRecord; readonly at: number }>();

  /**
   * @param sizes of the dimensions; 0 where a size is not known
   * @param offset text of the attribute, such as `[2]`
   */
  constructor(
    private readonly sizes: readonly number[],
    offset: string | undefined,
  ) {
    this.#next = indexes(offset ?? '', sizes.length);
  }

  /**
   * Gives the next item its position. If several items have the same position, the last one counts. @param position text of the attribute
   */
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
      // The first dimension has no limit: PHP continues past its size.
      if (next < (this.sizes[dimension] ?? 0) || dimension === 0) break;
      this.#next[dimension] = 0;
    }
  }

  /** The items at their positions: a list if the positions run from 0 without a gap and in order, otherwise a map, as in PHP. */
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

  /** Replaces an item with the value that it refers to, which is elsewhere in the message. */
  fill(item: number, value: SoapValue): void {
    const holder = this.#holders.get(item);
    if (holder !== undefined) put(holder.in, holder.at, value);
  }
}

function put(target: MutableList | MutableRecord, index: number, value: SoapValue): void {
  if (Array.isArray(target)) target[index] = value;
  else setKey(target, String(index), value);
}

/** The indexes in an attribute, parsed as PHP does: the digits after the last bracket, in 32 bits. */
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
