import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { ToolkitError } from '../api/errors';
import { t } from '../l10n/texts';
import { isLoopback } from '../store/wire/loopback';

/** Largest request of a program that is read, in bytes. */
const MAX_REQUEST_BYTES = 64 * 1024 * 1024;

/** A server for programs on this computer. */
export interface LoopbackServer {
  readonly port: number;
  close(): Promise<void>;
}

/** A request with its whole body. */
export interface Arrived {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly body: Buffer;
}

/**
 * Serves programs on this computer, but no web pages: it accepts only requests that name this computer and have no origin.
 * @throws {ToolkitError} of kind `input` when the port is in use
 */
export async function listenOnLoopback(port: number, handle: (arrived: Arrived) => Promise<void>): Promise<LoopbackServer> {
  const server = createServer({ keepAliveTimeout: 30_000, headersTimeout: 10_000, requestTimeout: 60_000 }, (request, response) => {
    serve(request, response, handle).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else answerPlainText(response, 500, error instanceof Error ? error.message : String(error));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        new ToolkitError(
          'input',
          {
            code: 'cannot-listen',
            what: t('Cannot listen on 127.0.0.1:{port}.', { port }),
            why: error.code === 'EADDRINUSE' ? t('Another program already uses this port.') : error.message,
            next: t('Use another --port, or 0 for a free one.'),
          },
          { cause: error },
        ),
      );
    });
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('A server that listens on a port has one.');
  return {
    port: address.port,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function serve(request: IncomingMessage, response: ServerResponse, handle: (arrived: Arrived) => Promise<void>): Promise<void> {
  if (isForeign(request)) {
    answerPlainText(response, 403, t('This URL is only for programs on this computer, not for web pages or other host names.'));
    return;
  }
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue;
    length += chunk.length;
    if (length > MAX_REQUEST_BYTES) {
      answerPlainText(response, 413, t('The request is too large to pass on.'));
      return;
    }
    chunks.push(chunk);
  }
  await handle({ request, response, body: Buffer.concat(chunks) });
}

function isForeign({ headers }: IncomingMessage): boolean {
  const host = /^(\[[^\]]+\]|[^:]+)(?::\d+)?$/.exec(headers.host ?? '')?.[1];
  return host === undefined || !isLoopback(host) || headers.origin !== undefined || headers['sec-fetch-site'] !== undefined;
}

/** Answers with a plain text of our own, in a form that no store uses. */
export function answerPlainText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', Connection: 'close' });
  response.end(`${text}\n`);
}
