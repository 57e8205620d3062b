import { t } from '../../l10n/texts';

/** A list of row numbers that was typed, or the problem with it. */
export type TypedRows = { readonly ranges: readonly (readonly [from: number, to: number])[] } | { readonly problem: string };

/** Reads row numbers such as `3, 10-20`. Rows are counted as in spreadsheets, where the header is row 1. */
export function typedRows(text: string): TypedRows {
  const ranges: (readonly [number, number])[] = [];
  const parts = text.replace(/\s*[-–]\s*/g, '-').split(/[,;\s]+/);
  for (const part of parts.filter((each) => each !== '')) {
    const [, first, last = first] = /^(\d{1,9})(?:-(\d{1,9}))?$/.exec(part) ?? [];
    if (first === undefined || last === undefined)
      return { problem: t('"{part}" is not a row number. Write rows such as 3, 10-20.', { part }) };
    if (Number(first) > Number(last))
      return { problem: t('{part} ends before it begins. Write it as {last}-{first}.', { part, last, first }) };
    ranges.push([Number(first), Number(last)]);
  }
  return ranges.length === 0 ? { problem: t('Write rows such as 3, 10-20.') } : { ranges };
}

/** Whether a row is in one of the ranges. */
export function isWithin(ranges: readonly (readonly [from: number, to: number])[], number: number): boolean {
  return ranges.some(([from, to]) => number >= from && number <= to);
}
