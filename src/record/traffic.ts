import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Dialect } from '../api/dialect';
import type { ResourceRegistry } from '../api/resources';
import type { SoapValue } from '../api/value';
import type { Junk } from '../soap/decoding/decode';
import type { HttpMethod } from '../store/http/method';
import type { HttpHead } from '../store/http/request';
import type { ExchangeEnd } from '../store/wire/exchange';
import type { RecordedCall } from './meaning';

/** A request as it arrived, with its body decompressed. */
export interface ReceivedRequest {
  readonly request: IncomingMessage;
  readonly readable: Buffer;
  readonly place: string;
}

/** The methods that a request would run, for the policy. */
export interface MethodsRun {
  /** Whether it certainly changes nothing. The other properties do not count then. */
  readonly reads?: boolean;
  /** Empty if the methods cannot be told. */
  readonly methods: readonly string[];
  /** A sentence that says why it is uncertain what the store runs. */
  readonly unclear: string | undefined;
}

/** The content of an answer. */
export interface AnswerContent {
  readonly outcome: ExchangeEnd;
  /** The store's answer, not masked; `undefined` when it is not a result. */
  readonly value: SoapValue | undefined;
  /** Charset with which the answer was read; `undefined` if it gives none. */
  readonly charset: string | undefined;
  readonly junk: readonly Junk[];
  /** Secrets in the answer: a new session, a token. */
  readonly secrets: readonly string[];
}

/** How calls of one protocol are recognised, read and refused. */
export interface Traffic {
  /** Methods of HTTP that are passed on. */
  readonly verbs: readonly HttpMethod[];
  /** The path of the API for an address, in one spelling; `undefined` if it does not belong to this protocol. */
  placeOf(url: URL): string | undefined;
  /** Whether the answer at an address describes the API and contains its address, which has to be replaced for the program. */
  describes(url: URL): boolean;
  callOf(received: ReceivedRequest): RecordedCall;
  methodsRun(received: ReceivedRequest, registry: ResourceRegistry): MethodsRun;
  dialectOf(received: ReceivedRequest): Dialect | undefined;
  /** Reads a complete answer. @param mask hides known secrets */
  readAnswer(answer: Answer, asked: RecordedCall, mask: (text: string) => string): AnswerContent;
  /**
   * Answers a call with a text of our own. @param kind `refused` by the policy, a `session` that is not known, or a call that is `unknown`
   */
  answer(response: ServerResponse, kind: 'refused' | 'session' | 'unknown', message: string, asked: RecordedCall): void;
  /** A new session for a replay. */
  newSession(): string;
}

/** An answer with all its bytes. */
export interface Answer {
  readonly bytes: Buffer;
  readonly head: HttpHead | undefined;
  readonly registry: ResourceRegistry | undefined;
  /** Whether the rows of the value are needed. With `false` they are read and discarded. */
  readonly keepsRows: boolean;
}
