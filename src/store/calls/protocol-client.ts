import { FaultError, ToolkitError } from '../../api/errors';
import { knownResources } from '../../api/resources';
import type { SoapValue } from '../../api/value';
import { t } from '../../l10n/texts';
import { maskValue, secretsIn } from '../masking/mask';
import { beforeSending, note } from '../wire/note';
import type { Incoming, Outgoing } from '../wire/wire';
import type { CallArguments, CallOptions, CallResult } from './call';
import { uncertain } from './doubt';
import type { Finder, StoreAddress, ExchangeResult, OwnCall, Protocol, RequestForm, Task, TaskContext } from './protocol';
import { notingUnreachable } from './reaching';
import { defaultRetry, pause, repeating, type RetryPolicy } from './retry';
import { SessionKeeper } from './session';
import type { StoreTransport } from './store-transport';
import { explainFault } from '../../api/faults/faults';

const NOTHING = new Uint8Array();

/** The conversation with one store in one protocol: its session, repeated requests, masking, records of the exchanges. */
export class ProtocolClient<E extends StoreAddress, F extends Finder<E>> {
  readonly #session = new SessionKeeper((signal) => this.#login(signal));
  readonly endpoints: F;

  constructor(
    readonly protocol: Protocol<E, F>,
    private readonly transport: StoreTransport,
  ) {
    this.endpoints = protocol.endpoints(transport.config, {
      fetch: async (url, signal, accept = 'text/xml, */*') => {
        const wire = await transport.wire(protocol);
        const headers = { Accept: accept };
        return await this.read(signal, () => wire.fetch({ ...this.#probe('wsdl', signal), http: 'GET', url, headers, body: NOTHING }));
      },
      ask: async (form, signal) => {
        const wire = await transport.wire(protocol);
        return await this.read(signal, async () => (await wire.call({ ...this.#probe('address', signal), ...form })).fault);
      },
    });
  }

  /** @param method name of the call in exchanges */
  #probe(method: string, signal: AbortSignal | undefined): Pick<Outgoing, 'dialect' | 'method' | 'args' | 'secrets' | 'signal'> {
    return { dialect: undefined, method, args: {}, secrets: this.transport.secrets, signal };
  }

  /** Opens a session when there is none. @throws as {@link StoreClient.login} does */
  async login(signal?: AbortSignal): Promise<void> {
    await this.#session.get(signal);
  }

  /** Ends the session at the store, if there is one. A store that cannot be reached is not an error: sessions end automatically. */
  async close(): Promise<void> {
    const session = this.#session.close();
    const endpoint = this.endpoints.known;
    try {
      if (session !== undefined && endpoint !== undefined)
        await this.#ownCall(this.protocol.end(endpoint, session), 'call', endpoint, undefined, [session]);
    } catch (error) {
      // The store ends the session after an hour anyway. Only errors that are bugs of the toolkit are thrown here.
      if (!(error instanceof ToolkitError)) throw error;
    }
  }

  /** Calls a method. @throws as {@link StoreClient.call} does */
  async call(method: string, args: CallArguments, options: CallOptions, context: TaskContext): Promise<CallResult> {
    return await this.perform(this.protocol.task(method, args, context), options);
  }

  /** Sends a task in a session, and sends it again if that is safe and useful. */
  async perform(task: Task<E>, options: CallOptions): Promise<CallResult> {
    /** Rows that were delivered. A read that delivered rows is not repeated, since they would be delivered twice. */
    let rows = 0;
    const onRow =
      options.onRow === undefined ? undefined : (row: SoapValue, index: number): void => options.onRow?.(row, (rows = index + 1) - 1);
    const retry = this.#retry;
    let renewed = false;
    /** A session that the store refuses is renewed once for a task, not once for each of its requests. */
    const mayRenew = (): boolean => !renewed && (renewed = true);
    const attempt = async (): Promise<CallResult> => {
      const told = { ...options, onRow };
      const result = await task.run(
        async (make, how = {}) => {
          const once = async (): Promise<ExchangeResult<E>> => await this.#inSession(task, make, { ...told, onRow: how.onRow }, mayRenew);
          return task.write ? await once() : await repeating(retry, options.signal, () => rows === 0 || how.onRow === undefined, once);
        },
        { ...told, retry },
      );
      const { value, exchange, endpoint, settled } = result;
      return { value, rows: result.rows, junk: exchange.junk, dialect: endpoint.summary.dialect, exchange, settled };
    };
    return task.write ? await uncertain(task.method, attempt) : await attempt();
  }

  /** Repeats a read whose connection was lost. */
  async read<T>(signal: AbortSignal | undefined, attempt: () => Promise<T>): Promise<T> {
    return await repeating(this.#retry, signal, () => true, attempt);
  }

  get #retry(): RetryPolicy {
    return this.transport.ports.retry ?? defaultRetry;
  }

  async #inSession(
    task: Task<E>,
    make: (endpoint: E, session: string) => RequestForm | Promise<RequestForm>,
    options: CallOptions,
    mayRenew: () => boolean,
  ): Promise<ExchangeResult<E>> {
    let endpoint = await beforeSending('address', () => this.endpoints.find(options.dialect, options.signal));
    let redetected = false;
    for (;;) {
      const session = await beforeSending('login', () => this.#session.get(options.signal));
      const incoming = await this.#exchange(endpoint, task, make, session, options);
      if (incoming.fault === undefined) {
        const { decoded, exchange } = incoming;
        return { value: decoded.value, rows: decoded.rows, endpoint, exchange };
      }
      const refusal = this.protocol.refusal(incoming.fault);
      const refused = refusal === 'session-over' && task.ownSession !== true;
      if (refused && mayRenew()) {
        this.#session.drop(session);
        continue;
      }
      if (refusal === 'not-spoken' && !redetected && options.dialect === undefined) {
        redetected = true;
        const before = endpoint.summary;
        this.endpoints.forget();
        endpoint = await beforeSending('address', () => this.endpoints.find(undefined, options.signal));
        if (endpoint.summary.dialect !== before.dialect || endpoint.summary.namespace !== before.namespace) continue;
      }
      throw note(this.#fault(incoming, task, 'call', endpoint), refused ? { unreached: 'session' } : {});
    }
  }

  async #exchange(
    endpoint: E,
    task: Task<E>,
    make: (endpoint: E, session: string) => RequestForm | Promise<RequestForm>,
    session: string,
    options: CallOptions,
  ): Promise<Incoming> {
    const wire = await this.transport.wire(this.protocol);
    const form = await beforeSending('description', () => make(endpoint, session));
    return await this.#patiently(task.method, options.signal, () =>
      notingUnreachable(() =>
        wire.call({
          ...asSent(endpoint, form),
          method: task.method,
          args: maskValue(task.args),
          raw: task.raw,
          secrets: [...this.transport.secrets, session, ...(task.hidden ?? [])],
          sent: secretsIn(task.args),
          signal: options.signal,
          onRow: options.onRow,
        }),
      ),
    );
  }

  /** Waits and sends again if the store asked for fewer requests, as long as the protocol says so. Tells the host about each wait. */
  async #patiently<T>(method: string, signal: AbortSignal | undefined, attempt: () => Promise<T>): Promise<T> {
    for (let waits = 0; ; waits++) {
      try {
        return await attempt();
      } catch (error) {
        const ms = signal?.aborted === true ? undefined : this.protocol.patience?.(error, waits);
        if (ms === undefined) throw error;
        this.transport.ports.onWait?.({ store: this.transport.config.name, method, ms });
        await pause(ms, signal);
        if (signal?.aborted === true) throw error;
      }
    }
  }

  async #login(signal: AbortSignal): Promise<string> {
    const endpoint = await this.endpoints.find(undefined, signal);
    const apiKey = await this.transport.ports.key();
    this.transport.hide(apiKey);
    const call = this.protocol.login(endpoint, this.transport.config.user, apiKey);
    const answer = await this.#patiently('login', signal, () =>
      this.read(signal, () => this.#ownCall(call, 'login', endpoint, signal, [])),
    );
    const session = this.protocol.session(answer);
    if (session === undefined) {
      throw new ToolkitError('decode', {
        code: 'no-session',
        what: t('The store did not return a session for the login.'),
        next: t('Check the connection. The response shows what the store returned instead.'),
      });
    }
    return session;
  }

  async #ownCall(
    { method, args, request }: OwnCall,
    phase: 'login' | 'call',
    endpoint: E,
    signal: AbortSignal | undefined,
    more: readonly string[],
  ): Promise<SoapValue> {
    const wire = await this.transport.wire(this.protocol);
    const secrets = [...this.transport.secrets, ...more];
    const incoming = await wire.call({ ...asSent(endpoint, request), method, args: maskValue(args), secrets, signal });
    if (incoming.fault !== undefined) throw this.#fault(incoming, { method, right: undefined }, phase, endpoint);
    return incoming.decoded.value;
  }

  #fault(
    incoming: Extract<Incoming, { readonly decoded?: undefined }>,
    { method, right }: Pick<Task<E>, 'method' | 'right'>,
    phase: 'login' | 'call',
    endpoint: E,
  ): ToolkitError {
    const { fault, exchange } = incoming;
    const { what, why, next, topic } = explainFault(fault, {
      phase,
      method,
      right,
      url: exchange.url,
      generation: (this.endpoints.known ?? endpoint).generation?.generation,
      registry: this.transport.ports.registry ?? knownResources,
    });
    return note(new FaultError(fault, { what, why, next, topic }), { exchange });
  }
}

function asSent(endpoint: StoreAddress, form: RequestForm): Pick<Outgoing, 'dialect' | 'http' | 'url' | 'headers' | 'body' | 'generation'> {
  const { summary, generation } = endpoint;
  return {
    dialect: summary.dialect,
    generation: generation?.generation,
    http: form.http,
    url: form.url ?? endpoint.url,
    headers: form.headers,
    body: form.body,
  };
}
