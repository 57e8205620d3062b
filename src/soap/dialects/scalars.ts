import { ToolkitError } from '../../api/errors';
import type { ScalarKind } from '../../api/types';
import type { SoapValue } from '../../api/value';

/**
 * Text of a scalar as its type is written.
 * @throws {ToolkitError} of kind `input` when the value cannot be of this type; the store would answer
 * "Violation of encoding rules" with HTTP 500 (facts §2)
 */
export function scalarText(name: string, value: SoapValue, kind: ScalarKind): string {
  switch (typeof value) {
    case 'string':
      if (kind === 'int' && !/^\s*[+-]?\d+\s*$/.test(value)) throw mismatch(name, 'a whole number', value);
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

/** An argument that is not what its type asks for. */
export function mismatch(name: string, expected: string, value: SoapValue): ToolkitError {
  const given = JSON.stringify(value);
  return new ToolkitError('input', { code: 'argument-type', what: `"${name}" must be ${expected}, but is ${given.slice(0, 80)}.` });
}
