import { t } from '../../l10n/texts';

/** A longer word, in UTF-16 units, gets no suggestion. */
const MAX_WORD_CHARS = 60;

/** The most words to compare: a file can have any number of names, and suggestions must not take long. */
const MAX_WORDS = 1000;

/**
 * The word that was probably meant; `undefined` if none is similar. Case, points, blanks, hyphens and underscores are ignored, and about a
 * third of the characters may differ. Compares at most {@link MAX_WORDS} words.
 */
export function similar(word: string, words: Iterable<string>): string | undefined {
  const wanted = plain(word.slice(0, MAX_WORD_CHARS + 1));
  if (wanted === '' || word.length > MAX_WORD_CHARS) return undefined;
  let best: string | undefined;
  let least = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  let left = MAX_WORDS;
  for (const candidate of words) {
    if (left-- === 0) break;
    if (candidate === word || candidate.length > 2 * MAX_WORD_CHARS) continue;
    const other = plain(candidate);
    const distance = other === wanted ? 0 : editDistance(wanted, other, least);
    if (distance < least) {
      least = distance;
      best = candidate;
    }
  }
  return best;
}

/** A text with the word that was probably meant, see {@link similar}. */
export function withGuess(text: string, meant: string | undefined): string {
  return meant === undefined ? text : `${text} ${t('Did you mean "{meant}"?', { meant })}`;
}

function plain(word: string): string {
  return word.toLowerCase().replace(/[\s_.-]/g, '');
}

/** Number of insertions, deletions, replacements and swaps of neighbours between two words; `limit` if there are as many or more. */
function editDistance(from: string, to: string, limit: number): number {
  if (Math.abs(from.length - to.length) >= limit) return limit;
  let before: number[] = [];
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const same = from[i - 1] === to[j - 1];
      let cost = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]) cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      next.push(cost);
    }
    before = row;
    row = next;
    // No later row can have a lower value than the minimum of these two.
    if (Math.min(...row) >= limit && Math.min(...before) >= limit) return limit;
  }
  return Math.min(row[to.length] ?? limit, limit);
}
