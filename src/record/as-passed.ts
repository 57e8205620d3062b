import type { IncomingMessage } from 'node:http';
import { gunzipSync, inflateSync } from 'node:zlib';

/** Headers that are about one connection (RFC 9110, 7.6.1), or that are written anew. */
export const ofConnection: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'content-length',
  'host',
  'expect',
  'accept-encoding',
]);

/** Whether Node writes a header; our reader of answers is more lenient. */
export function isWritable(name: string, value: string): boolean {
  return /^[\w!#$%&'*+.^`|~-]+$/.test(name) && !/[^\t\x20-\x7e\x80-\xff]/.test(value);
}

/** Headers of a request as the store gets them. */
export function passedHeaders(request: IncomingMessage): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(request.headers).flatMap(([name, value]) =>
      ofConnection.has(name) || value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value] as const],
    ),
  );
}

/** The body of a request without its compression; as it is where that cannot be read, which policy then takes for a write. */
export function unpacked({ headers }: IncomingMessage, body: Buffer): Buffer {
  const coding = headers['content-encoding']?.trim().toLowerCase() ?? '';
  if (coding === '' || coding === 'identity') return body;
  try {
    const limit = { maxOutputLength: 64 * 1024 * 1024 };
    if (coding === 'gzip' || coding === 'x-gzip') return gunzipSync(body, limit);
    return coding === 'deflate' ? inflateSync(body, limit) : body;
  } catch (error) {
    if (error instanceof Error) return body;
    throw error;
  }
}

/** A WSDL with another address for its ports. The text is taken byte by byte, so that every other byte stays. */
export function withAddress(wsdl: string, address: string): string {
  return wsdl.replaceAll(
    /(<(?:[\w.-]+:)?address\b[^<>]*?\blocation\s*=\s*)(?:"[^"]*"|'[^']*')/g,
    (_, before: string) => `${before}"${address.replaceAll('&', '&amp;')}"`,
  );
}
