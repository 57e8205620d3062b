import type { SoapDialect } from '../../api/dialect';
import { knownResources, type ResourceRegistry } from '../../api/resources';
import { isList, isRecord, type SoapValue } from '../../api/value';
import { decodeRequest } from '../../soap/decoding/decode';
import { readRequest } from '../../soap/decoding/request';
import { DecodeError } from '../../soap/xml/errors';
import { plainEnvelope } from './plain-envelope';

/** What an envelope calls. */
export interface EnvelopeContent {
  /**
   * Paths or operations, as far as can be told; empty when nothing can. When the store may run something else, one of them is `envelope`,
   * which is a write.
   */
  readonly methods: readonly string[];
  /** Why it cannot be said for sure what the store runs, as a sentence; `undefined` when it can. */
  readonly unclear: string | undefined;
  /** The dialect it is written in, where its form says so. */
  readonly dialect: SoapDialect | undefined;
}

/**
 * Looks into an envelope that was written by hand, so that policy can judge it and it goes to the right address. Policy goes by what PHP
 * would run, and only an envelope of the plain shape says that for sure.
 */
export function inspectEnvelope(xml: string | Uint8Array, registry: ResourceRegistry = knownResources): EnvelopeContent {
  const plain = plainEnvelope(xml);
  const { methods, dialect } = seemingly(xml, registry);
  if ('unclear' in plain) {
    return { methods: methods.length === 0 ? [] : [...new Set([...methods, 'envelope'])], dialect, unclear: plain.unclear };
  }
  return { methods: [...new Set(plain.runs.map((run) => methodOf(run, registry)))], dialect, unclear: undefined };
}

/** The method of a path or an operation; WS-I's elements have names of their own. */
function methodOf(run: string, registry: ResourceRegistry): string {
  const operation = run.replace(/(?:Request)?Param$/, '');
  return registry.find(operation)?.id ?? operation;
}

/** What an envelope seems to call, for people and for its address. */
function seemingly(xml: string | Uint8Array, registry: ResourceRegistry): Pick<EnvelopeContent, 'methods' | 'dialect'> {
  const request = readRequest(xml);
  if (typeof request === 'string') return { methods: [], dialect: undefined };
  const { operation, value } = decoded(xml, registry);
  const args = isRecord(value) ? value : {};
  if (operation === 'call' || operation === 'multiCall') {
    const calls = isList(args['calls']) ? args['calls'] : [];
    const paths = operation === 'call' ? [args['resourcePath']] : calls.map((call) => (isList(call) ? call[0] : undefined));
    return { methods: paths.filter((path) => typeof path === 'string'), dialect: 'v1' };
  }
  if (operation === undefined) return { methods: [], dialect: undefined };
  // Only WS-I's elements have names of their own; login and its like look the same in V1 and V2.
  const dialect = /Param$/.test(request.operation) ? 'wsi' : registry.find(operation) === undefined ? undefined : 'v2';
  return { methods: [registry.find(operation)?.id ?? operation], dialect };
}

function decoded(
  xml: string | Uint8Array,
  registry: ResourceRegistry,
): { readonly operation?: string | undefined; readonly value?: SoapValue } {
  try {
    const request = decodeRequest(typeof xml === 'string' ? new TextEncoder().encode(xml) : xml, { registry });
    return request.kind === 'result' ? request : {};
  } catch (error) {
    if (error instanceof DecodeError) return {};
    throw error;
  }
}
