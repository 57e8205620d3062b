import { runInNewContext } from 'node:vm';
import { ShopError } from '../fault';

/** Time one request may spend in an expression, in milliseconds; the database has a limit too. */
const LIMIT_MS = 250;

/**
 * The database's REGEXP, without case. Expressions come from clients, and some take for ever on purpose, so each runs
 * under a time limit.
 * @throws {ShopError} for an expression that is none, or one that takes too long
 */
export function regexp(pattern: string): (value: string) => boolean {
  const flags = 'isu';
  let test: RegExp;
  try {
    test = new RegExp(pattern, flags);
  } catch (error) {
    throw new ShopError('a malformed expression', { cause: error });
  }
  let left = LIMIT_MS;
  if (!canBacktrack(pattern)) return (value) => test.test(value);
  return (value) => {
    const start = performance.now();
    try {
      return runInNewContext('test.test(value)', { test, value }, { timeout: Math.max(1, Math.ceil(left)) }) === true;
    } catch (error) {
      throw new ShopError('an expression that takes too long', { cause: error });
    } finally {
      left -= performance.now() - start;
      if (left <= 0) throw new ShopError('an expression that takes too long');
    }
  };
}

/** Whether an expression has what it takes to be slow: two repetitions or a repeated group. */
function canBacktrack(pattern: string): boolean {
  return (pattern.match(/[*+}]/g)?.length ?? 0) > 1 || pattern.includes('\\1');
}
