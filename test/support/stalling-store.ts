// A demo store behind a server whose answers to some calls stop in the middle: the connection stays open, and nothing more comes.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** Turns of the loop within which a client in this process has read what was written for it. */
const TURNS = 200;

/** Stops something once the client, which is in this process, has read what a stalling store sent. */
export async function stopOnceRead(stop: AbortController): Promise<void> {
  for (let turn = 0; turn < TURNS; turn++) await nextTurn();
  stop.abort();
}

/** How much of an answer is sent. */
const SENT_PART = 0.7;

export interface StallingStore {
  readonly url: string;
  close(): void;
}

/**
 * Stands before a store.
 * @param target where the store answers
 * @param stalls tells the calls that stall, by their envelope
 * @param onStall told once the part of an answer is on its way
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
