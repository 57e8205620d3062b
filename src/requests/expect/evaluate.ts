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

/** What came of a request, as far as expectations go. */
export interface CheckedAnswer {
  /** The result, when there is one. */
  readonly value?: SoapValue | undefined;
  readonly error?: ToolkitError | undefined;
  /** Time of the exchange in milliseconds. */
  readonly ms?: number | undefined;
}

/**
 * Compares what came with what is expected. Nothing comes back when it fits. Without an expectation, a result is
 * expected, whatever it is. Secrets are masked in what is shown, not in what is compared.
 */
export function evaluate(expectation: Expectation | undefined, { value, error, ms }: CheckedAnswer): readonly Mismatch[] {
  return [...outcomeMismatch(expectation ?? {}, value, error), ...timeMismatch(expectation?.under, ms)].map(masked);
}

/** Whether an error is what was expected to be looked at, rather than a reason why nothing could be. */
export function expectsError(expectation: Expectation | undefined, error: ToolkitError): boolean {
  return error.kind === 'fault' || expectation?.error !== undefined;
}

/** Whether the code of this very error is expected, rather than any fault. */
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

/** How yes and no are expected of an attribute that is a key over V1 only. */
const FLAG = /^"?(?:true|false|[01])"?$/;

/** A secret is not shown where an expectation about it fails, nor the one that was expected: also where none came. */
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

/** What was expected of a secret, without the secret: "expected ••••••, got ••••••" would explain nothing. */
function hidden(expected: string, came: boolean): string {
  if (expected === JSON.stringify(MASK))
    return t('a value; {mask} only hides one, so expect {example} or leave it out', { mask: MASK, example: '{ "$type": "string" }' });
  return came ? t('another value (a secret: neither is shown)') : t('a value that is not shown, since it is a secret');
}
