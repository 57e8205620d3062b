import { t } from '../../l10n/texts';

/** Joins alternatives: `a or b or c`. */
export function joinedByOr(words: readonly string[]): string {
  return words.reduce((first, second) => t('{first} or {second}', { first, second }));
}

/** Joins conditions that all apply: `a and b and c`. */
export function joinedByAnd(words: readonly string[]): string {
  return words.reduce((first, second) => t('{first} and {second}', { first, second }));
}
