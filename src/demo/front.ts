import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { ToolkitError } from '../api/errors';
import type { Dialect } from '../api/dialect';
import { BodyTooLarge, readBody, RequestAborted } from './body';
import { errorPage, fault500, serve, type Reply } from './endpoint';
import { summary } from './log';
import { parseFaults } from './mishaps';
import type { DemoFaults, RequestLogEntry } from './options';
import { notFoundPage, tooLargePage } from './pages';
import { route, soapAddress } from './route';
import type { Desk, Visit } from './serve/desk';
import { wsdl } from './wsdl';

const compress = promisify(gzip);

/** Answers shorter than this are not worth compressing. */
const SHORTEST_GZIP = 512;

/** What the front needs to serve requests. */
export interface FrontOptions {
  readonly desk: Desk;
  /** Largest request body that is read, in bytes. */
  readonly maxBody: number;
  readonly faults: () => DemoFaults;
  readonly onRequest: (entry: RequestLogEntry) => void;
}

/** The HTTP side of the store: reads requests, makes the trouble that was asked for, sends answers, keeps the log. */
export class Front {
  constructor(private readonly options: FrontOptions) {}

  /** Serves a request of one of the two ports. Never throws; a mistake of ours is an HTTP 500 and a log entry. */
  handle(side: 'rpc' | 'wsi', request: IncomingMessage, response: ServerResponse): void {
    const start = performance.now();
    const url = request.url ?? '/';
    const target = route(url, side);
    const dialect: Dialect = target.kind === 'unknown' ? (side === 'wsi' ? 'wsi' : 'v2') : target.dialect;
    const visit: Visit = { authorization: request.headers.authorization, deny: false };
    const time = new Date();
    this.#answer(side, request, response, visit)
      .catch((error: unknown) => {
        if (error instanceof BodyTooLarge) return this.#send(request, response, tooLargePage(), {}, true);
        if (error instanceof RequestAborted || (request.destroyed && !request.complete)) return { status: 0, bytes: 0, fault: { code: 'aborted', message: 'The request was cut off.' } };
        const message = error instanceof Error ? error.message : String(error);
        return this.#send(request, response, { ...errorPage(), status: 500, fault: { code: 'demo-store', message } }, {}, true);
      })
      .then((sent) => {
        this.options.onRequest({
          time,
          dialect,
          method: visit.method ?? (target.kind === 'wsdl' ? 'wsdl' : `${request.method ?? '?'} ${url.slice(0, 80)}`),
          args: summary(visit.args ?? []),
          user: visit.user,
          status: sent.status,
          fault: sent.fault,
          ms: performance.now() - start,
          bytes: sent.bytes,
        });
      })
      .catch((error: unknown) => {
        response.destroy(error instanceof Error ? error : undefined);
      });
  }

  async #answer(side: 'rpc' | 'wsi', request: IncomingMessage, response: ServerResponse, visit: Visit): Promise<Sent> {
    const { desk } = this.options;
    const url = request.url ?? '/';
    const target = route(url, side);
    const body = await readBody(request, this.options.maxBody);
    if (target.kind === 'unknown') return this.#send(request, response, notFoundPage(), {});
    const faults = this.#faultsOf(request);
    if (faults instanceof ToolkitError) return this.#send(request, response, { status: 400, contentType: 'text/plain; charset=utf-8', body: `${faults.message}\n`, fault: undefined }, {});
    if (faults.slow !== undefined) await delay(faults.slow);
    if (target.kind === 'wsdl') {
      const address = soapAddress(url, request.headers.host, `127.0.0.1:${request.socket.localPort ?? 80}`);
      return this.#send(request, response, { status: 200, contentType: 'text/xml; charset=utf-8', body: wsdl(target.dialect, desk.product, address), fault: undefined }, {});
    }
    if (faults.redirect === true && !url.startsWith('/index.php/')) {
      response.setHeader('Location', `/index.php${url}`);
      return this.#send(request, response, { status: 302, contentType: 'text/html; charset=UTF-8', body: '', fault: undefined }, {});
    }
    if (faults['html-503'] === true) return this.#send(request, response, errorPage(), faults);
    if (faults['memory-limit'] === true) {
      return this.#send(request, response, fault500('SOAP-ENV:Server', 'Allowed memory size of 268435456 bytes exhausted (tried to allocate 20480 bytes)'), faults);
    }
    if (faults['expire-sessions'] === true) desk.sessions.endAll();
    visit.deny = faults.deny === true;
    const charset = /charset\s*=\s*"?([\w.:-]+)/i.exec(request.headers['content-type'] ?? '')?.[1];
    const reply = serve(request.method === 'GET' || request.method === 'HEAD' ? Buffer.alloc(0) : body, charset, target.dialect, desk, visit);
    await desk.shop.settled();
    return this.#send(request, response, reply, faults);
  }

  #faultsOf(request: IncomingMessage): DemoFaults | ToolkitError {
    const header = request.headers['x-demo-fault'];
    if (header === undefined) return this.options.faults();
    try {
      return { ...this.options.faults(), ...parseFaults(String(header)) };
    } catch (error) {
      if (error instanceof ToolkitError) return error;
      throw error;
    }
  }

  async #send(request: IncomingMessage, response: ServerResponse, reply: Reply, faults: DemoFaults, close = false): Promise<Sent> {
    const { status, contentType, fault } = reply;
    if (faults.drop === true) {
      request.socket.destroy();
      return { status: 0, fault, bytes: 0 };
    }
    const text = `${faults.bom === true ? '\ufeff' : ''}${faults.notice === true ? NOTICE : ''}${reply.body}`;
    let bytes: Buffer = Buffer.from(text, 'utf8');
    if (bytes.length >= SHORTEST_GZIP && /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))) {
      bytes = await compress(bytes, { level: 1 });
      response.setHeader('Content-Encoding', 'gzip');
    }
    response.statusCode = status;
    response.setHeader('Content-Type', contentType);
    response.setHeader('Content-Length', bytes.length);
    if (this.options.desk.product.sessionCookie) response.setHeader('Set-Cookie', `PHPSESSID=${randomBytes(13).toString('hex')}; path=/; HttpOnly`);
    // Like Apache, which ends the connection after an error; and after a body that was not read to its end.
    if (status === 500 || close) response.setHeader('Connection', 'close');
    if (faults.truncate === true) {
      response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => request.socket.destroy());
      return { status, fault, bytes: Math.floor(bytes.length / 2) };
    }
    response.end(request.method === 'HEAD' ? undefined : bytes);
    return { status, fault, bytes: bytes.length };
  }
}

/** What was sent, for the log. */
interface Sent {
  readonly status: number;
  readonly fault: Reply['fault'];
  readonly bytes: number;
}

/** What PHP prints into an answer when it is told to show its notices. */
const NOTICE = '<br />\n<b>Notice</b>:  Undefined index: website_id in <b>/srv/httpd/maho/app/code/local/Demo/Model/Observer.php</b> on line <b>42</b><br />\n';
