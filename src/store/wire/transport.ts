import * as tls from 'node:tls';
import { Agents } from '../http/agents';
import { Attempt } from '../http/attempt';
import { cancelled, type HttpAnswer, type HttpRequest, type TransportOptions } from '../http/request';

export { basic, cancelled, header } from '../http/request';
export type { HttpMethod } from '../http/method';
export type { HttpAnswer, HttpHead, HttpRequest, TransportOptions } from '../http/request';

/** TLS options that trust further authorities besides those of Node. The option `ca` alone would replace them. */
export function trustOptions(ca: string | undefined): { readonly secureContext?: tls.SecureContext } {
  return ca === undefined ? {} : { secureContext: tls.createSecureContext({ ca: [...tls.rootCertificates, ca] }) };
}

/**
 * HTTP to one store: keep-alive, compression, time limits, a size limit, cancellation. It follows no redirects and knows
 * nothing of SOAP. It uses Node's own http and https, so that VS Code's proxy and certificate support applies.
 */
export class Transport {
  #agents: Agents | undefined;

  constructor(private readonly options: TransportOptions) {}

  /**
   * Sends one request and reads its answer to the end.
   * @throws {TransportError}
   */
  async request(request: HttpRequest): Promise<HttpAnswer> {
    if (request.signal?.aborted === true) throw cancelled(false);
    const agents = (this.#agents ??= new Agents(trustOptions(this.options.ca)));
    return await new Promise((resolve, reject) => new Attempt(request, this.options, agents, resolve, reject).start());
  }

  /**
   * Closes idle connections. A connection in use is closed after its answer, since closing it earlier would leave a write in doubt. The
   * transport may be used again, with new connections.
   */
  close(): void {
    const agents = this.#agents;
    this.#agents = undefined;
    agents?.close();
  }
}
