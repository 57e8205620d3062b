import type { Random } from '../support/random';

/** A random place in a text and a length from there, mostly short. */
function part(length: number, random: Random): readonly [start: number, end: number] {
  const start = random.below(length + 1);
  return [start, Math.min(length, start + random.below(random.next() < 0.7 ? 4 : 200))];
}

/**
 * A text with a mutation: a part is inserted, removed, doubled, moved, repeated many times, or the end is cut off.
 * @param pieces texts with a meaning in the language of the text
 */
export function mutated(text: string, random: Random, pieces: readonly string[]): string {
  const [start, end] = part(text.length, random);
  const piece = (): string => random.pick(pieces);
  switch (random.below(10)) {
    case 0:
      return text.slice(0, start) + text.slice(end);
    case 1:
      return text.slice(0, end) + text.slice(start);
    case 2: {
      const rest = text.slice(0, start) + text.slice(end);
      const to = random.below(rest.length + 1);
      return rest.slice(0, to) + text.slice(start, end) + rest.slice(to);
    }
    case 3:
      return text.slice(0, start) + piece().repeat(1 + random.below(random.next() < 0.9 ? 5 : 400)) + text.slice(start);
    case 4:
      return random.next() < 0.3 ? text.slice(0, start) : text.slice(0, start) + piece() + text.slice(end);
    default:
      return text.slice(0, start) + piece() + text.slice(random.next() < 0.5 ? start : end);
  }
}

/** Bytes of which some are changed, removed or inserted. */
export function mutatedBytes(bytes: Uint8Array, random: Random, favourites: readonly number[]): Uint8Array {
  const copy = [...bytes];
  for (let count = random.below(4); count > 0 && copy.length > 0; count--) {
    const byte = random.next() < 0.5 ? random.pick(favourites) : random.below(256);
    copy.splice(random.below(copy.length), random.below(2), ...(random.next() < 0.8 ? [byte] : []));
  }
  return Uint8Array.from(random.next() < 0.1 ? copy.slice(0, random.below(copy.length + 1)) : copy);
}
