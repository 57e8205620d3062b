import { parseTree, type Node } from 'jsonc-parser';
import { compareDecimals } from '../../api/decimal';
import type { SoapValue } from '../../api/value';
import { t } from '../../l10n/texts';
import { isTooDeep, valueOf } from './tree';

/**
 * The value of a node as it is sent. A number that JavaScript would write differently (`1.10`, `1e5`, `12345678901234567890`, `-0`) is
 * kept as the text that stands there: the store gets these digits. PHP, too, would lose them if they were declared as a number.
 * @param text that the node's offsets are of
 */
export function writtenValueOf(node: Node | undefined, text: string): SoapValue {
  return valueOf(node, {
    number: (value, { offset, length }) => {
      const literal = text.slice(offset, offset + length);
      return String(value) === literal ? value : literal;
    },
  });
}

/**
 * The value of a node as it is compared. A number stays one if JavaScript holds exactly its value, whatever the way it is written;
 * otherwise it is text, which is compared by its digits.
 * @param text that the node's offsets are of
 */
export function comparableValueOf(node: Node | undefined, text: string): SoapValue {
  return valueOf(node, {
    number: (value, { offset, length }) => {
      const literal = text.slice(offset, offset + length);
      // Adding 0 makes -0 of JavaScript the 0 that it equals.
      return compareDecimals(String(value), literal) === 0 ? value + 0 : literal;
    },
  });
}

/**
 * Reads JSON that is sent, strictly, as `JSON.parse` does, but keeps numbers as {@link writtenValueOf} says.
 * @throws {SyntaxError} when it is not JSON, or is nested too deep
 */
export function parseJson(text: string): SoapValue {
  JSON.parse(text);
  try {
    const tree = parseTree(text);
    if (isTooDeep(tree)) throw new RangeError('Too deep.');
    return writtenValueOf(tree, text);
  } catch (error) {
    // Read by recursion, where JSON.parse is not.
    if (error instanceof RangeError) throw new SyntaxError(t('It is nested too deep.'), { cause: error });
    throw error;
  }
}
