import type { Range } from './ranges';

/** Shortest secret that is hidden, in characters. Replacing shorter ones would make everything unreadable. */
const MIN_SECRET_CHARS = 4;

/** Number of characters from its beginning by which a secret is recognised. PHP cuts texts in its stack traces after fifteen. */
const CUT_SECRET_CHARS = 12;

/**
 * The ranges of a secret in a text, in full or with at least its first twelve characters. The time is linear in the lengths of both,
 * whatever their content (Knuth, Morris and Pratt).
 */
export function occurrences(text: string, secret: string): readonly Range[] {
  const size = secret.length;
  if (size < MIN_SECRET_CHARS) return [];
  const least = Math.min(size, CUT_SECRET_CHARS);
  const beginning = secret.slice(0, least);
  let position = text.indexOf(beginning);
  if (position < 0) return [];
  const found: { start: number; end: number }[] = [];
  const borders = bordersOf(secret);
  // Number of characters of the secret that match up to the position.
  let matched = 0;
  for (;;) {
    if (matched < least) {
      const at = text.indexOf(beginning, position - matched);
      if (at < 0) return found;
      matched = least;
      position = at + least;
      found.push({ start: at, end: position });
    }
    if (position >= text.length) return found;
    if (matched < size && text.charCodeAt(position) === secret.charCodeAt(matched)) {
      matched++;
      position++;
      const last = found.at(-1);
      if (last !== undefined) last.end = position;
    } else matched = borders[matched - 1] ?? 0;
  }
}

/** For each prefix of a text, the length of its longest shorter prefix that is also its suffix. */
function bordersOf(text: string): Uint32Array {
  const borders = new Uint32Array(text.length);
  for (let at = 1, border = 0; at < text.length; at++) {
    while (border > 0 && text.charCodeAt(at) !== text.charCodeAt(border)) border = borders[border - 1] ?? 0;
    if (text.charCodeAt(at) === text.charCodeAt(border)) border++;
    borders[at] = border;
  }
  return borders;
}
