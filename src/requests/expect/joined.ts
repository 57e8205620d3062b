import { t } from '../../l10n/texts';

/** Words of which one is enough: `a or b or c`. */
export function either(words: readonly string[]): string {
  return words.reduce((first, second) => t('{first} or {second}', { first, second }));
}

/** Words that all hold: `a and b and c`. */
export function both(words: readonly string[]): string {
  return words.reduce((first, second) => t('{first} and {second}', { first, second }));
}
