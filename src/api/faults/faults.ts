import { translated, t } from '../../l10n/texts';
import { menusOf } from './advice';
import type { Dialect, SoapDialect } from '../dialect';
import { writtenIn } from '../dialect-facets';
import type { ErrorWords, Fault } from '../errors';
import type { FailureEntry, FaultContext, FaultEntry } from './entry';
import { failures, type FailureCode } from './no-answer';
import { soapFaults } from './soap';
import type { Generation } from '../generations';
import { knownResources } from '../resources';

export type { FaultContext, FaultEntry, Phase } from './entry';

/** The explanation of a fault. `entry` is `undefined` for an unknown fault. */
export interface FaultExplanation extends Omit<ErrorWords, 'code' | 'said'> {
  readonly entry: FaultEntry | undefined;
}

/** How much of a fault's text is compared with known texts. None of these is longer, and a store can send megabytes. */
const MAX_FAULT_CHARS = 4000;

/** Explains a SOAP fault. The first matching entry counts. Without one, the description in the method's resource is used. */
export function explainFault(fault: Fault, context: FaultContext): FaultExplanation {
  const text = fault.message.slice(0, MAX_FAULT_CHARS);
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
  if (own !== undefined) return { entry: undefined, what: translated(own.doc) };
  return {
    entry: undefined,
    what: fault.code === '' ? t('The store returned a fault without a code.') : t('The store returned fault {code}.', { code: fault.code }),
    next: t("Only the store's message says more. The shop usually logs a fault of an extension or of PHP in " + 'var/log/exception.log.'),
  };
}

/**
 * Whether a write may have been executed although this fault was the answer. The API's own faults are numbers and mean that it was not. If
 * PHP stopped in the middle (memory, time), it is unknown.
 */
export function mayHaveRun(fault: Fault, method: string): boolean {
  if (/^\d+$/.test(fault.code)) return false;
  const { entry } = explainFault(fault, { phase: 'call', method });
  return entry?.executed !== 'never' && !(entry?.executed === 'call-not' && method !== 'multiCall');
}

/** Words for a failure on the way to the store, or for an answer that is not SOAP. */
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

/**
 * The words of an entry for any call and any store, as reference pages show them.
 * @param dialect the dialect that a command in the words turns on
 */
export function generalWords(entry: FaultEntry | FailureEntry, dialect?: SoapDialect): Pick<ErrorWords, 'what' | 'why' | 'next'> {
  return filled(entry, { ...menusOf(undefined, dialect), method: 'customer.update', ...general });
}

/** Placeholders for the particulars in {@link generalWords}. */
const general: Readonly<Record<string, string>> = {
  host: 'HOST',
  proxy: 'PROXY',
  port: 'PORT',
  seconds: 'N',
  // oxlint-disable-next-line house/spoken-texts -- reference pages are English
  size: 'N bytes',
  status: 'NNN',
  url: 'URL',
  id: 'ID',
  '1': '…',
};

function filled(
  { what, why, next }: FaultEntry | FailureEntry,
  values: Readonly<Record<string, string | undefined>>,
): Pick<ErrorWords, 'what' | 'why' | 'next'> {
  return { what: fill(translated(what), values), why: fillOptional(why, values), next: fillOptional(next, values) };
}

function fillOptional(text: string | undefined, values: Readonly<Record<string, string | undefined>>): string | undefined {
  return text === undefined ? undefined : fill(translated(text), values);
}

/** Replaces `{name}` with values. A part in double brackets `[[…]]` is left out if one of its values is missing. */
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
