/**
 * Text in the form in which the database compares it: without case, accents and trailing blanks (facts §5). The store treats two texts as
 * equal when their folded forms are equal.
 */
export function fold(text: string): string {
  const trimmed = text.slice(0, lengthWithoutBlanks(text));
  if (PLAIN.test(trimmed)) return trimmed.toLowerCase();
  // Decomposing makes an accent a separate character, which the collation ignores. It treats ß as ss.
  return trimmed
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .toLowerCase()
    .replace(/ß/g, 'ss');
}

/** Length of a text without the blanks at its end. */
export function lengthWithoutBlanks(text: string): number {
  let end = text.length;
  while (text.charCodeAt(end - 1) === 0x20) end--;
  return end;
}

/** Text that decomposing does not change. */
const PLAIN = /^[\u0000-\u007f]*$/;

/** Whether the database treats two texts as equal. */
export function sameInDatabase(a: string, b: string): boolean {
  return a === b || fold(a) === fold(b);
}
