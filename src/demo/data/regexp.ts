import { RE2JS, RE2JSException } from 're2js';
import { ShopError } from '../fault';

/**
 * The database's REGEXP, without case; a dot stands for line feeds too. Expressions come from clients and some would take for ever
 * on purpose, so they run in an engine whose time grows with the length of the value alone. It knows no look-around and no back
 * references, which are a malformed expression then.
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
