import { isNumberText } from '../../api/decimal';
import { ToolkitError } from '../../api/errors';
import type { ScalarKind } from '../../api/types';
import { quotedValue } from '../../api/secrets';
import { kindOf, type SoapValue } from '../../api/value';
import { t } from '../../l10n/texts';

/**
 * Text of a scalar in the form that its type requires.
 * @throws {ToolkitError} of kind `input` when the value cannot be of this type; the store would answer
 * "Violation of encoding rules" with HTTP 500 (facts §2)
 */
export function scalarText(name: string, value: SoapValue, kind: ScalarKind): string {
  switch (typeof value) {
    case 'string':
      // A whole number that a request file writes in another form, such as 1e5 or 1.0, is sent unchanged; PHP reads it.
      if (kind === 'int' && !/^\s*[+-]?\d+\s*$/.test(value) && !(isNumberText(value) && Number.isInteger(Number(value))))
        throw notWhole(name, value);
      if (kind === 'double' && (value.trim() === '' || !Number.isFinite(Number(value))))
        throw mismatch(t('"{name}" must be a number, but is {given}.', { name, given: given(name, value) }));
      if (kind === 'boolean' && !['0', '1', 'true', 'false'].includes(value))
        throw mismatch(t('"{name}" must be true or false, but is {given}.', { name, given: given(name, value) }));
      return value;
    case 'number':
      if (!Number.isFinite(value) || (kind === 'int' && !Number.isInteger(value))) throw notWhole(name, value);
      return kind === 'boolean' ? String(value !== 0) : String(value);
    case 'boolean':
      if (kind === 'boolean') return String(value);
      return value ? '1' : '0';
    default:
      throw mismatch(
        kind === 'string'
          ? t('"{name}" must be text, but is {given}.', { name, given: given(name, value) })
          : t('"{name}" must be of type {kind}, but is {given}.', { name, kind, given: given(name, value) }),
      );
  }
}

/** The error for an argument that must be a list. It does not quote the value, such as a list written as JSON text: it may hold secrets. */
export function notList(name: string, value: SoapValue): ToolkitError {
  return mismatch(t('"{name}" must be a list, but is {given}.', { name, given: kindOf(value) }));
}

/** The error for an argument that must be a map. It does not quote the value, such as a map written as JSON text: it may hold secrets. */
export function notMap(name: string, value: SoapValue): ToolkitError {
  return mismatch(t('"{name}" must be a map, but is {given}.', { name, given: kindOf(value) }));
}

function notWhole(name: string, value: SoapValue): ToolkitError {
  return mismatch(t('"{name}" must be a whole number, but is {given}.', { name, given: given(name, value) }));
}

function given(name: string, value: SoapValue): string {
  return quotedValue(name, value, 80);
}

function mismatch(what: string): ToolkitError {
  return new ToolkitError('input', { code: 'argument-type', what });
}
