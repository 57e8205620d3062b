import { fold } from './collation';

/**
 * SQL's LIKE: `%` any text, `_` one character, `\` takes the next one as it is. Case and accents do not count, trailing
 * blanks do. The matcher never tries a position twice, so no pattern makes it slow.
 */
export function like(pattern: string): (value: string) => boolean {
  const parts = parse(pattern);
  return (value) => matches(parts, [...foldKeepingBlanks(value)]);
}

/** A character to match, any one character, or any text. */
type Part = string | typeof ONE | typeof ANY;
const ONE = Symbol('one');
const ANY = Symbol('any');

function parse(pattern: string): readonly Part[] {
  const parts: Part[] = [];
  const characters = [...pattern];
  for (let index = 0; index < characters.length; index++) {
    let character = characters[index] ?? '';
    if (character === '%') {
      if (parts.at(-1) !== ANY) parts.push(ANY);
      continue;
    }
    if (character === '_') {
      parts.push(ONE);
      continue;
    }
    if (character === '\\' && index + 1 < characters.length) character = characters[++index] ?? '';
    parts.push(...foldKeepingBlanks(character));
  }
  return parts;
}

function foldKeepingBlanks(text: string): string {
  const blanks = /^(.*?)( *)$/s.exec(text);
  return fold(blanks?.[1] ?? text) + (blanks?.[2] ?? '');
}

function matches(parts: readonly Part[], value: readonly string[]): boolean {
  let part = 0;
  let place = 0;
  // Where to go on after the last "any text", should what follows not fit.
  let retryPart = -1;
  let retryPlace = 0;
  while (place < value.length) {
    const wanted = parts[part];
    if (wanted === ANY) {
      retryPart = ++part;
      retryPlace = place;
    } else if (wanted === ONE || (wanted !== undefined && wanted === value[place])) {
      part++;
      place++;
    } else if (retryPart >= 0) {
      part = retryPart;
      place = ++retryPlace;
    } else {
      return false;
    }
  }
  while (parts[part] === ANY) part++;
  return part === parts.length;
}
