import type { Dialect } from '../api/dialect';
import type { GenerationId, ProductId } from '../api/generations';

/** One record of a seed: attribute codes to V1 values, as in a V1 list. `addresses` may hold the customer's addresses. */
export type SeedRecord = Readonly<Record<string, unknown>>;

/** What a demo store starts with. Everything may be left out. */
export interface DemoStoreOptions {
  /** Port of V1 and V2; 0 or missing takes a free one. */
  readonly port?: number;
  /** Port of WS-I, which in a real shop is a switch on the same URL; 0 or missing takes a free one. */
  readonly wsiPort?: number;
  /** Address to listen on. Anything but loopback lets other machines in; see {@link DemoStore.loopback}. Default `127.0.0.1`. */
  readonly host?: string;
  /** Names that the store answers to besides those of this machine, without ports. Requests for other names are refused. */
  readonly allowHosts?: readonly string[];
  /** How many synthetic customers to stock when nothing else says what is in the store. Default 60. */
  readonly customers?: number;
  /** Seed of the synthetic customers: the same seed gives the same customers. Default 1. */
  readonly seed?: number;
  /** Customers to stock instead: a JSON file with a list of attribute maps, or the list itself. */
  readonly seedFile?: string | readonly SeedRecord[];
  /** Product and version that the store answers like; a product alone means its newest version. Default `maho`. */
  readonly product?: ProductId | GenerationId;
  /** File that keeps the store between runs and survives a kill at any moment. In memory only when missing. */
  readonly dataFile?: string;
  /** Faults for every request from the start; see {@link DemoStore.setFaults}. */
  readonly faults?: DemoFaults;
  /** Told of each request after its answer was handed over. */
  readonly onRequest?: (entry: RequestLogEntry) => void;
  /** How many requests {@link DemoStore.requests} remembers. Default 500. */
  readonly logSize?: number;
  /** Seconds after which an unused session ends (facts §3). Default 3,600. */
  readonly sessionTimeout?: number;
  /** Time zone of the store views, as IANA name. Default `America/New_York`, as in the recorded store. */
  readonly timeZone?: string;
  /** Largest request body that is read, in bytes. Default 16 MiB. */
  readonly maxBody?: number;
  /** Milliseconds within which a request must have arrived, headers and body. Default 10,000 for headers, 30,000 in all. */
  readonly requestTimeout?: number;
  /** The store's clock, for tests that need the times it writes. */
  readonly now?: () => Date;
  /**
   * Lets programs steer the store over HTTP at `/__demo/`, as {@link DemoStore} does in this process (docs/demo-store.md). A token is asked
   * for as `Authorization: Bearer TOKEN`; a store that other machines reach always has one, made up when none is given. Default `false`.
   */
  readonly control?: boolean | { readonly token: string };
}

/** Kinds of trouble a demo store can make on demand, for people testing their error handling. */
export const faultKinds = [
  'slow',
  'drop',
  'truncate',
  'notice',
  'bom',
  'html-503',
  'expire-sessions',
  'deny',
  'memory-limit',
  'redirect',
  'soap-off',
  'rest-off',
  'soap-missing',
  'port-lost',
  'two-lengths',
  'maintenance',
] as const;

/** See {@link faultKinds}. */
export type FaultKind = (typeof faultKinds)[number];

/** Trouble to make. The values are milliseconds for `slow` and on/off for the rest. */
export interface DemoFaults {
  /** Waits so many milliseconds before it answers. */
  readonly slow?: number;
  /** Closes the connection without an answer. The request has been carried out. */
  readonly drop?: boolean;
  /** Sends the first half of the answer and closes the connection. */
  readonly truncate?: boolean;
  /** Puts a PHP notice before the XML. */
  readonly notice?: boolean;
  /** Puts a byte order mark before the XML. */
  readonly bom?: boolean;
  /** Answers with the shop's HTML error page and status 503. */
  readonly 'html-503'?: boolean;
  /** Ends every session before the request is looked at, so that it gets fault 5. */
  readonly 'expire-sessions'?: boolean;
  /** Answers fault 2, as for a user without the right. */
  readonly deny?: boolean;
  /** Answers as PHP does when its memory ran out: HTTP 500 with a fault. */
  readonly 'memory-limit'?: boolean;
  /** Redirects to another address, as a shop does that changed its URL. */
  readonly redirect?: boolean;
  /** Answers 404 without a body, as a new Maho 26.7 does until somebody switches SOAP on. */
  readonly 'soap-off'?: boolean;
  /** Answers requests to the REST API as a new Maho 26.7 does until somebody switches it on: 404 with an error in JSON. */
  readonly 'rest-off'?: boolean;
  /** Answers the WSDL, and every call with 500 without a body, as Maho 26.7 does without the package laminas/laminas-soap. */
  readonly 'soap-missing'?: boolean;
  /** Leaves the port out of the WSDL's address and cannot fetch the WSDL itself, as Maho 26.7 on an unusual port. */
  readonly 'port-lost'?: boolean;
  /** Sends two Content-Length headers over V2 and WS-I, the first of them wrong, as Maho 26.7 does under PHP's built-in server. */
  readonly 'two-lengths'?: boolean;
  /** Answers with the shop's maintenance page and status 503. */
  readonly maintenance?: boolean;
}

/** A SOAP fault that is answered instead of carrying a call out. */
export interface SoapFaultOnDemand {
  /** Such as `102`, or `SOAP-ENV:Server`. */
  readonly code: string;
  readonly message: string;
}

/** Trouble for some calls. Without a method it is for calls of every method, `login` included. */
export interface FaultRule {
  /** Path such as `customer.list`, or an operation of the protocol such as `login`. */
  readonly method?: string | undefined;
  /** For how many calls, the next one first; for all of them when missing. */
  readonly calls?: number | undefined;
  readonly faults?: DemoFaults | undefined;
  readonly answer?: SoapFaultOnDemand | undefined;
}

/** Customers that are made up, as {@link DemoStoreOptions.customers} and {@link DemoStoreOptions.seed} say. */
export interface SyntheticSeed {
  readonly customers: number;
  readonly seed?: number | undefined;
}

/** What the clock of a store is to do: stop at a moment, be put on, or go as the clock of this machine. */
export type ClockSetting = { readonly now: Date | string } | { readonly advance: number } | { readonly real: true };

/** A user of the API, as it is set. */
export interface DemoUser {
  readonly user: string;
  readonly key: string;
  /** `all`, or rights such as `customer/info`. */
  readonly rights: 'all' | readonly string[];
  /** Codes of the store views that the user is bound to, which REST alone looks at; all of them otherwise. */
  readonly stores?: readonly string[] | undefined;
}

/** Steers a running store, from this process. Each of these checks what it is given and throws a `ToolkitError` of kind `input`. */
export interface DemoControls {
  /**
   * Makes the store as it was when it was started: its rows, users, clock, session time and faults. Sessions end, and the list of requests
   * and the snapshots are empty.
   */
  reset(): Promise<void>;
  /** Replaces the customers and addresses: by records, by those of a JSON file, or by some that are made up. Sessions stay. */
  load(seed: string | readonly SeedRecord[] | SyntheticSeed): Promise<void>;
  /** Keeps the rows as they are under a name, in memory. A name that is in use gets the new rows; without one it is `default`. */
  snapshot(name?: string): void;
  /** Brings back the rows of a snapshot, as often as wanted. */
  restore(name?: string): Promise<void>;
  /** Adds trouble for a method, for the next calls, or for both. */
  addFault(rule: FaultRule): void;
  /** Takes away all trouble: rules, and the faults that all requests get. */
  clearFaults(): void;
  /** Rules in force, with the calls that they are still for. */
  readonly faultRules: readonly FaultRule[];
  /** Sets the clock. Times that the store writes follow it, and so does the age of sessions. `advance` is in seconds. */
  setClock(setting: ClockSetting): void;
  /** What the clock says. */
  readonly now: Date;
  /** Seconds after which an unused session ends, also for those that are open. */
  setSessionTimeout(seconds: number): void;
  /** Ends every session, so that each next call gets fault 5. */
  endSessions(): void;
  /** Replaces the users. Sessions end. */
  setUsers(users: readonly DemoUser[]): void;
  /** Empties the list of requests. */
  clearRequests(): void;
}

/** One request as the log shows it. Keys, passwords, hashes and session ids never get in here. */
export interface RequestLogEntry {
  readonly time: Date;
  readonly dialect: Dialect;
  /** Method such as `customer.list`, operation such as `login`, `wsdl`, or what else was asked for. */
  readonly method: string;
  /** Arguments in short, with secrets masked; an empty text when there are none. */
  readonly args: string;
  /** Arguments by name, with secrets masked; long ones are cut. What an argument means in the dialect is not told apart from text. */
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly user: string | undefined;
  readonly status: number;
  readonly fault: { readonly code: string; readonly message: string } | undefined;
  /** From the first byte of the request to the answer, in milliseconds. */
  readonly ms: number;
  /** Bytes of the answer. */
  readonly bytes: number;
}

/** A running demo store. */
export interface DemoStore extends DemoControls {
  readonly urls: { readonly v1: string; readonly v2: string; readonly wsi: string };
  /** Base of the REST API; `undefined` where the product has none. */
  readonly restUrl: string | undefined;
  readonly ports: { readonly rpc: number; readonly wsi: number };
  /** Whether only this machine can reach it. Hosts say so to the user when it is false. */
  readonly loopback: boolean;
  /** API users and what they may do; the keys are not secret, every demo store has the same. */
  readonly users: readonly { readonly user: string; readonly key: string; readonly rights: string }[];
  /**
   * Mails that the store would have sent, oldest first: a customer created over REST is welcomed, over SOAP it is not. The mail to somebody
   * who forgot the password carries the token to set a new one.
   */
  readonly mails: readonly { readonly to: string; readonly subject: 'welcome' | 'reset-password'; readonly resetToken?: string }[];
  /** Customers in the store now. */
  customers(): number;
  /** The latest requests, oldest first. */
  readonly requests: readonly RequestLogEntry[];
  /** Replaces the faults that all requests get. The header `X-Demo-Fault: slow=2s, notice` does it for one request. */
  setFaults(faults: DemoFaults): void;
  /** Faults in force. */
  readonly faults: DemoFaults;
  /** Where programs steer the store over HTTP; `undefined` when {@link DemoStoreOptions.control} is off. */
  readonly control: { readonly url: string; readonly token: string | undefined } | undefined;
  /**
   * Lets the process end while the store runs, so that a test runner does not hang when `close` is forgotten.
   * @returns the store
   */
  unref(): DemoStore;
  /** Stops listening, ends open connections and writes what is left to the data file. */
  close(): Promise<void>;
}
