// Everything a store sends is hostile text. These are the only ways by which it reaches a label, a tooltip or a quick pick.

/** Longest text that a single line of the tree or a menu gets, in UTF-16 units. VS Code cuts what does not fit on the screen. */
const LONGEST_LINE_CHARS = 300;

/** Longest message, prompt or progress, in UTF-16 units: VS Code cuts notifications there. */
const LONGEST_MESSAGE_CHARS = 1000;

/** Invisible, but it keeps code that looks for markup from finding any. */
const ZERO_WIDTH_SPACE = '\u200b';

/** Control characters, line separators among them. */
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g;

/**
 * Characters that turn the direction of what follows them, beyond the end of the text itself: a name must not rewrite the line it stands
 * in.
 */
const DIRECTION_CHANGES = /[\u202a-\u202e\u2066-\u2069]/g;

/** A text as one line, otherwise as it is. Line breaks become blanks, changes of direction become visible. */
export function oneLine(text: string): string {
  return lineOf(text, LONGEST_LINE_CHARS);
}

/**
 * A text for messages, progress, prompts and what an input box objects: VS Code makes links of `[label](command:…)` there, and
 * icons of `$(name)` in some. Here both stay text that looks as it is written. `messages.ts` sees to it that nothing is said without.
 */
export function messageText(text: string): string {
  return lineOf(text, LONGEST_MESSAGE_CHARS).replace(/([\]$])\(/g, `$1${ZERO_WIDTH_SPACE}(`);
}

/** A text as Markdown that reads exactly like it: nothing in it is a link, an image, an entity or markup. */
export function markdownText(text: string): string {
  return oneLine(text).replace(/[!-/:-@[-`{-~]/g, '\\$&');
}

/** A text for places that turn `$(name)` into an icon: quick picks, the status bar, messages. */
export function withoutIcons(text: string): string {
  return oneLine(text).replaceAll('$(', '\\$(');
}

/** A count with the separators of the reader's locale. */
export function count(number: number): string {
  return number.toLocaleString(undefined);
}

function lineOf(text: string, longest: number): string {
  const line = text.replace(CONTROLS, ' ').replace(DIRECTION_CHANGES, '\ufffd');
  return line.length <= longest ? line : `${line.slice(0, longest - 1)}…`;
}
