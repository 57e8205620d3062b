import type { SoapValue } from '../../api/value';

/**
 * The characters that a spreadsheet reads as the start of a formula or of a command, including their full-width forms. A cell that begins
 * with one gets an apostrophe in front, which marks a text in spreadsheets.
 */
const FORMULA = /^'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

/**
 * A text as a cell that no spreadsheet executes. A text that already begins with apostrophes before such a character gets
 * one more, so that {@link originalText} returns every text exactly.
 */
export function harmlessCell(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

/** The text for a cell of {@link harmlessCell}. Cells from other programs are kept unless they are marked as text. */
export function originalText(cell: string): string {
  return cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell;
}

/** A value of a store as text: an empty text if it is not set, JSON for lists and maps of a store's own. */
export function textOfValue(value: SoapValue | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** E-mail addresses as the database compares them: without case, accents, and blanks at the end (facts §5). */
export function foldedText(email: string): string {
  return email.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trimEnd();
}
