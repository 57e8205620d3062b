import { append } from '../api/lists';
/** A place in a snippet that people change: a tab stop with its default text. */
export interface Stop {
  readonly stop: number;
  readonly text: string;
}

/** Text that only TypeScript has, such as `: string`; JavaScript leaves it out. */
export interface TypeNote {
  readonly type: string;
}

/** One piece of code. */
export type Piece = string | Stop | TypeNote;

/**
 * Code in pieces: the same template becomes a program (stops filled with their defaults), a snippet (stops as tab
 * stops) and JavaScript (without type notes).
 */
export type Code = readonly Piece[];

/** What may stand in a template: pieces, whole code, several of them. */
type Part = Piece | Code;

/** A template with pieces and code in its places. Text is taken as it is (raw), so that backslashes need no doubling. */
export function code(strings: TemplateStringsArray, ...parts: readonly Part[]): Code {
  const pieces: Piece[] = [];
  strings.raw.forEach((text, index) => {
    // `\`` and `\${` are the only two escapes a raw template needs.
    if (text !== '') pieces.push(text.replace(/\\(?=[`$])/g, ''));
    const part = parts[index];
    if (part === undefined) return;
    if (isCode(part)) append(pieces, part);
    else if (part !== '') pieces.push(part);
  });
  return pieces;
}

/** A tab stop inside code. */
export function stop(number: number, text: string): Stop {
  return { stop: number, text };
}

/** Text for TypeScript alone. */
export function type(text: string): TypeNote {
  return { type: text };
}

/** Joins codes with text between them. */
export function join(codes: readonly Code[], between: string): Code {
  return codes.flatMap((one, index) => (index === 0 ? one : [between, ...one]));
}

/** Indents every line after the first. */
export function indent(given: Code, by: string): Code {
  return given.map((piece) => (typeof piece === 'string' ? piece.replaceAll('\n', `\n${by}`) : piece));
}

/** The finished text of a program. */
export function render(given: Code, options: { readonly types: boolean } = { types: true }): string {
  return given
    .map((piece) => (typeof piece === 'string' ? piece : 'stop' in piece ? piece.text : options.types ? piece.type : ''))
    .join('');
}

/**
 * The body of a VS Code snippet, line by line, with `$0` at its end. Indentation becomes tabs, which the editor turns into
 * what the file uses.
 * @param options.indent blanks of one level
 */
export function renderSnippet(given: Code, options: { readonly types: boolean; readonly indent: number }): string[] {
  const seen = new Set<number>();
  const text = given.map((piece) => {
    if (typeof piece === 'string') return escapeSnippet(piece);
    if ('type' in piece) return options.types ? escapeSnippet(piece.type) : '';
    // A stop that comes again mirrors the first one.
    if (seen.has(piece.stop)) return `$${piece.stop}`;
    seen.add(piece.stop);
    return `\${${piece.stop}:${escapeSnippet(piece.text)}}`;
  });
  const levels = new RegExp(`^(?: {${options.indent}})+`);
  return `${text.join('')}$0`.split('\n').map((line) => line.replace(levels, (blanks) => '\t'.repeat(blanks.length / options.indent)));
}

function escapeSnippet(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}

function isCode(part: Part): part is Code {
  return Array.isArray(part);
}
