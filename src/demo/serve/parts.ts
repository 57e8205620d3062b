import { meaningOf } from '../../soap/decoding/meaning';
import type { NaturalValue, SoapRequest } from '../../soap/decoding/request';
import type { XmlElement } from '../../soap/decoding/tree';

/** A part of the request by its name. */
export function partNamed(request: SoapRequest, name: string): XmlElement | undefined {
  return request.parts.find((part) => part.local === name);
}

/** Text of a part; `null` when it is missing or nil. */
export function stringPart(request: SoapRequest, name: string): string | null {
  const part = partNamed(request, name);
  return part === undefined || meaningOf(part.tag, part.scope).nil ? null : part.text;
}

/** Whether a value is text, a number, true, false or nil. */
export function isScalarValue(value: NaturalValue | undefined): value is string | number | boolean | null | undefined {
  return typeof value !== 'object' || value === null;
}
