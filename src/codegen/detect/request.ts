import type { SoapDialect } from '../../api/dialect';
import { isList, isRecord, type SoapList, type SoapRecord } from '../../api/value';
import type { FoundCall } from './calls';
import { isLiteral, valueOf } from './node';
import { unwrapLists } from './normal';

/** A call as a request that can be run or saved. */
export interface CodeRequest {
  /** Path, such as `customer.list`; for a method beyond the catalogue, the operation. */
  readonly method: string;
  readonly args: SoapRecord | SoapList;
  readonly dialect: SoapDialect;
}

/** The request of a call in code; `undefined` when an argument is not a literal or cannot be read. */
export function requestOf(call: FoundCall): CodeRequest | undefined {
  const method = call.known?.id ?? call.method;
  if (call.args === undefined) return { method, args: call.known === undefined ? [] : {}, dialect: call.dialect };
  const node = call.positional ? call.args : unwrapLists(call.args);
  if (!isLiteral(node)) return undefined;
  const value = valueOf(node);
  const names = call.known?.args.map(({ name }) => name);
  if (isRecord(value)) return { method, args: value, dialect: call.dialect };
  // V1 accepts a single argument bare, as in the documentation.
  const list = isList(value) ? value : [value];
  if (names === undefined || list.length > names.length) return { method, args: list, dialect: call.dialect };
  return { method, args: Object.fromEntries(list.map((item, index) => [names[index] ?? '', item])), dialect: call.dialect };
}
