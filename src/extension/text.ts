import { formatNumber } from '../l10n/texts';
// Everything that a store sends may be hostile. Its text reaches labels, tooltips and quick picks only through these functions.

import { lineOf, oneLine } from '../api/markdown';

export { markdownText, oneLine } from '../api/markdown';

/** Longest message, prompt or progress text, in UTF-16 units. VS Code cuts notifications there. */
const MAX_MESSAGE_CHARS = 1000;

/** Invisible, but it prevents code that looks for markup from finding any. */
const ZERO_WIDTH_SPACE = '\u200b';

/**
 * A text for messages, progress, prompts and the problems of input boxes. VS Code turns `[label](command:…)` into links there, and
 * `$(name)` into icons in some of them. This function makes both plain text. `messages.ts` applies it to every text.
 */
export function messageText(text: string): string {
  return lineOf(text, MAX_MESSAGE_CHARS).replace(/([\]$])\(/g, `$1${ZERO_WIDTH_SPACE}(`);
}

/** A text for places that turn `$(name)` into an icon: quick picks, the status bar, messages. */
export function withoutIcons(text: string): string {
  return oneLine(text).replaceAll('$(', '\\$(');
}

/** A count with the separators of the editor's language. */
export function count(number: number): string {
  return formatNumber(number);
}
