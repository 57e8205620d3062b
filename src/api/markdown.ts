// Converts text of stores and files to one line, and to Markdown without their markup.

/** Longest text for a line of the tree or a menu, in UTF-16 units. VS Code cuts it further to fit the screen. */
const MAX_LINE_CHARS = 300;

/** Control characters, including line separators. */
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g;

/** Characters that change the direction of text beyond their own text: a name must not reorder the line around it. */
const DIRECTION_CHANGES = /[\u202a-\u202e\u2066-\u2069]/g;

/** A text as one line. Line breaks become blanks, and direction changes become visible. */
export function oneLine(text: string): string {
  return lineOf(text, MAX_LINE_CHARS);
}

/** A text as Markdown that shows the text itself: nothing in it is a link, an image, an entity or markup. */
export function markdownText(text: string): string {
  return oneLine(text).replace(/[!-/:-@[-`{-~]/g, '\\$&');
}

/** A text as one line, cut to this many UTF-16 units. */
export function lineOf(text: string, longest: number): string {
  const line = text.replace(CONTROLS, ' ').replace(DIRECTION_CHANGES, '\ufffd');
  return line.length <= longest ? line : `${line.slice(0, longest - 1)}…`;
}
