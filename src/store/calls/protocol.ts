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

/** What a store says about how it is spoken to. */
export interface StoreSummary {
  readonly dialect: Dialect;
  /** Target namespace of its WSDL; empty where there is none. */
  readonly namespace: string;
  readonly product: Product;
  /** Operations of its WSDL; none where there is no WSDL. */
  readonly operations: readonly string[];
}

/** An address at which a store answers. */
export interface Found {
  readonly url: string;
  readonly summary: StoreSummary;
  /** Which product and version answers, where that can be told. */
  readonly generation?: KnownGeneration | undefined;
}

/** Gets a document of a store, as it is. @param accept the formats that are wanted; XML where none are named */
export type Fetch = (
  url: string,
  signal: AbortSignal | undefined,
  accept?: string,
) => Promise<{ readonly body: Uint8Array; readonly exchange: Exchange }>;

/** What can be asked of a store before it is known where it answers. Nothing of it needs a session. */
export interface Probe {
  /** Gets a document as it is. @throws {TransportError} for every status but 200 */
  readonly fetch: Fetch;
  /**
   * Sends a request and has the protocol read its answer.
   * @returns the fault, where it is one
   * @throws {TransportError | DecodeError} when it is not the protocol that answers
   */
  readonly ask: (form: RequestForm & { readonly url: string }, signal: AbortSignal | undefined) => Promise<Fault | undefined>;
}

/** Finds where a store answers, and remembers it. */
export interface Finder<E extends Found> {
  /** The store's own endpoint, once found. */
  readonly known: E | undefined;
  /**
   * The endpoint for a dialect, or the store's own.
   * @throws {TransportError | ToolkitError} why there is none
   */
  find(dialect: Dialect | undefined, signal?: AbortSignal): Promise<E>;
  /** Forgets everything; what is wanted next is asked for again. */
  forget(): void;
}

/** A request of a protocol, as HTTP carries it. */
export interface RequestForm {
  readonly http: HttpMethod;
  /** Where it goes; the endpoint's address otherwise. */
  readonly url?: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** A request that the protocol itself makes, such as a login. */
export interface OwnCall {
  /** What exchanges and errors call it. */
  readonly method: string;
  /** Its arguments, secrets among them; whoever shows them masks them. */
  readonly args: SoapRecord;
  readonly request: RequestForm;
}

/** What an exchange brought. */
export interface Heard<E extends Found> {
  readonly value: SoapValue;
  readonly rows: number;
  readonly endpoint: E;
  readonly exchange: Exchange;
  /** See {@link CallResult.settled}. */
  readonly settled?: CallResult['settled'];
}

/**
 * Sends one request of a task in a session, renewed once where the store says that it is over.
 * @param make writes the request for the endpoint and the session
 * @throws {FaultError | TransportError | DecodeError} when no result came
 */
export type Ask<E extends Found> = (
  make: (endpoint: E, session: string) => RequestForm | Promise<RequestForm>,
  how?: { readonly onRow?: CallOptions['onRow'] },
) => Promise<Heard<E>>;

/** How a task is run. */
export interface RunOptions extends CallOptions {
  /** How often and how fast to repeat what may be repeated. */
  readonly retry: RetryPolicy;
}

/** What a call is, apart from the session it travels with. */
export interface Task<E extends Found> {
  readonly method: string;
  readonly args: CallArguments;
  /** The request was written by hand: it holds the arguments. */
  readonly raw?: boolean | undefined;
  /** The request holds a session of its own, or none: that the store refuses it is its answer, and our session is not renewed for it. */
  readonly ownSession?: boolean | undefined;
  /** {@link Line} does not repeat a write whose connection was lost: what became of it is in doubt. */
  readonly write: boolean;
  /** The right that the API user needs for it, which a refusal names. */
  readonly right: string | undefined;
  /** Secrets that stand in the address of a request, such as a token in its query. */
  readonly hidden?: readonly string[] | undefined;
  /** Sends what there is to send, in as many requests as it takes. */
  readonly run: (ask: Ask<E>, options: RunOptions) => Promise<Heard<E>>;
}

/** What a task may need to know of its store. */
export interface TaskContext {
  /** Resources whose methods go by their own description. */
  readonly registry: ResourceRegistry;
  /** Reads what the store offers beyond these, where a WSDL says it. */
  readonly describe: () => Promise<ServiceDescription>;
}

/** An answer that could be read. */
export type Answered = Exclude<Decoded, NotSoap>;

/** Reads one answer while its bytes arrive. */
export interface AnswerReader {
  /** Time that reading took so far, in milliseconds. */
  readonly milliseconds: number;
  onHead(head: HttpHead): void;
  /** @returns `false` when it makes no sense to read on */
  onData(chunk: Uint8Array): boolean;
  /**
   * @returns the result or the fault
   * @throws {DecodeError | TransportError} for what is neither
   */
  finish(url: string, context: AnswerContext): Answered;
}

/** What a reader may need. */
export interface ReaderOptions {
  /** Told each row of a list as it arrives. */
  readonly onRow?: ((row: SoapValue, index: number) => void) | undefined;
  /** Resources whose types are read where an answer does not say its own. */
  readonly registry?: ResourceRegistry | undefined;
}

/** What a fault says about the conversation, before anything was executed: the session is over, or something else is spoken there now. */
export type Refusal = 'session-over' | 'not-spoken';

/**
 * A way to speak with a store. {@link Line} leads the conversation: sessions, repeating, masking, records of what went over the wire.
 * The protocol decides what travels.
 */
export interface Protocol<E extends Found, F extends Finder<E> = Finder<E>> {
  /** Finds where a store answers. */
  endpoints(config: StoreConfig, probe: Probe): F;
  /**
   * What to send for a call.
   * @throws {ToolkitError} of kind `input`
   */
  task(name: string, args: CallArguments, context: TaskContext): Task<E>;
  login(endpoint: E, user: string, key: string): OwnCall;
  /** The session that the answer to a login brought; `undefined` when it brought none. */
  session(answer: SoapValue): string | undefined;
  /** Ends a session at the store. */
  end(endpoint: E, session: string): OwnCall;
  reader(options: ReaderOptions): AnswerReader;
  /** See {@link Refusal}; `undefined` for every other fault. */
  refusal(fault: Fault): Refusal | undefined;
  /**
   * How long to wait before the same request is sent again, in milliseconds, where the store asked for fewer requests and carried nothing
   * out; `undefined` when it is not worth waiting any longer.
   * @param waits how often it was waited for already
   */
  patience?(error: unknown, waits: number): number | undefined;
}
