import { knownResources, type ResourceRegistry } from '../../api/resources';
import type { Dialect } from '../../api/dialect';
import { facets } from '../../api/dialect-facets';
import { FaultError, ToolkitError, type Fault } from '../../api/errors';
import { explainFault } from '../../api/faults/faults';
import type { SoapValue } from '../../api/value';
import type { ServiceDescription } from '../../soap/wsdl/description';
import type { WsdlSummary } from '../../soap/wsdl/wsdl';
import type { CallOptions, CallResult } from './call';
import { KEEP_BYTES, type ClientPorts } from './client-ports';
import type { StoreConfig } from '../settings/config';
import type { Endpoint, Endpoints } from '../soap/endpoints';
import { uncertain } from './doubt';
import { inspectEnvelope, type EnvelopeContent } from '../soap/envelope';
import { bringsSession, NO_NAMESPACE, NO_SESSION } from '../soap/raw-envelope';
import { openTransport } from './open-transport';
import type { KnownGeneration } from '../doctor/generation';
import type { Exchange } from '../wire/exchange';
import { ahead, note } from '../wire/note';
import { maskValue, secretsIn } from '../masking/mask';
import { multiCall, type BatchedCall, type MultiCallOptions, type MultiCallResult } from './multi-call';
import { guard, isWrite } from './policy';
import type { OwnCall, Protocol } from './protocol';
import { protocols } from './protocols';
import { reaching } from './reaching';
import { defaultRetry, repeating } from './retry';
import { Services } from '../soap/services';
import { describing } from './describing';
import { SessionKeeper } from './session';
import type { CallArguments, Describe, Task } from '../soap/tasks';
import { basic, type Transport } from '../wire/transport';
import { unreadable, Wire, type Incoming, type Outgoing } from '../wire/wire';

export type { CallOptions, CallResult } from './call';
export type { ClientPorts } from './client-ports';

/**
 * Talks to one store: finds out its dialect, logs in when needed, calls methods, and turns everything that goes wrong
 * into an error that says what to do. One client per store; calls may run side by side.
 *
 * @example
 * const client = new StoreClient(config, { key: () => askForKey() });
 * const { value } = await client.call('customer.list', { filters: { lastname: 'Doe' } });
 * await client.close();
 */
export class StoreClient {
  readonly #session = new SessionKeeper((signal) => this.#login(signal));
  readonly #endpoints: Endpoints;
  readonly #services: Services;
  readonly #protocol: Protocol = protocols.soap;
  #wire: Promise<Wire> | undefined;
  #transport: Transport | undefined;
  #secrets: readonly string[] = [];

  constructor(
    readonly config: StoreConfig,
    private readonly ports: ClientPorts,
  ) {
    this.#services = new Services(ports.descriptions);
    this.#endpoints = this.#protocol.endpoints(config, async (url, signal) => {
      const wire = await this.#connect();
      return await this.#read(signal, () =>
        wire.fetch({
          dialect: undefined,
          method: 'wsdl',
          args: {},
          http: 'GET',
          url,
          headers: { Accept: 'text/xml, */*' },
          body: new Uint8Array(),
          secrets: this.#secrets,
          signal,
        }),
      );
    });
  }

  /** Resources whose methods this client knows. */
  get registry(): ResourceRegistry {
    return this.ports.registry ?? knownResources;
  }

  /** Dialect of the store once it is known. */
  get dialect(): Dialect | undefined {
    return this.#endpoints.known?.summary.dialect;
  }

  /** Address that calls are posted to, once it is known. */
  get url(): string | undefined {
    return this.#endpoints.known?.url;
  }

  /**
   * What the store says about itself: dialect, namespace, product. Reads its WSDL once and remembers it.
   * @throws {TransportError} when no candidate address answers with a WSDL; the first address' reason
   */
  async describe(signal?: AbortSignal): Promise<WsdlSummary> {
    return (await this.#endpoints.find(undefined, signal)).summary;
  }

  /**
   * The store's WSDL as it stands, with the address and the exchange it came from.
   * @throws {TransportError} as {@link describe} does
   */
  async wsdl(signal?: AbortSignal): Promise<Endpoint> {
    return await this.#endpoints.find(undefined, signal);
  }

  /** Which generation of its product answers, and what tells it; `undefined` before the WSDL was read, and where nothing tells it. */
  get generation(): KnownGeneration | undefined {
    return this.#endpoints.known?.generation;
  }

  /**
   * The WSDL at the other address of the same API: V1 beside V2 or WS-I, and the other way round.
   * @returns `undefined` when the same dialect is spoken there too
   * @throws {TransportError | ToolkitError} why there is none
   */
  async beside(signal?: AbortSignal): Promise<Endpoint | undefined> {
    return await this.#endpoints.beside(signal);
  }

  /**
   * Everything the store offers by its WSDL: operations, arguments and types, also beyond the catalogue.
   * @throws {TransportError} as {@link describe} does
   * @throws {ToolkitError} of kind `decode`, `wsdl-unreadable`
   */
  async service(signal?: AbortSignal): Promise<ServiceDescription> {
    return await this.#services.of(await this.#endpoints.find(undefined, signal), signal);
  }

  /**
   * Everything that another endpoint of the store offers, such as the one {@link beside} its own.
   * @throws {ToolkitError} of kind `decode`, `wsdl-unreadable`
   */
  async serviceOf(endpoint: Endpoint, signal?: AbortSignal): Promise<ServiceDescription> {
    return await this.#services.of(endpoint, signal);
  }

  /** Forgets what the WSDL said, for example after the shop switched WS-I on or off. */
  forget(): void {
    this.#endpoints.forget();
  }

  /**
   * Calls a method of the catalogue, an operation of the protocol such as `resources`, or a method of the store's own: over
   * V1 any path, over V2 and WS-I what its WSDL describes.
   * @throws {FaultError} when the store answers with a fault
   * @throws {TransportError | DecodeError} when no readable answer came
   * @throws {ToolkitError} of kind `policy` or `input` before anything is sent
   */
  async call(method: string, args: CallArguments = {}, options: CallOptions = {}): Promise<CallResult> {
    guard(this.config, method, options.confirmed, undefined, this.registry);
    const describe: Describe = async (endpoint) => await describing(this, endpoint, options.signal);
    return await this.#perform(this.#protocol.task(method, args, describe, this.registry), options);
  }

  /**
   * Logs in when there is no session yet: to find out whether user and key are right.
   * @throws {FaultError} when they are not
   * @throws {TransportError | DecodeError} when no readable answer came
   */
  async login(signal?: AbortSignal): Promise<void> {
    await this.#session.get(signal);
  }

  /**
   * Calls many methods in few requests. Always over V1, the only dialect that can (facts §8), whatever else the store speaks.
   * @throws {ToolkitError} of kind `policy` or `input` before anything is sent; what goes wrong later is in the result
   */
  async multiCall(calls: readonly BatchedCall[], options: MultiCallOptions = {}): Promise<MultiCallResult> {
    for (const { method } of calls) guard(this.config, method, options.confirmed, undefined, this.registry);
    const send = async (batch: Task): Promise<CallResult> => await this.#perform(batch, { signal: options.signal, dialect: 'v1' });
    return await multiCall(calls, options, send, this.registry);
  }

  /**
   * Sends an envelope that was written by hand, in a session, to the address of its dialect.
   * @param envelope writes it for a session and the namespace of the WSDL; bytes are sent as they are, whatever their encoding
   * @param methods what the caller knows it calls; the policy also looks for itself, and what it cannot tell is a write
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
    const task: Task = {
      method: seen.length === 1 ? (seen[0] ?? 'envelope') : 'envelope',
      args: {},
      raw: true,
      ownSession: bringsSession((session) => envelope(session, NO_NAMESPACE)),
      write: content.unclear !== undefined || seen.some((method) => isWrite(method, this.registry)),
      right: undefined,
      encode: ({ summary }, session) => {
        const ready = envelope(session, summary.namespace);
        // Session and namespace came from the store and are part of the envelope now.
        this.#allow(inspectEnvelope(ready, this.registry), methods, options.confirmed);
        return ready;
      },
    };
    return await this.#perform(task, { ...options, dialect: options.dialect ?? (await this.#addressFor(content.dialect, options.signal)) });
  }

  /** Lets an envelope pass, or refuses it. @throws {ToolkitError} of kind `policy` */
  #allow({ methods, unclear }: EnvelopeContent, named: readonly string[], confirmed: boolean | undefined): void {
    if (unclear !== undefined) guard(this.config, 'envelope', confirmed, unclear, this.registry);
    for (const method of new Set([...named, ...methods])) guard(this.config, method, confirmed, undefined, this.registry);
  }

  /** Dialect to ask an address for, for an envelope of this dialect. V2 and WS-I share one, where an envelope goes as it is. */
  async #addressFor(dialect: Dialect | undefined, signal: AbortSignal | undefined): Promise<Dialect | undefined> {
    if (dialect === undefined) return undefined;
    const own = (await ahead('address', () => this.describe(signal))).dialect;
    return facets[own].path === facets[dialect].path ? undefined : dialect;
  }

  /**
   * Ends the session at the store and closes connections. The client may be used again; it then logs in anew.
   * A store that cannot be reached is not an error: sessions end by themselves, usually after an hour (facts §3).
   */
  async close(): Promise<void> {
    const session = this.#session.close();
    const endpoint = this.#endpoints.known;
    try {
      if (session !== undefined && endpoint !== undefined)
        await this.#ownCall(this.#protocol.end(endpoint, session), 'call', endpoint, undefined);
    } catch (error) {
      // The store ends the session by itself after an hour; only a mistake of ours may surface here.
      if (!(error instanceof ToolkitError)) throw error;
    } finally {
      this.#transport?.close();
    }
  }

  /** Sends a task in a session, and again where that is safe and of use. */
  async #perform(task: Task, options: CallOptions): Promise<CallResult> {
    let rows = 0;
    const onRow =
      options.onRow === undefined ? undefined : (row: SoapValue, index: number): void => options.onRow?.(row, (rows = index + 1) - 1);
    const attempt = async (): Promise<CallResult> => await this.#inSession(task, { ...options, onRow });
    if (task.write) return await uncertain(task.method, attempt);
    return await repeating(this.ports.retry ?? defaultRetry, options.signal, () => rows === 0, attempt);
  }

  async #inSession(task: Task, options: CallOptions): Promise<CallResult> {
    let endpoint = await ahead('address', () => this.#endpoints.find(options.dialect, options.signal));
    let renewed = false;
    let redetected = false;
    for (;;) {
      const session = await ahead('login', () => this.#session.get(options.signal));
      const incoming = await this.#exchange(endpoint, task, session, options);
      if (incoming.fault === undefined) {
        const { decoded, exchange } = incoming;
        const value = await this.#finished(task, decoded.value, endpoint, exchange);
        return { value, rows: decoded.rows, junk: exchange.junk, dialect: endpoint.summary.dialect, exchange };
      }
      const refusal = this.#protocol.refusal(incoming.fault);
      const refused = refusal === 'session-over' && task.ownSession !== true;
      if (refused && !renewed) {
        renewed = true;
        this.#session.drop(session);
        continue;
      }
      if (refusal === 'not-spoken' && !redetected && options.dialect === undefined) {
        redetected = true;
        const before = endpoint.summary;
        this.#endpoints.forget();
        endpoint = await ahead('address', () => this.#endpoints.find(undefined, options.signal));
        if (endpoint.summary.dialect !== before.dialect || endpoint.summary.namespace !== before.namespace) continue;
      }
      throw note(this.#fault(incoming.fault, task, 'call', incoming.exchange), refused ? { unreached: 'session' } : {});
    }
  }

  /** The value with its types. By now the store has done what it was asked for. */
  async #finished(task: Task, value: SoapValue, endpoint: Endpoint, exchange: Exchange): Promise<SoapValue> {
    try {
      return task.finish === undefined ? value : await task.finish(value, endpoint);
    } catch (error) {
      throw note(unreadable(error, exchange.response?.bytes ?? 0), { exchange });
    }
  }

  async #exchange(endpoint: Endpoint, task: Task, session: string, options: CallOptions): Promise<Incoming> {
    const wire = await this.#connect();
    const envelope = await ahead('description', () => task.encode(endpoint, session));
    return await reaching(() =>
      wire.call({
        ...this.#post(endpoint, envelope),
        method: task.method,
        args: maskValue(task.args),
        raw: task.raw,
        secrets: [...this.#secrets, session],
        sent: secretsIn(task.args),
        signal: options.signal,
        onRow: options.onRow,
      }),
    );
  }

  #post(endpoint: Endpoint, body: string | Uint8Array): Pick<Outgoing, 'dialect' | 'http' | 'url' | 'headers' | 'body' | 'generation'> {
    const { url, summary, generation } = endpoint;
    return { dialect: summary.dialect, url, generation: generation?.generation, ...this.#protocol.request(endpoint, body) };
  }

  async #login(signal: AbortSignal): Promise<string> {
    const endpoint = await this.#endpoints.find(undefined, signal);
    const apiKey = await this.ports.key();
    this.#hide(apiKey);
    const call = this.#protocol.login(endpoint, this.config.user, apiKey);
    const session = this.#protocol.session(await this.#read(signal, () => this.#ownCall(call, 'login', endpoint, signal)));
    if (session === undefined) {
      throw new ToolkitError('decode', {
        code: 'no-session',
        what: 'The store answered the login without a session.',
        next: 'Check the connection; the response shows what came instead.',
      });
    }
    return session;
  }

  async #ownCall(
    { method, args, body }: OwnCall,
    phase: 'login' | 'call',
    endpoint: Endpoint,
    signal: AbortSignal | undefined,
  ): Promise<SoapValue> {
    const wire = await this.#connect();
    const incoming = await wire.call({ ...this.#post(endpoint, body), method, args: maskValue(args), secrets: this.#secrets, signal });
    if (incoming.fault !== undefined) throw this.#fault(incoming.fault, { method, right: undefined }, phase, incoming.exchange);
    return incoming.decoded.value;
  }

  async #read<T>(signal: AbortSignal | undefined, attempt: () => Promise<T>): Promise<T> {
    return await repeating(this.ports.retry ?? defaultRetry, signal, () => true, attempt);
  }

  #fault(fault: Fault, task: Pick<Task, 'method' | 'right'>, phase: 'login' | 'call', exchange: Exchange): FaultError {
    const { what, why, next } = explainFault(fault, {
      phase,
      method: task.method,
      right: task.right,
      url: exchange.url,
      generation: this.#endpoints.known?.generation?.generation,
      registry: this.registry,
    });
    return note(new FaultError(fault, { what, why, next }), { exchange });
  }

  /** Sets the transport up, once: it needs the CA file and the web server's password. */
  async #connect(): Promise<Wire> {
    this.#wire ??= this.#open().catch((error: unknown) => {
      this.#wire = undefined;
      throw error;
    });
    return await this.#wire;
  }

  async #open(): Promise<Wire> {
    const { config, ports } = this;
    const password = config.webUser === undefined ? undefined : await ports.webPassword?.();
    if (password !== undefined) {
      this.#hide(password);
      // Debug pages list the headers they were sent.
      this.#hide(basic(config.webUser ?? '', password));
    }
    this.#transport = await openTransport(config, ports, password);
    return new Wire(this.#transport, {
      store: config.name,
      protocol: this.#protocol,
      keepBytes: ports.keepBytes ?? KEEP_BYTES,
      onExchange: ports.onExchange,
      registry: ports.registry,
    });
  }

  #hide(secret: string): void {
    if (!this.#secrets.includes(secret)) this.#secrets = [...this.#secrets, secret];
  }
}
