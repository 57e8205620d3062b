/** The parts of a JSON number: `digits` times ten to the power of `exponent`. The digits have no zeros at either end. */
interface Decimal {
  readonly negative: boolean;
  /** Empty for zero. */
  readonly digits: string;
  readonly exponent: number;
}

const NUMBER = /^(-?)(0|[1-9]\d*)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/** Whether a text is a number in JSON syntax. */
export function isNumberText(text: string): boolean {
  return NUMBER.test(text);
}

/**
 * Compares two JSON numbers by their decimal digits, of any length: JavaScript numbers are exact to 15 to 17 digits only.
 * @returns below 0, 0 or above 0; `undefined` when one of them is not a number
 */
export function compareDecimals(one: string, other: string): number | undefined {
  const [a, b] = [decimalOf(one), decimalOf(other)];
  if (a === undefined || b === undefined) return undefined;
  if (a.negative !== b.negative) return a.negative ? -1 : 1;
  return a.negative ? compareSizes(b, a) : compareSizes(a, b);
}

function compareSizes(a: Decimal, b: Decimal): number {
  if (a.digits === '' || b.digits === '') return Math.sign(a.digits.length - b.digits.length);
  // Compares the places of the first digits. If they are equal, the digits are compared as text.
  const place = a.digits.length + a.exponent - (b.digits.length + b.exponent);
  if (place !== 0) return Math.sign(place);
  return a.digits < b.digits ? -1 : a.digits > b.digits ? 1 : 0;
}

function decimalOf(text: string): Decimal | undefined {
  const found = NUMBER.exec(text);
  if (found === null) return undefined;
  const [, sign = '', whole = '', fraction = '', power = '0'] = found;
  const all = whole + fraction;
  let start = 0;
  while (all[start] === '0') start++;
  let end = all.length;
  while (end > start && all[end - 1] === '0') end--;
  const digits = all.slice(start, end);
  return { negative: sign === '-' && digits !== '', digits, exponent: Number(power) - fraction.length + (all.length - end) };
}
