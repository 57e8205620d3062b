// Makes text of stores and files safe for terminals and build logs, where some characters are commands.

/** Characters that move a terminal's cursor, change its colours or the direction of a line. `\u009b` alone begins an escape sequence. */
const COMMANDS = String.raw`\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069`;

/**
 * Commands of build servers anywhere in a line: `##vso[…]` and `##[…]` of Azure Pipelines and GitHub, `##teamcity[…]`. The first of the two
 * marks is matched.
 */
const BUILD_COMMAND = /#(?=#[\w.-]*\[)/g;

/**
 * Commands of build servers at the beginning of a line, after blanks and colours: `::warning::` of GitHub, sections of GitLab, folds of
 * Travis, groups of Buildkite. The character to be replaced is matched.
 */
const LINE_COMMAND = /:(?=:)|s(?=ection_(?:start|end):)|t(?=ravis_(?:fold|time):)|([-+~^])(?=\1\1 )/g;

const inLines = new RegExp(`[${COMMANDS}]`, 'g');
const inLine = new RegExp(String.raw`[\n${COMMANDS}]`, 'g');

/**
 * A text for a terminal, on one line. Commands and line breaks are escaped as in code, so that no text of a store looks like a line of
 * ours.
 */
export function printable(text: string): string {
  return withoutLogCommands(text.replace(inLine, escaped), escaped);
}

/** Like {@link printable}, for a text of several lines, such as a document. */
export function printableLines(text: string): string {
  return withoutLogCommands(text.replace(inLines, escaped), escaped);
}

/** A value as JSON for a terminal: the same data, with all characters escaped that {@link printable} would escape. */
export function printableJson(value: unknown, indent?: number): string {
  // Lines of JSON begin with JSON's own marks, so only commands that work anywhere in a line can remain. These are inside of texts.
  return JSON.stringify(value, undefined, indent).replace(inLines, unicode).replace(BUILD_COMMAND, unicode);
}

/** An XML document for a terminal: the same data, with commands as character references. */
export function printableXml(xml: string): string {
  return withoutLogCommands(xml, (character) => `&#${character.charCodeAt(0)};`);
}

/** Escapes all commands in the output for a terminal or a build log, except lines and colours. */
export function printed(text: string): string {
  const safe = text.replace(inLines, (character, at: number) =>
    character === '\u001b' && COLOUR.test(text.slice(at, at + 12)) ? character : escaped(character),
  );
  return withoutLogCommands(safe, escaped);
}

/** The colours of our own reports. */
const COLOUR = /^\u001b\[[\d;]{0,9}m/;

/** A message of a build server at a line of a file. */
export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice';
  /** Relative to the root of the repository, with slashes. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  readonly title: string;
  readonly lines: readonly string[];
}

/** An annotation as a command of GitHub, the only command that we ever print. No part of it can be a command or end its line early. */
export function annotationLine({ level, file, line, column, title, lines }: Annotation): string {
  const data = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  const property = (text: string): string => data(printable(text)).replaceAll(':', '%3A').replaceAll(',', '%2C');
  const properties = { file: property(file), line, col: column, title: property(title) };
  const written = Object.entries(properties).map(([name, value]) => `${name}=${value}`);
  return `::${level} ${written.join(',')}::${data(lines.map(printable).join('\n'))}\n`;
}

function withoutLogCommands(text: string, replace: (character: string) => string): string {
  const unmarked = text.replace(BUILD_COMMAND, replace);
  return unmarked.replace(LINE_COMMAND, (mark, _repeated: string | undefined, at: number) => (leads(unmarked, at) ? replace(mark) : mark));
}

/**
 * Whether only blanks and colours are between a place and the beginning of its line. Scans backwards, because a regular expression from the
 * beginning of the line would keep each of them on its stack.
 */
function leads(text: string, place: number): boolean {
  let at = place;
  for (;;) {
    const before = text[at - 1];
    if (before === undefined || LINE_END.test(before)) return true;
    if (BLANK.test(before)) at--;
    else {
      const colour = before === 'm' ? colourBefore(text, at) : undefined;
      if (colour === undefined) return false;
      at = colour;
    }
  }
}

/** The beginning of a colour whose `m` ends at a place; `undefined` if there is none. */
function colourBefore(text: string, end: number): number | undefined {
  let at = end - 1;
  while (NUMBERS.test(text[at - 1] ?? '')) at--;
  return text[at - 1] === '[' && text[at - 2] === '\u001b' ? at - 2 : undefined;
}

const LINE_END = /[\n\r\u2028\u2029]/;
const BLANK = /\s/;
const NUMBERS = /[\d;]/;

/** Replaces such characters with U+FFFD, for a document that must not have them. */
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
