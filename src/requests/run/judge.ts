import { toToolkitError, type ToolkitError } from '../../api/errors';
import type { SoapValue } from '../../api/value';
import { noteOf, type ErrorNote } from '../../store';
import { evaluate, expectsError, namesError } from '../expect/evaluate';
import type { Awaited, Expectation } from '../expect/schema';
import type { Resolver } from '../variables/resolver';
import { plural, t } from '../../l10n/texts';
import type { Answer } from './ask';
import type { RequestRun } from './model';

/** Whether an answer fits its expectation. */
export type Verdict = Pick<RequestRun, 'status' | 'mismatches' | 'error'>;

/**
 * Compares an answer with its expectation.
 * @param name name of the request, since its expectation may refer to its own result
 */
export function judge(name: string, expect: Expectation | undefined, answer: Answer, resolver: Resolver): Verdict {
  const { value, error, exchange } = answer;
  if (error?.code === 'cancelled' && error.kind === 'transport') return { status: 'cancelled', error, mismatches: [] };
  // An error before the request was sent is not an answer, so no expectation can fit it.
  if (error !== undefined && (stoppedAt(error, expect) !== undefined || !expectsError(expect, error)))
    return { status: 'error', error, mismatches: [] };
  let expectation: Expectation | undefined;
  try {
    expectation = filled(name, expect, value, resolver);
  } catch (unfilled) {
    // Without the expectation the answer cannot be judged.
    return { status: 'error', error: toToolkitError(unfilled), mismatches: [] };
  }
  const mismatches = evaluate(expectation, { value, error, ms: exchange?.timings.total });
  return { status: mismatches.length === 0 ? 'passed' : 'failed', error, mismatches };
}

/**
 * The stage at which a request failed before it reached its method; `undefined` for one that reached it. If the request expects the fault
 * of a refused session, that fault is the answer to the call.
 */
export function stoppedAt(error: ToolkitError, ...expected: readonly (Expectation | undefined)[]): ErrorNote['unreached'] {
  const { unreached } = noteOf(error);
  return unreached === 'session' && expected.some((expect) => namesError(expect, error)) ? undefined : unreached;
}

/** The verdict for a request that waited in vain, with the number of tries. */
export function gaveUpVerdict({ mismatches, ...verdict }: Verdict, { for: most }: Awaited, tries: number): Verdict {
  const limit = typeof most === 'number' ? `${most}ms` : most;
  return {
    ...verdict,
    mismatches: [
      {
        path: 'until',
        expected: t('this within {limit}', { limit }),
        actual: plural(tries, 'something else in {count} try', 'something else in {count} tries'),
      },
      ...mismatches.map((mismatch) => ({ ...mismatch, path: `until.${mismatch.path}` })),
    ],
  };
}

/** The expectation with its placeholders filled. */
function filled(name: string, expect: Expectation | undefined, value: SoapValue | undefined, resolver: Resolver): Expectation | undefined {
  if (expect === undefined) return undefined;
  if (value !== undefined && JSON.stringify(expect).includes(`{{${name}.result`)) resolver.remember(name, value);
  const { result, fault } = expect;
  const message = typeof fault === 'object' ? fault.message : undefined;
  return {
    ...expect,
    ...(result === undefined ? {} : { result: resolver.resolve(result) }),
    ...(typeof fault === 'object' && message !== undefined ? { fault: { ...fault, message: resolver.resolve(message) } } : {}),
  };
}
