import { said, t } from '../../l10n/texts';
import { menusOf } from './advice';
import type { Dialect } from '../dialect';
import { writtenIn } from '../dialect-facets';
import type { ErrorWords, Fault } from '../errors';
import type { FailureEntry, FaultContext, FaultEntry } from './entry';
import { failures, type FailureCode } from './no-answer';
import { soapFaults } from './soap';
import type { Generation } from '../generations';
import { knownResources } from '../resources';

export type { FaultContext, FaultEntry, Phase } from './entry';

/** What a fault means here. `entry` is `undefined` when the data do not know it. */
export interface FaultExplanation extends Omit<ErrorWords, 'code' | 'said'> {
  readonly entry: FaultEntry | undefined;
}

/** How much of a fault's text is compared with what is known: no known one is longer, and a store can send megabytes. */
const LONGEST_FAULT_CHARS = 4000;

/** Explains a SOAP fault. The first entry of the data that fits wins, then what the resource of the method says of its faults. */
export function explainFault(fault: Fault, context: FaultContext): FaultExplanation {
  const text = fault.message.slice(0, LONGEST_FAULT_CHARS);
  for (const entry of soapFaults) {
    if (!entry.phases.includes(context.phase)) continue;
    if (entry.code !== undefined && entry.code !== fault.code) continue;
    if (entry.methods !== undefined && !entry.methods.test(context.method ?? '')) continue;
    const match = entry.text === undefined ? [] : entry.text.exec(text);
    if (match === null) continue;
    if (entry.when !== undefined && !entry.when([...match], context)) continue;
    const values: Record<string, string | undefined> = {
      ...menusOf(context.generation),
      method: context.method ?? t('this call'),
      right: context.right,
    };
    match.forEach((group, index) => (values[index] = group?.slice(0, 200)));
    return { entry, topic: entry.id, ...filled(entry, values) };
  }
  const own = (context.registry ?? knownResources).resourceOf(context.method ?? '')?.faults.find(({ code }) => code === fault.code);
  if (own !== undefined) return { entry: undefined, what: said(own.doc) };
  return {
    entry: undefined,
    what:
      fault.code === ''
        ? t('The store answered with a fault without a code.')
        : t('The store answered with fault {code}.', { code: fault.code }),
    next: t('Only the store’s own words say more. ' + 'The shop usually logs a fault of an extension or of PHP in var/log/exception.log.'),
  };
}

/**
 * Whether a write that was answered with this fault may nevertheless have been executed. The API's own faults, which are
 * numbers, say that it was not; when PHP stopped in the middle (memory, time), it is unknown.
 */
export function mayHaveRun(fault: Fault, method: string): boolean {
  if (/^\d+$/.test(fault.code)) return false;
  const { entry } = explainFault(fault, { phase: 'call', method });
  return entry?.executed !== 'never' && !(entry?.executed === 'call-not' && method !== 'multiCall');
}

/** Words for a failure of the way to the store, or of what it answered instead of SOAP. */
export function explainFailure(
  code: FailureCode,
  values: Readonly<Record<string, string | number | undefined>> = {},
  store: { readonly generation?: Generation | undefined; readonly dialect?: Dialect | undefined } = {},
): ErrorWords {
  const entry: FailureEntry = failures[code];
  const texts = Object.fromEntries(
    Object.entries({ ...menusOf(store.generation, writtenIn(store.dialect)), ...values }).map(([key, value]) => [
      key,
      value === undefined ? undefined : String(value).slice(0, 300),
    ]),
  );
  return { code, topic: code, ...filled(entry, texts) };
}

/** The words of an entry where nothing is known of the call or the store, as reference pages have them. */
export function generalWords(entry: FaultEntry | FailureEntry): Pick<ErrorWords, 'what' | 'why' | 'next'> {
  // oxlint-disable-next-line house/spoken-texts -- reference pages are English
  return filled(entry, { ...menusOf(undefined), method: 'the method', ...general });
}

/** What stands for particulars in {@link generalWords}. */
const general: Readonly<Record<string, string>> = {
  host: 'HOST',
  proxy: 'PROXY',
  port: 'PORT',
  seconds: 'N',
  // oxlint-disable-next-line house/spoken-texts -- reference pages are English
  size: 'N bytes',
  status: 'NNN',
  '1': '…',
};

function filled(
  { what, why, next }: FaultEntry | FailureEntry,
  values: Readonly<Record<string, string | undefined>>,
): Pick<ErrorWords, 'what' | 'why' | 'next'> {
  return { what: fill(said(what), values), why: fillOptional(why, values), next: fillOptional(next, values) };
}

function fillOptional(text: string | undefined, values: Readonly<Record<string, string | undefined>>): string | undefined {
  return text === undefined ? undefined : fill(said(text), values);
}

/** Puts values into `{name}`; a part in double brackets `[[…]]` is left out when one of its values is missing. */
function fill(text: string, values: Readonly<Record<string, string | undefined>>): string {
  const known = (name: string): string | undefined => (Object.hasOwn(values, name) && values[name] !== '' ? values[name] : undefined);
  return text
    .replace(/\[\[(.*?)\]\]/g, (_, part: string) =>
      [...part.matchAll(/\{(\w+)\}/g)].every(([, name]) => known(name ?? '') !== undefined) ? part : '',
    )
    .replace(/\{(\w+)\}/g, (_, name: string) => known(name) ?? '')
    .trim();
}

export { failures, isFailureCode, type FailureCode } from './no-answer';
export { soapFaults } from './soap';
