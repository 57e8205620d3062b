import type { IncomingMessage } from 'node:http';

/** The body is larger than allowed. */
export class BodyTooLarge extends Error {}

/** The client closed the connection before the body was complete. */
export class RequestAborted extends Error {}

/**
 * Reads the body of a request.
 * @param most the largest allowed size, in bytes
 * @throws {BodyTooLarge} as soon as the size is known to be too large
 * @throws {RequestAborted} when the connection closes before the end of the body
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
    // When a client closes the connection, neither "end" nor "error" is emitted.
    request.on('close', () => {
      if (!request.complete) reject(new RequestAborted());
    });
  });
}
