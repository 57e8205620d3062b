// A demo store behind a server whose responses to some calls stop in the middle: the connection stays open without further data.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** Turns of the event loop after which a client in this process has read the sent data. */
const TURNS = 200;

/** Aborts once the client, which is in this process, has read the data that a stalling store sent. */
export async function stopOnceRead(stop: AbortController): Promise<void> {
  for (let turn = 0; turn < TURNS; turn++) await nextTurn();
  stop.abort();
}

/** The part of a response that is sent. */
const SENT_PART = 0.7;

export interface StallingStore {
  readonly url: string;
  close(): void;
}

/**
 * Starts a server in front of a store.
 * @param target address of the store
 * @param stalls matches the envelopes of calls that stall
 * @param onStall called once the part of a response was sent
 */
export async function startStallingStore(target: string, stalls: RegExp, onStall: () => void = () => undefined): Promise<StallingStore> {
  const server = createServer((request, response) => {
    void (async () => {
      const body = await buffer(request);
      const post = { method: 'POST', body, headers: { 'content-type': 'text/xml' } };
      const answer = await fetch(new URL(request.url ?? '/', target), request.method === 'GET' ? {} : post);
      const whole = Buffer.from(await answer.arrayBuffer());
      response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/xml' });
      if (!stalls.test(body.toString())) response.end(whole);
      else response.write(whole.subarray(0, Math.floor(whole.length * SENT_PART)), onStall);
    })();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The stalling store has no port.');
  const url = new URL(target);
  url.port = String(address.port);
  return {
    url: url.href,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
