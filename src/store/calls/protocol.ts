import type { Dialect } from '../../api/dialect';
import type { ProtocolName } from '../../api/dialect-facets';
import type { Fault } from '../../api/errors';
import type { ResourceRegistry } from '../../api/resources';
import type { SoapRecord, SoapValue } from '../../api/value';
import type { Decoded, NotSoap } from '../../soap/decoding/decode';
import type { ServiceDescription } from '../../soap/wsdl/description';
import type { Product } from '../../soap/wsdl/wsdl';
import type { KnownGeneration } from '../doctor/generation';
import type { AnswerContext } from '../wire/answer';
import type { Exchange } from '../wire/exchange';
import type { StoreConfig } from '../settings/config';
import type { HttpMethod } from '../http/method';
import type { HttpHead } from '../http/request';
import type { CallArguments, CallOptions, CallResult } from './call';
import type { RetryPolicy } from './retry';

export type { ProtocolName };

/** The facts that a store gives for talking to it. */
export interface StoreSummary {
  readonly dialect: Dialect;
  /** Target namespace of its WSDL; an empty text if there is none. */
  readonly namespace: string;
  readonly product: Product;
  /** Operations of its WSDL; empty if there is none. */
  readonly operations: readonly string[];
}

/** An address at which a store answers. */
export interface StoreAddress {
  readonly url: string;
  readonly summary: StoreSummary;
  /** The product and version that answers, if they can be told. */
  readonly generation?: KnownGeneration | undefined;
}

/** Fetches a document of a store unchanged. @param accept the formats that are wanted, XML by default */
export type Fetch = (
  url: string,
  signal: AbortSignal | undefined,
  accept?: string,
) => Promise<{ readonly body: Uint8Array; readonly exchange: Exchange }>;

/** The requests that can be sent before the store's address is known. They need no session. */
export interface Probe {
  /** Fetches a document unchanged. @throws {TransportError} for every status but 200 */
  readonly fetch: Fetch;
  /**
   * Sends a request and lets the protocol read its answer.
   * @returns the fault, if the answer is one
   * @throws {TransportError | DecodeError} when the answer is not of this protocol
   */
  readonly ask: (form: RequestForm & { readonly url: string }, signal: AbortSignal | undefined) => Promise<Fault | undefined>;
}

/** Finds the address at which a store answers, and remembers it. */
export interface Finder<E extends StoreAddress> {
  /** The store's own endpoint, once found. */
  readonly known: E | undefined;
  /**
   * The endpoint for a dialect, or the store's own.
   * @throws {TransportError | ToolkitError} with the reason why there is none
   */
  find(dialect: Dialect | undefined, signal?: AbortSignal): Promise<E>;
  /** Forgets everything. The next search asks the store again. */
  forget(): void;
}

/** A request of a protocol in the form in which HTTP carries it. */
export interface RequestForm {
  readonly http: HttpMethod;
  /** Address of the request, if it is not the endpoint's. */
  readonly url?: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** A request that the protocol itself makes, such as a login. */
export interface OwnCall {
  /** Its name in exchanges and errors. */
  readonly method: string;
  /** Its arguments, which may include secrets. Mask them before showing them. */
  readonly args: SoapRecord;
  readonly request: RequestForm;
}

/** The result of an exchange. */
export interface ExchangeResult<E extends StoreAddress> {
  readonly value: SoapValue;
  readonly rows: number;
  readonly endpoint: E;
  readonly exchange: Exchange;
  /** See {@link CallResult.settled}. */
  readonly settled?: CallResult['settled'];
}

/**
 * Sends one request of a task in a session, which is renewed once if the store says that it has ended.
 * @param make writes the request for the endpoint and the session
 * @throws {FaultError | TransportError | DecodeError} when no result came
 */
export type Ask<E extends StoreAddress> = (
  make: (endpoint: E, session: string) => RequestForm | Promise<RequestForm>,
  how?: { readonly onRow?: CallOptions['onRow'] },
) => Promise<ExchangeResult<E>>;

/** How a task is run. */
export interface RunOptions extends CallOptions {
  /** How often and how fast repeatable requests are repeated. */
  readonly retry: RetryPolicy;
}

/** A call, apart from the session in which it is sent. */
export interface Task<E extends StoreAddress> {
  readonly method: string;
  readonly args: CallArguments;
  /** The request was written by hand and contains the arguments. */
  readonly raw?: boolean | undefined;
  /** The request contains its own session, or none. If the store refuses it, that is the result, and our session is not renewed. */
  readonly ownSession?: boolean | undefined;
  /** {@link ProtocolClient} does not repeat a write whose connection was lost, since the write may have been executed. */
  readonly write: boolean;
  /** The right that the API user needs for it. An explanation of a refusal names it. */
  readonly right: string | undefined;
  /** Secrets in the address of a request, such as a token in its query. */
  readonly hidden?: readonly string[] | undefined;
  /** Sends the requests of the task, as many as it needs. */
  readonly run: (ask: Ask<E>, options: RunOptions) => Promise<ExchangeResult<E>>;
}

/** The knowledge about the store that a task may need. */
export interface TaskContext {
  /** Resources whose methods are described by the catalogue or another registry. */
  readonly registry: ResourceRegistry;
  /** Reads the store's methods beyond these, if a WSDL describes them. */
  readonly describe: () => Promise<ServiceDescription>;
}

/** An answer that could be read. */
export type Answered = Exclude<Decoded, NotSoap>;

/** Reads one answer while its bytes arrive. */
export interface AnswerReader {
  /** Time that reading took so far, in milliseconds. */
  readonly milliseconds: number;
  onHead(head: HttpHead): void;
  /** @returns `false` when reading on is useless */
  onData(chunk: Uint8Array): boolean;
  /**
   * @returns the result or the fault
   * @throws {DecodeError | TransportError} for any other answer
   */
  finish(url: string, context: AnswerContext): Answered;
}

/** Options of a reader. */
export interface ReaderOptions {
  /** Receives each row of a list as it arrives. */
  readonly onRow?: ((row: SoapValue, index: number) => void) | undefined;
  /** Resources whose types are used where an answer does not give its own. */
  readonly registry?: ResourceRegistry | undefined;
}

/** The meaning of a fault that came before anything was executed: the session has ended, or the address has another dialect now. */
export type Refusal = 'session-over' | 'not-spoken';

/**
 * A way to talk to a store. {@link ProtocolClient} leads the conversation: sessions, repeated requests, masking, records of the exchanges.
 * The protocol decides what is sent.
 */
export interface Protocol<E extends StoreAddress, F extends Finder<E> = Finder<E>> {
  /** Finds the address at which a store answers. */
  endpoints(config: StoreConfig, probe: Probe): F;
  /**
   * The task that carries out a call.
   * @throws {ToolkitError} of kind `input`
   */
  task(name: string, args: CallArguments, context: TaskContext): Task<E>;
  login(endpoint: E, user: string, key: string): OwnCall;
  /** The session in the answer to a login, or `undefined` if there is none. */
  session(answer: SoapValue): string | undefined;
  /** Ends a session at the store. */
  end(endpoint: E, session: string): OwnCall;
  reader(options: ReaderOptions): AnswerReader;
  /** See {@link Refusal}; `undefined` for every other fault. */
  refusal(fault: Fault): Refusal | undefined;
  /**
   * How long to wait before the same request is sent again, in milliseconds, if the store asked for fewer requests and executed nothing.
   * `undefined` if waiting longer is not worthwhile.
   * @param waits how many waits there were already
   */
  patience?(error: unknown, waits: number): number | undefined;
}
