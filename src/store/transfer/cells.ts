import type { SoapValue } from '../../api/value';

/**
 * What a spreadsheet takes for the start of a formula or of a command, also in its full-width forms. A cell that begins so
 * gets an apostrophe in front, which spreadsheets read as "this is text".
 */
const FORMULA = /^'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

/**
 * A text as a cell that no spreadsheet executes. Texts that themselves begin with apostrophes before such a character get
 * one more, so that {@link originalText} brings back every text exactly.
 */
export function harmlessCell(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

/** The text that {@link harmlessCell} made a cell of. Cells that somebody else wrote stay as they are, unless they are marked as text. */
export function originalText(cell: string): string {
  return cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell;
}

/** A value of a store as text: nothing for what is not set, JSON for lists and maps of a store's own. */
export function textOfValue(value: SoapValue | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** E-mails as the database compares them: without case, accents, and blanks at the end (facts §5). */
export function comparable(email: string): string {
  return email.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trimEnd();
}
