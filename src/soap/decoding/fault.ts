import type { Fault } from '../../api/errors';
import { isList, isRecord, type SoapValue } from '../../api/value';

/** Reads a fault of SOAP 1.1 or 1.2. */
export function faultOf(value: SoapValue): Fault {
  if (!isRecord(value)) return { code: '', message: typeof value === 'string' ? value : '' };
  // oxlint-disable house/spoken-texts -- Names of elements of SOAP 1.2.
  const code = value['faultcode'] ?? deep(value, 'Code', 'Value');
  const message = value['faultstring'] ?? deep(value, 'Reason', 'Text');
  // oxlint-enable house/spoken-texts
  const detail = value['detail'] ?? value['Detail'];
  return {
    code: textOf(code),
    message: textOf(message),
    ...(detail === undefined || detail === '' ? {} : { detail: typeof detail === 'string' ? detail : JSON.stringify(detail) }),
  };
}

function deep(record: SoapValue, ...path: string[]): SoapValue | undefined {
  let value: SoapValue | undefined = record;
  for (const key of path) value = isRecord(value) ? value[key] : undefined;
  return value;
}

/** Text of an element of a fault. If the element occurs several times, the first one counts. */
export function textOf(value: SoapValue | undefined): string {
  if (isList(value)) return textOf(value[0]);
  return value === undefined || value === null || typeof value === 'object' ? '' : String(value);
}
