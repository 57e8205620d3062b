/** Beyond so many characters no column is made wider, so the rest of a text is not measured. */
const MEASURED_CHARS = 200;

/** Letters that are about as wide as two digits. */
const wide = /^(?:\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}|\p{Emoji_Presentation}|[\uff01-\uff60])$/u;
/** Marks that stand above or below another letter, and what only directs or joins letters. */
const weightless = /^[\p{Mn}\p{Me}\p{Cf}]$/u;
const narrow = /^[\s.,:;'|!ijltfrI()[\]-]$/;

/**
 * About how wide a text is in the proportional fonts of editors, in widths of a digit, which CSS calls `ch`. Text of capitals is a third
 * wider than its number of letters says, and Chinese twice as wide. Rather too wide than too narrow.
 */
export function widthInDigits(text: string): number {
  let width = 0;
  for (const letter of text.slice(0, MEASURED_CHARS)) width += widthOf(letter);
  return Math.ceil(width);
}

function widthOf(letter: string): number {
  if (narrow.test(letter)) return 0.7;
  if (/^[a-z0-9]$/.test(letter)) return letter === 'm' || letter === 'w' ? 1.5 : 1;
  if (/^[WM@%]$/.test(letter)) return 1.7;
  if (weightless.test(letter)) return 0;
  if (wide.test(letter)) return 2;
  return /^\p{Lu}$/u.test(letter) ? 1.3 : 1.1;
}
