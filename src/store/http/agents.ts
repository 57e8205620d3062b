import * as http from 'node:http';
import { once } from 'node:events';
import * as https from 'node:https';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { TLSSocket, type SecureContext } from 'node:tls';
import { HttpProxyAgent } from 'http-proxy-agent';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { AnswerSocket } from './answer-socket';
import { ProxyError } from './proxy-error';
import type { ProxyWay } from './request';

/** Idle connections are closed before the server closes them, so that a write rarely uses one that is closing. */
const IDLE_MS = 4000;

const shared = { keepAlive: true, timeout: IDLE_MS };

/** The connections of one transport, by protocol and proxy. */
export class Agents {
  readonly #made = new Map<string, http.Agent>();

  /** @param trust certificates that the connections trust, if not only those of Node */
  constructor(private readonly trust: { readonly secureContext?: SecureContext } = {}) {}

  /**
   * The agent for an address.
   * @param proxy for the connection, `undefined` for none
   */
  for(url: URL, proxy: ProxyWay | undefined): http.Agent {
    const key = JSON.stringify([url.protocol, proxy?.url.href, proxy?.authorization, proxy?.anyCertificate]);
    let agent = this.#made.get(key);
    if (agent === undefined) {
      agent = make(url.protocol === 'https:', proxy, this.trust);
      this.#made.set(key, agent);
    }
    return agent;
  }

  /** Closes idle connections. Connections in use are closed once their answer has arrived. */
  close(): void {
    for (const agent of this.#made.values()) {
      agent.maxFreeSockets = 0;
      for (const sockets of Object.values(agent.freeSockets)) for (const socket of sockets ?? []) socket.destroy();
    }
    this.#made.clear();
  }
}

function make(secure: boolean, proxy: ProxyWay | undefined, trust: { readonly secureContext?: SecureContext }): http.Agent {
  if (proxy !== undefined)
    return secure ? new TunnelAgent(proxy, trust) : new ForwardAgent(proxy.url, { ...shared, ...trust, ...spokenTo(proxy) });
  return secure ? new DirectSecureAgent({ ...shared, ...trust }) : new DirectAgent(shared);
}

/** Options for the connection to a proxy. */
function spokenTo({ authorization, anyCertificate }: ProxyWay): {
  readonly headers?: Record<string, string>;
  readonly rejectUnauthorized?: false;
} {
  return {
    ...(authorization === undefined ? {} : { headers: { 'Proxy-Authorization': authorization } }),
    ...(anyCertificate === true ? { rejectUnauthorized: false } : {}),
  };
}

/** Whether a connection may be kept for another request. */
function mayStay(connection: Duplex): boolean {
  return !(connection instanceof AnswerSocket) || connection.reusable;
}

function readable(connection: Duplex | null | undefined): Duplex | null | undefined {
  return connection instanceof Socket ? new AnswerSocket(connection) : connection;
}

class DirectAgent extends http.Agent {
  override keepSocketAlive(connection: Duplex): boolean | void {
    return mayStay(connection) ? super.keepSocketAlive(connection) : false;
  }

  override createConnection(
    options: http.ClientRequestArgs,
    callback?: (error: Error | null, stream: Duplex) => void,
  ): Duplex | null | undefined {
    return readable(super.createConnection(options, callback));
  }
}

class DirectSecureAgent extends https.Agent {
  override keepSocketAlive(connection: Duplex): boolean | void {
    return mayStay(connection) ? super.keepSocketAlive(connection) : false;
  }

  override createConnection(
    options: https.RequestOptions,
    callback?: (error: Error | null, stream: Duplex) => void,
  ): Duplex | null | undefined {
    return readable(super.createConnection(options, callback));
  }
}

/** http through a proxy. The proxy receives the whole address. */
class ForwardAgent extends HttpProxyAgent<string> {
  override keepSocketAlive(connection: Duplex): boolean | void {
    return mayStay(connection) ? super.keepSocketAlive(connection) : false;
  }

  override async connect(...args: Parameters<HttpProxyAgent<string>['connect']>): ReturnType<HttpProxyAgent<string>['connect']> {
    try {
      const socket = await super.connect(...args);
      // The TLS handshake with a proxy over https is not finished yet. If it fails, the error is about the proxy.
      if (socket instanceof TLSSocket) await once(socket, 'secureConnect');
      return socket;
    } catch (error) {
      throw unreachable(this.proxy, error);
    }
  }

  override createConnection(): Duplex {
    return wrapped(super.createConnection());
  }
}

/** https through a proxy. The proxy passes the bytes on and cannot read them. */
class TunnelAgent extends HttpsProxyAgent<string> {
  constructor(proxy: ProxyWay, trust: { readonly secureContext?: SecureContext }) {
    super(proxy.url, { ...shared, ...trust, ...spokenTo(proxy) });
    // These options are for the connection to the store, those above for the connection to the proxy.
    const { rejectUnauthorized: _, ...options } = this.options;
    this.options = { ...options, ...trust };
  }

  override keepSocketAlive(connection: Duplex): boolean | void {
    return mayStay(connection) ? super.keepSocketAlive(connection) : false;
  }

  override async connect(
    ...[request, options]: Parameters<HttpsProxyAgent<string>['connect']>
  ): ReturnType<HttpsProxyAgent<string>['connect']> {
    const answer: { status?: number; text?: string } = {};
    request.once('proxyConnect', ({ statusCode, statusText }: { readonly statusCode: number; readonly statusText: string }) =>
      Object.assign(answer, { status: statusCode, text: statusText }),
    );
    let socket: Socket;
    try {
      socket = await super.connect(request, options);
    } catch (error) {
      throw unreachable(this.proxy, error);
    }
    if (answer.status === 200) return socket;
    socket.destroy();
    throw new ProxyError(this.proxy.host, answer.status, answer.text ?? '');
  }

  override createConnection(): Duplex {
    return wrapped(super.createConnection());
  }
}

function wrapped(connection: Duplex): Duplex {
  return connection instanceof Socket ? new AnswerSocket(connection) : connection;
}

function unreachable({ host }: URL, error: unknown): ProxyError {
  return new ProxyError(host, undefined, error instanceof Error ? error.message : String(error), { cause: error });
}
