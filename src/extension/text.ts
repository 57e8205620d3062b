import { formatNumber } from '../l10n/texts';
// Everything a store sends is hostile text. These are the only ways by which it reaches a label, a tooltip or a quick pick.

import { lineOf, oneLine } from '../api/markdown';

export { markdownText, oneLine } from '../api/markdown';

/** Longest message, prompt or progress, in UTF-16 units: VS Code cuts notifications there. */
const LONGEST_MESSAGE_CHARS = 1000;

/** Invisible, but it keeps code that looks for markup from finding any. */
const ZERO_WIDTH_SPACE = '\u200b';

/**
 * A text for messages, progress, prompts and what an input box objects: VS Code makes links of `[label](command:…)` there, and
 * icons of `$(name)` in some. Here both stay text that looks as it is written. `messages.ts` sees to it that nothing is said without.
 */
export function messageText(text: string): string {
  return lineOf(text, LONGEST_MESSAGE_CHARS).replace(/([\]$])\(/g, `$1${ZERO_WIDTH_SPACE}(`);
}

/** A text for places that turn `$(name)` into an icon: quick picks, the status bar, messages. */
export function withoutIcons(text: string): string {
  return oneLine(text).replaceAll('$(', '\\$(');
}

/** A count with the separators of the editor's language. */
export function count(number: number): string {
  return formatNumber(number);
}
