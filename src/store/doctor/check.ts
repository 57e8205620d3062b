import type { ProtocolName } from '../../api/dialect-facets';
import { toToolkitError, type ErrorWords } from '../../api/errors';
import { later, translated } from '../../l10n/texts';

/** Titles of the doctor's checks, in their order. */
export const checkTitles = {
  url: 'URL',
  lookup: later('Name lookup'),
  tcp: later('Connection'),
  tls: later('Encryption'),
  http: later('Web server'),
  rest: 'REST',
  clock: later('Clock'),
  wsdl: 'WSDL',
  address: later('Advertised URL'),
  imports: later('Imports'),
  dialects: later('Dialects'),
  login: later('Log in'),
  version: later('Version'),
  rights: later('Permissions'),
  stores: later('Store views'),
} as const;

/** Key of {@link checkTitles}. */
export type CheckId = keyof typeof checkTitles;

/** Checks that only one of the protocols has. */
const ofOne: Readonly<Record<ProtocolName, readonly CheckId[]>> = {
  soap: ['wsdl', 'address', 'imports'],
  rest: ['rest', 'clock', 'stores'],
};

/** The checks for a store of this protocol, in their order. */
export function checksFor(protocol: ProtocolName): readonly CheckId[] {
  const others = Object.entries(ofOne).flatMap(([name, ids]) => (name === protocol ? [] : ids));
  return (Object.keys(checkTitles) as CheckId[]).filter((id) => !others.includes(id));
}

/** One finding. */
export interface Check {
  readonly id: CheckId;
  readonly title: string;
  /** `warning`: works, but needs attention. `skipped`: does not apply, or an earlier check failed. */
  readonly state: 'ok' | 'warning' | 'failed' | 'skipped';
  /** The finding, one line. */
  readonly text: string;
  readonly why?: string | undefined;
  readonly next?: string | undefined;
  /** The store's own words. */
  readonly said?: string | undefined;
  readonly code?: string | undefined;
  readonly milliseconds?: number | undefined;
  /** The finding as data: addresses, dialect, namespace, methods allowed and denied. */
  readonly facts?: Readonly<Record<string, unknown>> | undefined;
}

/** The result of a check, without the fields that are the same for every check. */
export type Finding = Omit<Check, 'id' | 'title' | 'milliseconds'>;

/** Runs a check and measures its time. A thrown error becomes a failed finding. */
export async function timedCheck(id: CheckId, examine: () => Promise<Finding>): Promise<Check> {
  const begun = performance.now();
  try {
    return { ...finding(id, 'ok', ''), ...(await examine()), milliseconds: performance.now() - begun };
  } catch (error) {
    return { ...failedFinding(id, error), milliseconds: performance.now() - begun };
  }
}

/** Builds a finding. */
export function finding(id: CheckId, state: Check['state'], text: string, more: Partial<Check> = {}): Check {
  return { id, title: translated(checkTitles[id]), state, text, ...more };
}

/** An error as a failed finding. */
export function failedFinding(id: CheckId, error: unknown): Check {
  return { ...finding(id, 'failed', ''), ...wordsOf(toToolkitError(error).words) };
}

/** The words of an error in the fields of a finding. */
export function wordsOf({ code, what, why, next, said }: ErrorWords): Pick<Check, 'code' | 'text' | 'why' | 'next' | 'said'> {
  return { code, text: what, why, next, said };
}
