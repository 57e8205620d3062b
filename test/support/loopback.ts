import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { createServer as createRawServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { TestContext } from 'node:test';

/** A web server of a test, on loopback. */
export interface Loopback {
  /** Without a slash at the end. */
  readonly url: string;
  readonly port: number;
  /** Connections accepted so far. */
  readonly connections: number;
}

/** A request with its body. */
export interface Received {
  readonly request: IncomingMessage;
  readonly body: Buffer;
}

type Handler = (received: Received, response: ServerResponse) => void | Promise<void>;

/** Starts a web server that ends with the test. */
export async function serve(t: TestContext, handler: Handler, tls?: { readonly key: string; readonly cert: string }): Promise<Loopback> {
  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => void handler({ request, body: Buffer.concat(chunks) }, response));
  };
  return await listen(
    t,
    tls === undefined ? createServer(listener) : createSecureServer(tls, listener),
    tls === undefined ? 'http' : 'https',
  );
}

/** Starts a server whose connections the test handles itself. */
export async function serveRaw(t: TestContext, onConnection: (socket: Socket) => void): Promise<Loopback> {
  return await listen(t, createRawServer(onConnection), 'http');
}

async function listen(t: TestContext, server: Server, scheme: string): Promise<Loopback> {
  const sockets = new Set<Socket>();
  let connections = 0;
  server.on('connection', (socket: Socket) => {
    connections++;
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `${scheme}://127.0.0.1:${port}`,
    port,
    get connections() {
      return connections;
    },
  };
}
