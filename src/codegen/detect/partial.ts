import { isList, isRecord, type SoapRecord, type SoapValue } from '../../api/value';
import type { FoundCall } from './calls';
import { UNKNOWN, valueOf } from './node';
import { unwrapLists } from './normal';

/** Whether a value is the placeholder for an expression whose value is not known. */
export function isUnknownValue(value: SoapValue): boolean {
  return value === UNKNOWN;
}

/**
 * The arguments of a call by name, as far as the code shows them. {@link isUnknownValue} is true for the other values.
 * @returns `undefined` when nothing is known of them
 */
export function partialArguments(call: FoundCall): SoapRecord | undefined {
  if (call.args === undefined) return {};
  const value = valueOf(call.positional ? call.args : unwrapLists(call.args));
  if (isRecord(value)) return value;
  // V1 accepts a single argument bare, so a variable may be that argument or the list of all.
  if (value === UNKNOWN) return undefined;
  const values = isList(value) ? value : [value];
  return Object.fromEntries(
    (call.known?.args ?? []).flatMap(({ name }, index) => (index < values.length ? [[name, values[index] ?? null]] : [])),
  );
}
