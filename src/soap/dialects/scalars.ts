import { isNumberText } from '../../api/decimal';
import { ToolkitError } from '../../api/errors';
import type { ScalarKind } from '../../api/types';
import { quotedValue } from '../../api/secrets';
import { kindOf, type SoapValue } from '../../api/value';

/**
 * Text of a scalar as its type is written.
 * @throws {ToolkitError} of kind `input` when the value cannot be of this type; the store would answer
 * "Violation of encoding rules" with HTTP 500 (facts §2)
 */
export function scalarText(name: string, value: SoapValue, kind: ScalarKind): string {
  switch (typeof value) {
    case 'string':
      // A number of a request file that is whole but written otherwise, such as 1e5 or 1.0, goes as it stands; PHP reads it.
      if (kind === 'int' && !/^\s*[+-]?\d+\s*$/.test(value) && !(isNumberText(value) && Number.isInteger(Number(value))))
        throw mismatch(name, 'a whole number', value);
      if (kind === 'double' && (value.trim() === '' || !Number.isFinite(Number(value)))) throw mismatch(name, 'a number', value);
      if (kind === 'boolean' && !['0', '1', 'true', 'false'].includes(value)) throw mismatch(name, 'true or false', value);
      return value;
    case 'number':
      if (!Number.isFinite(value) || (kind === 'int' && !Number.isInteger(value))) throw mismatch(name, 'a whole number', value);
      return kind === 'boolean' ? String(value !== 0) : String(value);
    case 'boolean':
      if (kind === 'boolean') return String(value);
      return value ? '1' : '0';
    default:
      throw mismatch(name, kind === 'string' ? 'text' : `of type ${kind}`, value);
  }
}

/**
 * An argument that is not what its type asks for. What stands for a map, such as one written as JSON, may hold secrets and is not quoted.
 */
export function mismatch(name: string, expected: string, value: SoapValue): ToolkitError {
  const given = expected === 'a map' || expected === 'a list' ? kindOf(value) : quotedValue(name, value, 80);
  return new ToolkitError('input', { code: 'argument-type', what: `"${name}" must be ${expected}, but is ${given}.` });
}
