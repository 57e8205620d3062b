import { append } from '../api/lists';
/** A place in a snippet for the user to change: a tab stop with its default text. */
export interface Stop {
  readonly stop: number;
  readonly text: string;
}

/** Text for TypeScript only, such as `: string`. It is left out in JavaScript. */
export interface TypeNote {
  readonly type: string;
}

/** One piece of code. */
export type Piece = string | Stop | TypeNote;

/**
 * Code in pieces. The same template becomes a program (stops filled with their defaults), a snippet (with tab stops) and JavaScript
 * (without type notes).
 */
export type Code = readonly Piece[];

/** A value in a template: a piece, or code with several of them. */
type Part = Piece | Code;

/** Tag for templates with pieces and code as values. The text is raw, so backslashes need not be doubled. */
export function code(strings: TemplateStringsArray, ...parts: readonly Part[]): Code {
  const pieces: Piece[] = [];
  strings.raw.forEach((text, index) => {
    // A raw template needs only the escapes `\`` and `\${`.
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

/** Text for TypeScript only. */
export function type(text: string): TypeNote {
  return { type: text };
}

/** Joins pieces of code with a text between them. */
export function join(codes: readonly Code[], between: string): Code {
  return codes.flatMap((one, index) => (index === 0 ? one : [between, ...one]));
}

/** Indents every line after the first. */
export function indent(given: Code, by: string): Code {
  return given.map((piece) => (typeof piece === 'string' ? piece.replaceAll('\n', `\n${by}`) : piece));
}

/** The text of a program. */
export function render(given: Code, options: { readonly types: boolean } = { types: true }): string {
  return given
    .map((piece) => (typeof piece === 'string' ? piece : 'stop' in piece ? piece.text : options.types ? piece.type : ''))
    .join('');
}

/**
 * The lines of a VS Code snippet, with `$0` at the end. Indentation becomes tabs, which the editor converts to the style of the file.
 * @param options.indent number of blanks in one level
 */
export function renderSnippet(given: Code, options: { readonly types: boolean; readonly indent: number }): string[] {
  const seen = new Set<number>();
  const text = given.map((piece) => {
    if (typeof piece === 'string') return escapeSnippet(piece);
    if ('type' in piece) return options.types ? escapeSnippet(piece.type) : '';
    // A repeated stop mirrors the first one.
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
