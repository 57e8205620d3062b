// Content that spreadsheets, databases and mail programs leave in cells and that is not a value of a customer.
import { t } from '../../l10n/texts';

/** Invisible characters that no e-mail address contains: blanks without width, soft hyphens. */
const UNSEEN = /[\u00ad\u200b-\u200d\u2060\ufeff]/g;

/** A text as a formula, which prevents a spreadsheet from reading it as a number: `="00123"`. */
const TEXT_FORMULA = /^="((?:[^"]|"")*)"$/;

/** Errors of formulas, in the languages in which spreadsheets translate them, and the sign for a number that is wider than its column. */
const SPREADSHEET_ERROR =
  /^(?:#(?:N\/A|N\/D|NV|REF!|BEZUG!|RIF!|NAME\??|NOM\?|NOME\?|VALUE!|WERT!|VALEUR!|VALORE!|DIV\/0!|NUM!|ZAHL!|NOMBRE!|NULL!|SPILL!|CALC!|GETTING_DATA)|#{2,})$/i;

/** Texts that databases and programs write for a missing value. */
const NO_VALUE: ReadonlySet<string> = new Set(['NULL', '(NULL)', '(null)', '<NULL>', '<null>', '\\N', 'NaN', 'nan', 'NaT']);

/** The text of a spreadsheet's formula that is only a text. Other cells are returned unchanged. */
export function withoutTextFormula(cell: string): string {
  const [, text] = TEXT_FORMULA.exec(cell.trim()) ?? [];
  return text === undefined ? cell : text.replaceAll('""', '"');
}

/** The reason why a cell has no value but a sign of the program that wrote it; `undefined` for a value. */
export function signOfProgram(attribute: string, text: string): string | undefined {
  if (SPREADSHEET_ERROR.test(text))
    return t('{attribute}: "{text}" is a spreadsheet error, not a value. Correct the cell there and save the file again.', {
      attribute,
      text,
    });
  if (NO_VALUE.has(text))
    return t('{attribute}: some programs write "{text}" where there is no value. Leave the cell empty.', { attribute, text });
  return undefined;
}

/** An e-mail address in the form of a link or a mail program: `mailto:a@example.com`, `Anna Berg <a@example.com>`. */
export function emailIn(text: string): string {
  const seen = text.replace(UNSEEN, '').replace(/^mailto:/i, '');
  return /^[^<>@]*<([^<>\s@]+@[^<>\s@]+)>$/.exec(seen)?.[1] ?? seen;
}

/** A whole number without decimals. Programs write `1.0` in a column in which some numbers are missing. */
export function wholeNumber(text: string): string {
  return /^(-?\d+)[.,]0+$/.exec(text)?.[1] ?? text;
}

/** Dates that a spreadsheet writes for an empty date. */
const EMPTY_DATES: ReadonlySet<string> = new Set(['1899-12-30', '1899-12-31', '1900-01-00', '1904-01-01']);

/** Whether a text looks like one e-mail address. */
export function isEmail(text: string): boolean {
  const [, domain] = /^[^\s@,;:"“”„‘’«»<>()[\]\\]+@([^\s@,;:'"“”„‘’«»<>()[\]\\]+)$/.exec(text) ?? [];
  return domain !== undefined && domain.split('.').every((label) => label !== '');
}

/** The reason why a value is probably wrong although the store would accept it. Only for values that are about to be written. */
export function implausible(attribute: string, value: string, today = new Date()): string | undefined {
  if (value === '') return undefined;
  if (attribute === 'email' && !isEmail(value)) return `email: "${value}" is not one e-mail address. Correct it in the file.`;
  if (attribute !== 'dob') return undefined;
  if (EMPTY_DATES.has(value)) return `dob: ${value} is what a spreadsheet makes of an empty date. Leave the cell empty.`;
  return value > today.toISOString().slice(0, 10)
    ? `dob: ${value} is in the future. A spreadsheet may have made it of a year with two digits. Write the year with four.`
    : undefined;
}
