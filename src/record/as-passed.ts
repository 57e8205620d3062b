import type { IncomingMessage } from 'node:http';
import { gunzipSync, inflateSync } from 'node:zlib';

/** Headers that concern one connection (RFC 9110, 7.6.1), or that are written again here. */
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

/** Whether Node can write a header. Our reader of answers accepts more. */
export function isWritable(name: string, value: string): boolean {
  return /^[\w!#$%&'*+.^`|~-]+$/.test(name) && !/[^\t\x20-\x7e\x80-\xff]/.test(value);
}

/** Headers of a request as they are sent to the store. */
export function passedHeaders(request: IncomingMessage): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(request.headers).flatMap(([name, value]) =>
      ofConnection.has(name) || value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value] as const],
    ),
  );
}

/**
 * The body of a request without its compression. A body that cannot be decompressed stays as it is, and the policy treats it as a write.
 */
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

/** A WSDL with another address for its ports. The text has one character per byte, so that every other byte is kept. */
export function withAddress(wsdl: string, address: string): string {
  return wsdl.replaceAll(
    /(<(?:[\w.-]+:)?address\b[^<>]*?\blocation\s*=\s*)(?:"[^"]*"|'[^']*')/g,
    (_, before: string) => `${before}"${address.replaceAll('&', '&amp;')}"`,
  );
}
