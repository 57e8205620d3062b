import { append } from '../../api/lists';
import type { ToolkitError } from '../../api/errors';
import { FaultError } from '../../api/errors';
import { isKeyAttribute, isSecretName, isSecretValue } from '../../api/secrets';
import type { SoapValue } from '../../api/value';
import { MASK, maskValue } from '../../store';
import { t } from '../../l10n/texts';
import { excerpt } from './excerpt';
import { match, type Mismatch } from './match';
import { milliseconds, type Expectation } from './schema';

/** The parts of an answer that expectations are compared with. */
export interface CheckedAnswer {
  /** The result, when there is one. */
  readonly value?: SoapValue | undefined;
  readonly error?: ToolkitError | undefined;
  /** Time of the exchange in milliseconds. */
  readonly ms?: number | undefined;
}

/**
 * Compares an answer with what is expected of it. The list is empty when it fits. Without an expectation any result fits, and an error does
 * not. Secrets are masked in the mismatches, but compared as they are.
 */
export function evaluate(expectation: Expectation | undefined, { value, error, ms }: CheckedAnswer): readonly Mismatch[] {
  return [...outcomeMismatch(expectation ?? {}, value, error), ...timeMismatch(expectation?.under, ms)].map(masked);
}

/** Whether to compare an error with the expectation. Any other error means that there was no answer to compare. */
export function expectsError(expectation: Expectation | undefined, error: ToolkitError): boolean {
  return error.kind === 'fault' || expectation?.error !== undefined;
}

/** Whether the code of this error is expected by name. A fault of any code (`true`) does not count. */
export function namesError({ fault, error: wanted }: Expectation = {}, error: ToolkitError): boolean {
  const code = typeof fault === 'object' ? fault.code : fault;
  return wanted === error.code || (code !== undefined && code !== true && String(code) === error.code);
}

function outcomeMismatch(
  { fault, error: wanted, result }: Expectation,
  value: SoapValue | undefined,
  error: ToolkitError | undefined,
): readonly Mismatch[] {
  if (wanted !== undefined) {
    const actual = error === undefined ? undefined : error.code;
    return actual === wanted ? [] : [{ path: 'error', expected: JSON.stringify(wanted), actual: actual ?? value }];
  }
  if (fault !== undefined) return faultMismatch(fault, value, error);
  if (error !== undefined)
    return [
      {
        path: error instanceof FaultError ? 'fault' : 'error',
        expected: t('a result'),
        kind: true,
        actual: `${error.code}: ${error instanceof FaultError ? error.fault.message : error.words.what}`,
      },
    ];
  return result === undefined ? [] : match(result, value, 'result');
}

function faultMismatch(
  wanted: NonNullable<Expectation['fault']>,
  value: SoapValue | undefined,
  error: ToolkitError | undefined,
): readonly Mismatch[] {
  const code = typeof wanted === 'object' ? wanted.code : wanted === true ? undefined : wanted;
  if (!(error instanceof FaultError)) {
    return [
      {
        path: 'fault',
        ...(code === undefined ? { expected: t('a fault'), kind: true } : { expected: t('fault {code}', { code }) }),
        actual: error === undefined ? value : `${error.code}: ${error.words.what}`,
      },
    ];
  }
  const found: Mismatch[] = [];
  if (code !== undefined && error.fault.code !== String(code))
    found.push({ path: 'fault.code', expected: JSON.stringify(String(code)), actual: error.fault.code });
  if (typeof wanted === 'object' && wanted.message !== undefined)
    append(found, match(wanted.message, error.fault.message, 'fault.message'));
  return found;
}

function timeMismatch(under: Expectation['under'], ms: number | undefined): readonly Mismatch[] {
  if (under === undefined || ms === undefined) return [];
  return ms < milliseconds(under)
    ? []
    : [
        {
          path: 'time',
          expected: t('under {time}', { time: typeof under === 'number' ? `${under}ms` : under }),
          actual: `${Math.round(ms)}ms`,
        },
      ];
}

/** The texts of an expected yes or no, for an attribute that is a key over V1 only. */
const FLAG = /^"?(?:true|false|[01])"?$/;

/** Hides secrets in a mismatch: the value that came, and the one that was expected even if none came. */
function masked(mismatch: Mismatch): Mismatch {
  const { path, expected, actual, kind } = mismatch;
  const names = [...path.matchAll(/[A-Za-z_]\w*/g)].map(([name]) => name);
  const came = names.some((name) => isSecretValue(name, actual));
  const named = names.some((name) => isSecretName(name) || (isKeyAttribute(name) && !FLAG.test(expected)));
  if (came || named)
    return {
      path,
      expected: kind === true ? expected : hidden(expected, came),
      actual: actual === undefined || actual === null || !came ? actual : MASK,
    };
  return actual === undefined ? { path, expected, actual } : { path, expected, actual: maskValue(excerpt(actual)) };
}

/** Describes an expected secret without showing it: "expected ••••••, got ••••••" would explain nothing. */
function hidden(expected: string, came: boolean): string {
  if (expected === JSON.stringify(MASK))
    return t('a value; {mask} only hides one, so expect {example} or leave it out', { mask: MASK, example: '{ "$type": "string" }' });
  return came ? t('another value (a secret: neither is shown)') : t('a value that is not shown, since it is a secret');
}
