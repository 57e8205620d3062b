import type { SoapDialect } from '../../api/dialect';
import { knownResources, type ResourceRegistry } from '../../api/resources';
import { isList, isRecord, type SoapValue } from '../../api/value';
import { decodeRequest } from '../../soap/decoding/decode';
import { readRequest } from '../../soap/decoding/request';
import { DecodeError } from '../../soap/xml/errors';
import { plainEnvelope } from './plain-envelope';

/** The calls of an envelope. */
export interface EnvelopeContent {
  /**
   * Paths or operations, as far as they can be told; empty if none can. If the store may run something else, `envelope` is among them,
   * which counts as a write.
   */
  readonly methods: readonly string[];
  /** A sentence that says why it is uncertain what the store runs; `undefined` if it is certain. */
  readonly unclear: string | undefined;
  /** The dialect in which it is written, if its form shows it. */
  readonly dialect: SoapDialect | undefined;
}

/**
 * Reads an envelope that was written by hand, so that the policy can judge it and it goes to the right address. The policy needs to know
 * what PHP would run, and only an envelope of the plain form shows that for certain.
 */
export function inspectEnvelope(xml: string | Uint8Array, registry: ResourceRegistry = knownResources): EnvelopeContent {
  const plain = plainEnvelope(xml);
  const { methods, dialect } = seemingly(xml, registry);
  if ('unclear' in plain) {
    return { methods: methods.length === 0 ? [] : [...new Set([...methods, 'envelope'])], dialect, unclear: plain.unclear };
  }
  return { methods: [...new Set(plain.runs.map((run) => methodOf(run, registry)))], dialect, unclear: undefined };
}

/** The method of a path or an operation. The elements of WS-I have other names than the operations. */
function methodOf(run: string, registry: ResourceRegistry): string {
  const operation = run.replace(/(?:Request)?Param$/, '');
  return registry.find(operation)?.id ?? operation;
}

/** The calls that an envelope seems to make. For users, and for choosing its address. */
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
  // Only WS-I's elements have their own names. Login and similar operations look the same in V1 and V2.
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
