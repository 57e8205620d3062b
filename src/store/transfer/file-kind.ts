import { ToolkitError } from '../../api/errors';
import { later, translated, t } from '../../l10n/texts';

/** Kinds of files that users mistake for CSV, with their first characters. */
const kinds: readonly { readonly begins: RegExp; readonly is: string }[] = [
  { begins: /^PK\u0003\u0004/, is: later('It is an Excel or OpenDocument workbook, or another zip archive.') },
  { begins: /^\u00d0\u00cf\u0011\u00e0/, is: later('It is an old Excel workbook (.xls).') },
  { begins: /^%PDF-/, is: later('It is a PDF document.') },
  { begins: /^\u001f\u008b/, is: later('It is compressed (gzip).') },
  { begins: /^(?:\u00ef\u00bb\u00bf)?\s*<(?:!doctype|html|table|\?xml|\w+[\s>/])/i, is: later('It is HTML or XML.') },
  { begins: /^(?:\u00ef\u00bb\u00bf)?\s*(?:\[\s*)?\{\s*(?:"|\})/, is: later('It is JSON.') },
];

/** Number of bytes at the beginning of a file that show its kind. */
export const KIND_BYTES = 64;

/**
 * Refuses a file that is not text in rows and columns, and says what it is.
 * @param head its first {@link KIND_BYTES} bytes, one character a byte
 * @throws {ToolkitError} of kind `input`, `csv-other-kind`
 */
export function refuseOtherKind(file: string, head: string): void {
  const kind = kinds.find(({ begins }) => begins.test(head));
  if (kind === undefined) return;
  throw new ToolkitError('input', {
    code: 'csv-other-kind',
    what: t('{file} is not a CSV file.', { file }),
    why: translated(kind.is),
    next: t('Open it in a spreadsheet and save it as "CSV UTF-8".'),
  });
}

/** Quotation marks that programs and editors put around cells, but that CSV does not know. */
const foreignQuotes = ["''", '``', '“”', '„“', '”“', '””', '‘’', '‚‘', '«»', '»«'] as const;

/**
 * Refuses a file whose cells have quotation marks that CSV does not know. They would become part of each value.
 * @throws {ToolkitError} of kind `input`, `csv-quotes`
 */
export function refuseForeignQuotes(file: string, header: readonly string[]): void {
  const names = header.filter((name) => name !== '');
  const quotes = foreignQuotes.find(([open = '', close = '']) =>
    names.every((name) => name.length > 1 && name.startsWith(open) && name.endsWith(close)),
  );
  if (quotes === undefined || names.length === 0) return;
  throw new ToolkitError('input', {
    code: 'csv-quotes',
    what: t('The cells of {file} are enclosed in {open}…{close}.', { file, open: quotes[0] ?? '', close: quotes[1] ?? '' }),
    why: t('CSV uses straight double quotation marks only, so these would become part of each value.'),
    next: t('Replace them with " in a text editor, or save the file as CSV again in the program that it comes from.'),
  });
}
