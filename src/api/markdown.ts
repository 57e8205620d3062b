// What stores and files say, as one line and as Markdown in which nothing of theirs is markup.

/** Longest text that a single line of the tree or a menu gets, in UTF-16 units. VS Code cuts what does not fit on the screen. */
const LONGEST_LINE_CHARS = 300;

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

/** A text as Markdown that reads exactly like it: nothing in it is a link, an image, an entity or markup. */
export function markdownText(text: string): string {
  return oneLine(text).replace(/[!-/:-@[-`{-~]/g, '\\$&');
}

/** A text on one line, cut where it is longer than this many UTF-16 units. */
export function lineOf(text: string, longest: number): string {
  const line = text.replace(CONTROLS, ' ').replace(DIRECTION_CHANGES, '\ufffd');
  return line.length <= longest ? line : `${line.slice(0, longest - 1)}…`;
}
