import { knownResources, type ResourceRegistry } from '../../api/resources';
import { dialectLabels, isSoap, type Dialect } from '../../api/dialect';
import { ToolkitError } from '../../api/errors';
import { isRestRequest, REQUEST_DIALECT } from '../../api/rest-request';
import { facets, writtenIn } from '../../api/dialect-facets';
import type { Json } from '../../api/store-methods/openapi-schemas';
import { t } from '../../l10n/texts';
import type { ServiceDescription } from '../../soap/wsdl/description';
import type { CallArguments, CallOptions, CallResult } from './call';
import type { ClientPorts } from './client-ports';
import type { StoreConfig } from '../settings/config';
import type { Endpoint } from '../soap/endpoints';
import { inspectEnvelope, type EnvelopeContent } from '../soap/envelope';
import { hasOwnSession, NO_NAMESPACE, NO_SESSION } from '../soap/raw-envelope';
import type { KnownGeneration } from '../doctor/generation';
import { beforeSending } from '../wire/note';
import { ProtocolClients } from './protocol-clients';
import { multiCall, type BatchedCall, type MultiCallOptions, type MultiCallResult } from './multi-call';
import { guard, isWrite } from './policy';
import type { StoreSummary } from './protocol';
import { Services } from '../soap/services';
import { readDescription } from './describing';
import { taskOfOneEnvelope, type SoapTask } from '../soap/tasks';
import { StoreTransport } from './store-transport';

export type { CallOptions, CallResult } from './call';
export type { ClientPorts } from './client-ports';

/**
 * Talks to one store: detects its dialect, logs in when needed, calls methods, and turns every failure
 * into an error that says what to do. Use one client per store; its calls may run at the same time.
 *
 * @example
 * const client = new StoreClient(config, { key: () => askForKey() });
 * const { value } = await client.call('customer.list', { filters: { lastname: 'Doe' } });
 * await client.close();
 */
export class StoreClient {
  readonly #services: Services;
  readonly #transport: StoreTransport;
  readonly #clients: ProtocolClients;

  constructor(
    readonly config: StoreConfig,
    private readonly ports: ClientPorts,
  ) {
    this.#services = new Services(ports.descriptions);
    this.#transport = new StoreTransport(config, ports);
    this.#clients = new ProtocolClients(this.#transport);
  }

  /** Resources whose methods this client knows. */
  get registry(): ResourceRegistry {
    return this.ports.registry ?? knownResources;
  }

  /** Dialect of the store once it is known. */
  get dialect(): Dialect | undefined {
    const { dialect } = this.config;
    // A dialect without a WSDL is known from the settings.
    const settled = dialect !== undefined && !isSoap(dialect) ? dialect : undefined;
    return this.#clients.own?.endpoints.known?.summary.dialect ?? settled;
  }

  /** Address that calls are posted to, once it is known. */
  get url(): string | undefined {
    return this.#clients.own?.endpoints.known?.url;
  }

  /**
   * The store's description of itself: dialect, namespace, product. Asks once, for the WSDL if the store has one, and remembers it.
   * @throws {TransportError} when no candidate address answers; the most telling error of these addresses
   */
  async describe(signal?: AbortSignal): Promise<StoreSummary> {
    const client = await this.#clients.over(undefined);
    return (await client.endpoints.find(undefined, signal)).summary;
  }

  /**
   * The store's WSDL as it was received, with the address and the exchange from which it came.
   * @throws {TransportError} as {@link describe} does
   */
  async wsdl(signal?: AbortSignal): Promise<Endpoint> {
    return await this.#clients.soap.endpoints.find(undefined, signal);
  }

  /** The generation of the product that answers, and the sign of it. `undefined` before the WSDL is read, and if there is no sign. */
  get generation(): KnownGeneration | undefined {
    return this.#clients.own?.endpoints.known?.generation;
  }

  /**
   * The store's description of its REST API: its OpenAPI document, as parsed JSON of any kind.
   * @throws {TransportError | ToolkitError} with the reason why there is none
   */
  async requests(signal?: AbortSignal): Promise<Json> {
    const { endpoints } = await this.#clients.rest();
    return await endpoints.document(signal);
  }

  /**
   * The WSDL at the other address of the same API: V1 beside V2 or WS-I, and the other way round.
   * @returns `undefined` when both addresses have the same dialect
   * @throws {TransportError | ToolkitError} with the reason why there is none
   */
  async beside(signal?: AbortSignal): Promise<Endpoint | undefined> {
    return await this.#clients.soap.endpoints.beside(signal);
  }

  /**
   * Everything that the store offers according to its WSDL: operations, arguments and types, including those beyond the catalogue.
   * @throws {TransportError} as {@link describe} does
   * @throws {ToolkitError} of kind `decode`, `wsdl-unreadable`
   */
  async service(signal?: AbortSignal): Promise<ServiceDescription> {
    return await this.#services.of(await this.#clients.soap.endpoints.find(undefined, signal), signal);
  }

  /**
   * Everything that another endpoint of the store offers, such as the one {@link beside} its own.
   * @throws {ToolkitError} of kind `decode`, `wsdl-unreadable`
   */
  async serviceOf(endpoint: Endpoint, signal?: AbortSignal): Promise<ServiceDescription> {
    return await this.#services.of(endpoint, signal);
  }

  /** Forgets the WSDL's description, for example after WS-I was switched on or off in the shop. */
  forget(): void {
    this.#clients.forget();
  }

  /**
   * Calls a method of the catalogue, an operation of the protocol such as `resources`, or a method of the store's own: over
   * V1 any path, over V2 and WS-I an operation that its WSDL describes.
   * @throws {FaultError} when the store answers with a fault
   * @throws {TransportError | DecodeError} when no readable answer came
   * @throws {ToolkitError} of kind `policy` or `input` before anything is sent
   */
  async call(method: string, args: CallArguments = {}, options: CallOptions = {}): Promise<CallResult> {
    guard(this.config, method, options.confirmed, undefined, this.registry);
    const client = await this.#clients.over(spokenIn(method, options.dialect));
    return await client.call(method, args, options, {
      registry: this.registry,
      describe: async () => {
        const endpoint = await this.#clients.soap.endpoints.find(options.dialect, options.signal);
        return await readDescription(this, endpoint, options.signal);
      },
    });
  }

  /**
   * Logs in if there is no session yet, to check whether user and key are right.
   * @throws {FaultError} when they are not
   * @throws {TransportError | DecodeError} when no readable answer came
   */
  async login(signal?: AbortSignal): Promise<void> {
    const client = await this.#clients.over(undefined);
    await client.login(signal);
  }

  /**
   * Calls many methods in few requests. Always over V1, whatever the store's own dialect: only V1 has multiCall (facts §8).
   * @throws {ToolkitError} of kind `policy` or `input` before anything is sent; later failures are in the result
   */
  async multiCall(calls: readonly BatchedCall[], options: MultiCallOptions = {}): Promise<MultiCallResult> {
    for (const { method } of calls) if (isRestRequest(method)) throw notInDialect(method, t('A SOAP batch cannot contain it.'));
    for (const { method } of calls) guard(this.config, method, options.confirmed, undefined, this.registry);
    const send = async (batch: SoapTask): Promise<CallResult> =>
      await this.#clients.soap.perform(taskOfOneEnvelope(batch), { signal: options.signal, dialect: 'v1' });
    return await multiCall(calls, options, send, this.registry);
  }

  /**
   * Sends an envelope that was written by hand, in a session, to the address of its dialect.
   * @param envelope writes it for a session and the namespace of the WSDL; bytes are sent as they are, whatever their encoding
   * @param methods the methods that the caller knows it calls; the policy also reads the envelope and treats an unknown call as a write
   * @throws as {@link call} does
   */
  async send(
    envelope: (session: string, namespace: string) => string | Uint8Array,
    methods: readonly string[] = [],
    options: CallOptions = {},
  ): Promise<CallResult> {
    const content = inspectEnvelope(envelope(NO_SESSION, NO_NAMESPACE), this.registry);
    this.#allow(content, methods, options.confirmed);
    const seen = [...new Set([...methods, ...content.methods])].filter((method) => method !== 'envelope');
    const task: SoapTask = {
      method: seen.length === 1 ? (seen[0] ?? 'envelope') : 'envelope',
      args: {},
      raw: true,
      ownSession: hasOwnSession((session) => envelope(session, NO_NAMESPACE)),
      write: content.unclear !== undefined || seen.some((method) => isWrite(method, this.registry)),
      right: undefined,
      encode: ({ summary }, session) => {
        const ready = envelope(session, summary.namespace);
        // Check again: session and namespace came from the store and are now part of the envelope.
        this.#allow(inspectEnvelope(ready, this.registry), methods, options.confirmed);
        return ready;
      },
    };
    return await this.#clients.soap.perform(taskOfOneEnvelope(task), {
      ...options,
      dialect: options.dialect ?? (await this.#addressFor(content.dialect, options.signal)),
    });
  }

  /** Allows an envelope, or refuses it. @throws {ToolkitError} of kind `policy` */
  #allow({ methods, unclear }: EnvelopeContent, named: readonly string[], confirmed: boolean | undefined): void {
    if (unclear !== undefined) guard(this.config, 'envelope', confirmed, unclear, this.registry);
    for (const method of new Set([...named, ...methods])) guard(this.config, method, confirmed, undefined, this.registry);
  }

  /** Dialect whose address an envelope of this dialect goes to. V2 and WS-I share an address, to which the envelope is sent unchanged. */
  async #addressFor(dialect: Dialect | undefined, signal: AbortSignal | undefined): Promise<Dialect | undefined> {
    if (dialect === undefined) return undefined;
    const own = (await beforeSending('address', () => this.wsdl(signal))).summary.dialect;
    return facets[own].path === facets[writtenIn(dialect)].path ? undefined : dialect;
  }

  /**
   * Ends the sessions at the store and closes connections. The client may be used again; it then logs in again.
   * A store that cannot be reached is not an error: sessions end automatically, usually after an hour (facts §3).
   */
  async close(): Promise<void> {
    try {
      await this.#clients.close();
    } finally {
      this.#transport.close();
    }
  }
}

/**
 * The dialect for a method. A request to REST goes over REST, whatever the store's own dialect is.
 * @throws {ToolkitError} of kind `input`
 */
function spokenIn(method: string, dialect: Dialect | undefined): Dialect | undefined {
  if (!isRestRequest(method)) return dialect;
  if (dialect !== undefined && isSoap(dialect))
    throw notInDialect(method, t('{dialect} cannot send it.', { dialect: dialectLabels[dialect] }));
  return REQUEST_DIALECT;
}

function notInDialect(method: string, why: string): ToolkitError {
  return new ToolkitError('input', {
    code: 'rest-method',
    what: t('{method} is a REST request, so nothing was sent.', { method }),
    why,
    next: t('Leave the dialect out, or use rest.'),
  });
}
