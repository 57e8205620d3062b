import { findMethod } from '../../api/catalogue';
import type { Dialect } from '../../api/dialect';
import { isList, isRecord } from '../../api/value';
import { decodeRequest } from '../../soap/decode';
import { DecodeError } from '../../soap/xml/errors';

/** Placeholder of the session, which exists in raw envelopes only. */
export const SESSION_PLACEHOLDER = '$session';

/** What an envelope calls, as far as can be told, and in which dialect. Nothing is told of what cannot be read. */
export function inspectEnvelope(xml: string): { readonly methods: readonly string[]; readonly dialect: Dialect | undefined } {
  try {
    const decoded = decodeRequest(new TextEncoder().encode(xml));
    if (decoded.kind !== 'result') return { methods: [], dialect: undefined };
    const { operation, value } = decoded;
    const args = isRecord(value) ? value : {};
    if (operation === 'call' && typeof args['resourcePath'] === 'string') return { methods: [args['resourcePath']], dialect: 'v1' };
    if (operation === 'multiCall') {
      const calls = isList(args['calls']) ? args['calls'] : [];
      const paths = calls.map((call) => (isList(call) && typeof call[0] === 'string' ? call[0] : 'envelope'));
      return { methods: paths, dialect: 'v1' };
    }
    const wsi = /^(.*)RequestParam$/.exec(operation)?.[1];
    const name = wsi ?? operation;
    return { methods: [findMethod(name)?.id ?? name], dialect: wsi === undefined ? (findMethod(name) === undefined ? undefined : 'v2') : 'wsi' };
  } catch (error) {
    if (error instanceof DecodeError) return { methods: [], dialect: undefined };
    throw error;
  }
}
