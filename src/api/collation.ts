/**
 * Text as the database compares it: without case, accents and trailing blanks (facts §5). Two texts are equal to the
 * store when their folded forms are equal.
 */
export function fold(text: string): string {
  const trimmed = text.slice(0, endWithoutBlanks(text));
  if (PLAIN.test(trimmed)) return trimmed.toLowerCase();
  // Decomposed, an accent is a character of its own that the collation does not weigh; ß weighs as ss.
  return trimmed
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .toLowerCase()
    .replace(/ß/g, 'ss');
}

/** Length of a text without the blanks at its end. */
export function endWithoutBlanks(text: string): number {
  let end = text.length;
  while (text.charCodeAt(end - 1) === 0x20) end--;
  return end;
}

/** Nothing that decomposing would change. */
const PLAIN = /^[\u0000-\u007f]*$/;

/** Whether two texts are the same to the database. */
export function same(a: string, b: string): boolean {
  return a === b || fold(a) === fold(b);
}
