import { runInNewContext } from 'node:vm';
import { ShopError } from '../fault';

/** Time one list may take when clients bring expressions, in milliseconds; the database has a limit too. */
const LIMIT_MS = 1000;

/**
 * The database's REGEXP, without case. Expressions come from clients and some take for ever on purpose, so whoever uses
 * one runs it {@link withinTime}.
 * @throws {ShopError} for an expression that is none
 */
export function regexp(pattern: string): (value: string) => boolean {
  try {
    const expression = new RegExp(pattern, 'isu');
    return (value) => expression.test(value);
  } catch (error) {
    throw new ShopError('a malformed expression', { cause: error });
  }
}

/**
 * Does work that may take for ever, for a limited time. Node can only stop what it runs as a script, and that includes
 * whatever the script calls.
 * @throws {ShopError} when the time is up
 */
export function withinTime<T>(work: () => T): T {
  const box: { result?: T } = {};
  try {
    runInNewContext('work()', { work: () => void (box.result = work()) }, { timeout: LIMIT_MS });
  } catch (error) {
    // The error may be of the script's own world, where Error is another class.
    if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw new ShopError('an expression that takes too long', { cause: error });
    throw error;
  }
  if (!('result' in box)) throw new Error('Work that ended has a result.');
  return box.result;
}
