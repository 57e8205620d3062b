// What stores and files say reaches terminals and build logs, where some characters are commands rather than text.

/** Characters that move a terminal's cursor, change its colours or turn the direction of a line; `\u009b` begins an escape sequence by itself. */
const COMMANDS = String.raw`\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069`;

const inLines = new RegExp(`[${COMMANDS}]`, 'g');
const inLine = new RegExp(String.raw`[\n${COMMANDS}]`, 'g');

/** A text for a terminal, on one line: commands and line breaks are shown as they are written in code, so that no text of a store looks like a line of ours. */
export function printable(text: string): string {
  return text.replace(inLine, escaped);
}

/** The same for a text of several lines, such as a document. */
export function printableLines(text: string): string {
  return text.replace(inLines, escaped);
}

/** A value as JSON for a terminal: the same data, with everything escaped that {@link printable} would not let through. */
export function printableJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, undefined, indent).replace(inLines, unicode);
}

/** A text for a document that holds no such characters: a mark stands for each. */
export function replaceCommands(text: string): string {
  return text.replace(inLines, '\ufffd');
}

function escaped(character: string): string {
  if (character === '\n') return String.raw`\n`;
  const code = character.charCodeAt(0);
  return code < 256 ? `\\x${code.toString(16).padStart(2, '0')}` : unicode(character);
}

function unicode(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
