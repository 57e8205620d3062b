import { findMethod } from '../api/catalogue';
import type { Dialect } from '../api/dialect';
import { isList, isRecord, type SoapValue } from '../api/value';
import { decodeRequest } from '../soap/decode';
import { readRequest } from '../soap/request';
import { DecodeError } from '../soap/xml/errors';

/** What an envelope calls. */
export interface EnvelopeContent {
  /** Paths or operations, as far as can be told; empty when nothing can. What is unclear is called `envelope`. */
  readonly methods: readonly string[];
  /** The dialect it is written in, where its form says so. */
  readonly dialect: Dialect | undefined;
}

/** Looks into an envelope that was written by hand, so that policy can judge it and it goes to the right address. */
export function inspectEnvelope(xml: string | Uint8Array): EnvelopeContent {
  const request = readRequest(xml);
  if (typeof request === 'string') return { methods: [], dialect: undefined };
  const { operation, value } = decoded(xml);
  const args = isRecord(value) ? value : {};
  // PHP takes the first of several parts with one name; nobody who means well writes two.
  if ((operation === 'call' || operation === 'multiCall') && new Set(request.parts.map(({ local }) => local)).size < request.parts.length) return { methods: [], dialect: 'v1' };
  if (operation === 'call' && typeof args['resourcePath'] === 'string') return { methods: [args['resourcePath']], dialect: 'v1' };
  if (operation === 'multiCall') {
    const calls = isList(args['calls']) ? args['calls'] : [];
    return { methods: calls.map((call) => (isList(call) && typeof call[0] === 'string' ? call[0] : 'envelope')), dialect: 'v1' };
  }
  if (operation === undefined) return { methods: [], dialect: undefined };
  // Only WS-I's elements have names of their own; login and its like look the same in V1 and V2.
  const dialect = /Param$/.test(request.operation) ? 'wsi' : findMethod(operation) === undefined ? undefined : 'v2';
  return { methods: [findMethod(operation)?.id ?? operation], dialect };
}

function decoded(xml: string | Uint8Array): { readonly operation?: string | undefined; readonly value?: SoapValue } {
  try {
    const request = decodeRequest(typeof xml === 'string' ? new TextEncoder().encode(xml) : xml);
    return request.kind === 'result' ? request : {};
  } catch (error) {
    if (error instanceof DecodeError) return {};
    throw error;
  }
}
