import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { ToolkitError } from '../api/errors';
import type { SoapDialect } from '../api/dialect';
import { facets, type SoapFacets } from '../api/dialect-facets';
import { BodyTooLarge, readBody, RequestAborted } from './body';
import { errorPage, fault500, serve, type Reply } from './endpoint';
import { ControlOverHttp } from './control/over-http';
import type { FaultRules, RequestFaults } from './fault-rules';
import { keptArguments, summary } from './log';
import { parseFaults } from './mishaps';
import type { DemoFaults, RequestLogEntry } from './options';
import type { Guard } from './guard';
import { setStoreHeaders } from './headers';
import { emptyPage, maintenancePage, methodNotAllowed, noRestRoute, notFoundPage, ownRefusal, tooLargePage } from './pages';
import { dialectOf, route, soapAddress, type RequestTarget, type Route } from './route';
import { restRefusal, serveRest } from './rest/serve';
import type { ServeContext, ServedRequest } from './serve/context';
import { methodsIn } from './serve/called';
import { restMethodsIn } from './rest/called';
import { wsdl } from './wsdl';

const compress = promisify(gzip);

/** Shorter responses are not worth compressing. */
const MIN_GZIP_BYTES = 512;

/** The parts and options of the request handler. */
export interface HandlerOptions {
  readonly context: ServeContext;
  readonly guard: Guard;
  /** Largest accepted request body, in bytes. */
  readonly maxBody: number;
  readonly rules: FaultRules;
  /** The HTTP interface for control, if it is on. */
  readonly control: ControlOverHttp | undefined;
  readonly onRequest: (entry: RequestLogEntry) => void;
}

/** The HTTP side of the store: reads requests, simulates faults, sends responses and keeps the log. */
export class RequestHandler {
  constructor(private readonly options: HandlerOptions) {}

  /** Serves a request to one of the two ports. Never throws: a bug of this program becomes an HTTP 500 and a log entry. */
  handle(side: SoapFacets['style'], request: IncomingMessage, response: ServerResponse): void {
    const start = performance.now();
    const url = request.url ?? '/';
    const { control } = this.options;
    if (control !== undefined && ControlOverHttp.isAsked(url)) {
      this.#steer(control, request, response);
      return;
    }
    const asked: RequestTarget = { method: request.method ?? 'GET', url, side };
    const target = route(asked, this.options.context.generation);
    const dialect: SoapDialect = 'dialect' in target ? target.dialect : dialectOf(side);
    const served: ServedRequest = { authorization: request.headers.authorization, deny: false };
    const time = new Date();
    this.#answer(asked, target, request, response, served)
      .catch((error: unknown) => {
        if (error instanceof BodyTooLarge) return this.#send(request, response, tooLargePage(), {}, true);
        if (error instanceof RequestAborted || (request.destroyed && !request.complete))
          return { status: 0, bytes: 0, fault: { code: 'aborted', message: 'The request was cut off.' } };
        const message = error instanceof Error ? error.message : String(error);
        return this.#send(
          request,
          response,
          { ...errorPage(this.options.context.generation), status: 500, fault: { code: 'demo-store', message } },
          {},
          true,
        );
      })
      .then((sent) => {
        this.options.onRequest({
          time,
          dialect: target.kind === 'rest-v2' ? 'rest' : dialect,
          method: served.method ?? (target.kind === 'wsdl' ? 'wsdl' : `${request.method ?? '?'} ${url.slice(0, 80)}`),
          args: summary(served.args ?? []),
          arguments: keptArguments(served.args ?? []),
          user: served.user,
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

  /** Orders for control are not calls: no faults are simulated for them, and they are not logged. */
  #steer(control: ControlOverHttp, request: IncomingMessage, response: ServerResponse): void {
    const answer = async (): Promise<Reply> => {
      const foreign = this.options.guard.refusal(request);
      if (foreign !== undefined) return ownRefusal(403, foreign);
      return control.refusal(request) ?? (await control.answer(request, await readBody(request, this.options.maxBody)));
    };
    answer()
      .catch((error: unknown) => {
        if (error instanceof BodyTooLarge) return tooLargePage();
        const message = error instanceof Error ? error.message : String(error);
        return { status: 500, contentType: 'text/plain; charset=utf-8', body: `${message}\n`, fault: undefined };
      })
      .then(({ status, contentType, body }) => {
        response.writeHead(status, {
          'Content-Type': contentType,
          'Cache-Control': 'no-store',
          'X-Content-Type-Options': 'nosniff',
          // A refused body has not been read.
          ...(status === 200 ? {} : { Connection: 'close' }),
        });
        response.end(body);
      })
      .catch((error: unknown) => {
        response.destroy(error instanceof Error ? error : undefined);
      });
  }

  async #answer(
    asked: RequestTarget,
    target: Route,
    request: IncomingMessage,
    response: ServerResponse,
    served: ServedRequest,
  ): Promise<Sent> {
    const { context, guard } = this.options;
    const refused = guard.refusal(request);
    if (refused !== undefined) return this.#send(request, response, ownRefusal(403, refused), {}, true);
    const body = await readBody(request, this.options.maxBody);
    const wanted = this.#troubleOf(request, target, body);
    if (wanted instanceof ToolkitError) return this.#send(request, response, ownRefusal(400, wanted.message), {});
    const { faults } = wanted;
    if (target.kind === 'rest-v2') {
      if (faults.slow !== undefined) await waitWhileHeard(response, faults.slow);
      const reply =
        restRefusal(wanted.answer) ?? serveRest(context, request, asked.url, body, faults, served) ?? noRestRoute(asked.method, asked.url);
      await context.shop.settled();
      return this.#send(request, response, reply, { ...faults, 'two-lengths': false });
    }
    const elsewhere = this.#notSoap(asked, target, request, response);
    if (elsewhere !== undefined) return this.#send(request, response, elsewhere, {});
    if (target.kind !== 'soap' && target.kind !== 'wsdl') throw new Error('A route that is not SOAP has an answer.');
    if (faults.slow !== undefined) await waitWhileHeard(response, faults.slow);
    const trouble = this.#troubleBefore(asked, target, response, faults);
    if (trouble !== undefined) return this.#send(request, response, trouble, target.kind === 'wsdl' ? {} : faults);
    if (target.kind === 'wsdl') {
      const address = soapAddress(
        asked.url,
        request.headers.host,
        `127.0.0.1:${request.socket.localPort ?? 80}`,
        faults['port-lost'] === true,
      );
      const text = wsdl(target.dialect, context.generation, address, context.methods.registry);
      return this.#send(request, response, { status: 200, contentType: 'text/xml; charset=utf-8', body: text, fault: undefined }, {});
    }
    if (faults['expire-sessions'] === true) context.sessions.endAll();
    served.deny = faults.deny === true;
    served.answer = wanted.answer;
    const charset = /charset\s*=\s*"?([\w.:-]+)/i.exec(request.headers['content-type'] ?? '')?.[1];
    const reply = serve(
      request.method === 'GET' || request.method === 'HEAD' ? Buffer.alloc(0) : body,
      charset,
      target.dialect,
      context,
      served,
    );
    await context.shop.settled();
    return this.#send(request, response, reply, facets[target.dialect].brokenLines ? faults : { ...faults, 'two-lengths': false });
  }

  /** The response at an address outside the SOAP API; `undefined` for SOAP addresses. */
  #notSoap({ method, url }: RequestTarget, target: Route, request: IncomingMessage, response: ServerResponse): Reply | undefined {
    switch (target.kind) {
      case 'soap':
      case 'wsdl':
        return undefined;
      case 'redirect':
        response.setHeader('Location', target.location);
        return emptyPage(301);
      case 'page':
        return notFoundPage(target.status);
      case 'nothing':
        return emptyPage(404);
      case 'other-rest':
        return { ...emptyPage(404), headers: {} };
      case 'rest':
      case 'rest-v2':
        return noRestRoute(method, `http://${request.headers.host ?? ''}${url}`.slice(0, 200));
      case 'method':
        return methodNotAllowed();
    }
  }

  /** The response of a simulated fault that does not depend on the content of the request. */
  #troubleBefore({ url }: RequestTarget, { kind }: Route, response: ServerResponse, faults: DemoFaults): Reply | undefined {
    if (faults.maintenance === true) {
      response.setHeader('Retry-After', '3600');
      return maintenancePage();
    }
    if (faults['soap-off'] === true) return emptyPage(404);
    if (kind === 'wsdl') return undefined;
    if (faults.redirect === true && !url.startsWith('/index.php/')) {
      response.setHeader('Location', `/index.php${url}`);
      return emptyPage(302);
    }
    if (faults['soap-missing'] === true) return emptyPage(500);
    if (faults['port-lost'] === true) {
      const own = `http://127.0.0.1${url}?wsdl=1`;
      return fault500('WSDL', `SOAP-ERROR: Parsing WSDL: Couldn't load from '${own}' : failed to load external entity "${own}"\n`);
    }
    if (faults['html-503'] === true) return errorPage(this.options.context.generation);
    if (faults['memory-limit'] === true) {
      // The numbers are those of the recorded stores, which had limits of 256 and 64 MB.
      const [limit, wanted] = this.options.context.generation.id === 'maho@26.7' ? [67_108_864, 2_097_152] : [268_435_456, 20_480];
      return fault500('SOAP-ENV:Server', `Allowed memory size of ${limit} bytes exhausted (tried to allocate ${wanted} bytes)`);
    }
    return undefined;
  }

  #troubleOf(request: IncomingMessage, target: Route, body: Buffer): RequestFaults | ToolkitError {
    const { rules, context } = this.options;
    const methods = target.kind === 'soap' ? () => methodsIn(body, context.methods) : () => restMethodsIn(request);
    const trouble = target.kind === 'soap' || target.kind === 'rest-v2' ? rules.take(methods) : { faults: rules.always, answer: undefined };
    const header = request.headers['x-demo-fault'];
    if (header === undefined) return trouble;
    try {
      return { ...trouble, faults: { ...trouble.faults, ...parseFaults(String(header)) } };
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
    if (bytes.length >= MIN_GZIP_BYTES && /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))) {
      bytes = await compress(bytes, { level: 1 });
      response.setHeader('Content-Encoding', 'gzip');
    }
    response.statusCode = status;
    if (contentType !== '') response.setHeader('Content-Type', contentType);
    const length = String(bytes.length);
    response.setHeader(
      'Content-Length',
      faults['two-lengths'] === true ? [String(Math.max(0, bytes.length - LINE_FEED_BYTES)), length] : length,
    );
    if (reply.headers === undefined) setStoreHeaders(request, response, this.options.context.generation);
    else for (const [name, value] of Object.entries(reply.headers)) response.setHeader(name, value);
    // Apache closes the connection after an error. It is also closed after a body that was not read completely.
    if (status === 500 || close) response.setHeader('Connection', 'close');
    if (faults.truncate === true) {
      response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => request.socket.destroy());
      return { status, fault, bytes: Math.floor(bytes.length / 2) };
    }
    response.end(request.method === 'HEAD' ? undefined : bytes);
    return { status, fault, bytes: bytes.length };
  }
}

/** Waits until the time is over or the client has closed the connection. The request is carried out in both cases. @param wait in ms */
async function waitWhileHeard(response: ServerResponse, wait: number): Promise<void> {
  if (response.destroyed) return;
  await new Promise<void>((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      response.off('close', done);
      resolve();
    };
    const timer = setTimeout(done, wait);
    response.once('close', done);
  });
}

/** How much too small the first of two lengths is, in bytes: V2 adds line feeds between tags after the length was counted. */
const LINE_FEED_BYTES = 6;

/** The sent response, for the log. */
interface Sent {
  readonly status: number;
  readonly fault: Reply['fault'];
  readonly bytes: number;
}

/** PHP's output for a notice, in a response of a store that is configured to show notices. */
const NOTICE =
  '<br />\n<b>Notice</b>:  Undefined index: website_id in ' +
  '<b>/srv/httpd/maho/app/code/local/Demo/Model/Observer.php</b> on line <b>42</b><br />\n';
