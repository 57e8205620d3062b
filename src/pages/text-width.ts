/** No column gets wider than this, so the rest of a text is not measured. */
const MEASURED_CHARS = 200;

/** Letters that are about as wide as two digits. */
const wide = /^(?:\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}|\p{Emoji_Presentation}|[\uff01-\uff60])$/u;
/** Marks above or below another letter, and characters that only direct or join letters. */
const weightless = /^[\p{Mn}\p{Me}\p{Cf}]$/u;
const narrow = /^[\s.,:;'|!ijltfrI()[\]-]$/;

/**
 * Approximate width of a text in the proportional fonts of editors, in widths of a digit (`ch` in CSS). Capitals are about a third wider
 * than a digit, Chinese letters twice as wide. The result is too wide rather than too narrow.
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
