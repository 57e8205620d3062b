import { RE2JS, RE2JSException } from 're2js';
import { ShopError } from '../fault';

/**
 * The database's REGEXP, case-insensitive; a dot also matches line feeds. Expressions come from clients, and some are made to run for ever,
 * so they run in an engine whose time grows only with the length of the value. It does not support look-around and back references; such an
 * expression counts as malformed.
 * @throws {ShopError} for an expression that cannot be read
 */
export function regexp(pattern: string): (value: string) => boolean {
  try {
    const expression = RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE | RE2JS.DOTALL);
    return (value) => expression.matcher(value).find();
  } catch (error) {
    if (error instanceof RE2JSException) throw new ShopError('a malformed expression', { cause: error });
    throw error;
  }
}
