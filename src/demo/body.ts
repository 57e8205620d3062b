import type { IncomingMessage } from 'node:http';

/** The body was larger than allowed. */
export class BodyTooLarge extends Error {}

/** The client went away while it was sending. */
export class RequestAborted extends Error {}

/**
 * Reads the body of a request.
 * @throws {BodyTooLarge} as soon as it is known to be
 * @throws {RequestAborted} when it never came to its end
 */
export function readBody(request: IncomingMessage, most: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    if (Number(request.headers['content-length'] ?? 0) > most) {
      reject(new BodyTooLarge());
      return;
    }
    const chunks: Buffer[] = [];
    let length = 0;
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > most) {
        request.pause();
        reject(new BodyTooLarge());
      } else chunks.push(chunk);
    });
    request.on('end', () => resolve(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks)));
    request.on('error', reject);
    // A client that goes away ends neither way.
    request.on('close', () => {
      if (!request.complete) reject(new RequestAborted());
    });
  });
}
