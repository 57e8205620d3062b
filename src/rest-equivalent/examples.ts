import { isList, isRecord, type SoapRecord, type SoapValue } from '../api/value';
import { customerMatch } from './fields';
import type { SoapCall } from './translate';

/** The example for an argument that is not known at all. */
const wholeArguments: Readonly<Record<string, SoapValue>> = {
  customerId: 1,
  addressId: 1,
  filters: {},
  attributes: [],
  // oxlint-disable-next-line house/spoken-texts -- A name.
  customerData: { firstname: 'Jane', lastname: 'Doe' },
};

/** The arguments that a request needs, by method. */
const needed: Readonly<Record<string, readonly string[]>> = {
  'customer.info': ['customerId'],
  'customer.update': ['customerId', 'customerData'],
  'customer.create': ['customerData'],
  'customer_address.list': ['customerId'],
};

/**
 * A call with examples in place of its unknown values, so that a program can be generated for it.
 * @returns `filled` says whether any example was needed
 */
export function withExamples({ method, args, isUnknown, empty }: SoapCall): { readonly call: SoapCall; readonly filled: boolean } {
  let filled = false;
  const fill = (value: SoapValue, name: string): SoapValue => {
    if (isUnknown?.(value) === true) {
      filled = true;
      return wholeArguments[name] ?? exampleOf(name);
    }
    if (isList(value)) return value.map((item) => fill(item, name));
    if (isRecord(value)) return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fill(inner, key)]));
    return value;
  };
  const names = Object.hasOwn(needed, method) ? (needed[method] ?? []) : [];
  const missing = names.filter((name) => args === undefined || !Object.hasOwn(args, name));
  const known: SoapRecord = Object.fromEntries(Object.entries(args ?? {}).map(([name, value]) => [name, fill(value, name)]));
  const examples = Object.fromEntries(missing.map((name) => [name, wholeArguments[name] ?? null]));
  return { call: { method, args: { ...known, ...examples }, empty }, filled: filled || missing.length > 0 };
}

/** A possible value of an attribute. */
function exampleOf(attribute: string): SoapValue {
  switch (customerMatch(attribute)?.writing) {
    case 'int':
    case 'flag':
      return 1;
    case 'day':
      return '1980-01-02';
    default:
      return attribute === 'email' ? 'jane@example.com' : 'example';
  }
}
