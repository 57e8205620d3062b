import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Dialect } from '../api/dialect';
import type { ResourceRegistry } from '../api/resources';
import type { SoapValue } from '../api/value';
import type { Junk } from '../soap/decoding/decode';
import type { HttpMethod } from '../store/http/method';
import type { HttpHead } from '../store/http/request';
import type { ExchangeEnd } from '../store/wire/exchange';
import type { Asked } from './meaning';

/** A request as it arrived, its body without compression. */
export interface Received {
  readonly request: IncomingMessage;
  readonly readable: Buffer;
  readonly place: string;
}

/** What a request would run, for policy. */
export interface Runs {
  /** It changes nothing for sure; nothing else counts then. */
  readonly reads?: boolean;
  /** None where nothing can be told. */
  readonly methods: readonly string[];
  /** Why it cannot be said for sure what the store runs, as a sentence. */
  readonly unclear: string | undefined;
}

/** What came back, read. */
export interface Heard {
  readonly outcome: ExchangeEnd;
  /** What the store answered, not masked; `undefined` when it is not a result. */
  readonly value: SoapValue | undefined;
  /** Charset that the answer was read with; `undefined` where it says none. */
  readonly charset: string | undefined;
  readonly junk: readonly Junk[];
  /** Secrets that the answer brings: a new session, a token. */
  readonly secrets: readonly string[];
}

/** How calls of one protocol are told apart, read and refused. */
export interface Traffic {
  /** Methods of HTTP that are passed on. */
  readonly verbs: readonly HttpMethod[];
  /** The place of the API that an address means, in one spelling; `undefined` where it is not of this protocol. */
  placeOf(url: URL): string | undefined;
  /** Whether the answer at an address describes the API by the address itself, which is another one for the program. */
  describes(url: URL): boolean;
  asked(received: Received): Asked;
  runs(received: Received, registry: ResourceRegistry): Runs;
  dialectOf(received: Received): Dialect | undefined;
  /** Reads a whole answer. @param mask hides what is known as secret */
  heard(answer: Answer, asked: Asked, mask: (text: string) => string): Heard;
  /** Answers a call in words of our own. @param kind `refused` by policy, a `session` that is not known, or a call that is `unknown` */
  answer(response: ServerResponse, kind: 'refused' | 'session' | 'unknown', message: string, asked: Asked): void;
  /** What a session of a replay looks like. */
  newSession(): string;
}

/** An answer with all of its bytes. */
export interface Answer {
  readonly bytes: Buffer;
  readonly head: HttpHead | undefined;
  readonly registry: ResourceRegistry | undefined;
  /** Whether the value is wanted with its rows; `false` reads them and lets go of them. */
  readonly keepsRows: boolean;
}
