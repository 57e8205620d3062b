import type { Fault } from '../../api/errors';
import type { ResourceRegistry } from '../../api/resources';
import type { SoapRecord, SoapValue } from '../../api/value';
import type { Decoded, NotSoap } from '../../soap/decoding/decode';
import type { AnswerContext } from '../wire/answer';
import type { StoreConfig } from '../settings/config';
import type { Endpoint, Endpoints, Fetch } from '../soap/endpoints';
import type { HttpHead } from '../http/request';
import type { CallArguments, CallTask, Describe } from '../soap/tasks';

/** Names of the protocols that stores are spoken to in. Each has an entry in `store/calls/protocols.ts`, which the compiler insists on. */
export type ProtocolName = 'soap';

/** A request of a protocol, as HTTP carries it. */
export interface RequestForm {
  readonly http: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** A request that the protocol itself makes, such as a login. */
export interface OwnCall {
  /** What exchanges and errors call it. */
  readonly method: string;
  /** Its arguments, secrets among them; whoever shows them masks them. */
  readonly args: SoapRecord;
  readonly body: string;
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
 * A way to speak with a store. {@link StoreClient} leads the conversation: sessions, policy, repeating, masking, records of what
 * went over the wire. The protocol decides what travels.
 */
export interface Protocol {
  /** Finds where a store answers. @param fetch gets a document of the store */
  endpoints(config: StoreConfig, fetch: Fetch): Endpoints;
  /**
   * What to send for a call.
   * @throws {ToolkitError} of kind `input`
   */
  task(name: string, args: CallArguments, describe: Describe, registry: ResourceRegistry): CallTask;
  /** A body as a request to an endpoint; bytes are sent as they are. */
  request(endpoint: Endpoint, body: string | Uint8Array): RequestForm;
  login(endpoint: Endpoint, user: string, key: string): OwnCall;
  /** The session that the answer to a login brought; `undefined` when it brought none. */
  session(answer: SoapValue): string | undefined;
  /** Ends a session at the store. */
  end(endpoint: Endpoint, session: string): OwnCall;
  reader(options: ReaderOptions): AnswerReader;
  /** See {@link Refusal}; `undefined` for every other fault. */
  refusal(fault: Fault): Refusal | undefined;
}
