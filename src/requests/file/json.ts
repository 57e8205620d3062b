import { parseTree, type Node } from 'jsonc-parser';
import { compareDecimals } from '../../api/decimal';
import type { SoapValue } from '../../api/value';
import { t } from '../../l10n/texts';
import { isTooDeep, valueOf } from './tree';

/**
 * The value of a node as it is sent. A number that JavaScript would write differently (`1.10`, `1e5`, `12345678901234567890`, `-0`) becomes
 * its text, so that the store gets these digits. PHP would lose them too if they were declared as a number.
 * @param text the text to which the node's offsets refer
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
 * The value of a node for comparing. A number stays a number if JavaScript holds exactly its value, in any notation. Otherwise it becomes
 * its text, which is compared digit by digit.
 * @param text the text to which the node's offsets refer
 */
export function comparableValueOf(node: Node | undefined, text: string): SoapValue {
  return valueOf(node, {
    number: (value, { offset, length }) => {
      const literal = text.slice(offset, offset + length);
      // Adding 0 turns -0 of JavaScript into 0, which is equal.
      return compareDecimals(String(value), literal) === 0 ? value + 0 : literal;
    },
  });
}

/**
 * Reads JSON to be sent, as strictly as `JSON.parse`, but keeps numbers as {@link writtenValueOf} does.
 * @throws {SyntaxError} when the text is not JSON or is nested too deep
 */
export function parseJson(text: string): SoapValue {
  JSON.parse(text);
  try {
    const tree = parseTree(text);
    if (isTooDeep(tree)) throw new RangeError('Too deep.');
    return writtenValueOf(tree, text);
  } catch (error) {
    // This parser is recursive, unlike JSON.parse.
    if (error instanceof RangeError) throw new SyntaxError(t('It is nested too deeply.'), { cause: error });
    throw error;
  }
}
