import type { Dialect } from '../api/dialect';
import type { GenerationId, ProductId } from '../api/generations';

/** One record of a seed: values in V1's form by attribute code, as in a V1 list. `addresses` may contain the customer's addresses. */
export type SeedRecord = Readonly<Record<string, unknown>>;

/** Options of a demo store. All of them are optional. */
export interface DemoStoreOptions {
  /** Port of V1 and V2; 0 or undefined for a free one. */
  readonly port?: number;
  /** Port of WS-I; 0 or undefined for a free one. A real shop has WS-I on the same URL, as a setting. */
  readonly wsiPort?: number;
  /**
   * Address to listen on. With any address except loopback, other computers can connect; see {@link DemoStore.loopback}. Default
   * `127.0.0.1`.
   */
  readonly host?: string;
  /** Host names of the store in addition to those of this computer, without ports. Requests for other names are refused. */
  readonly allowHosts?: readonly string[];
  /** How many synthetic customers to create when there is neither a seed file nor an existing data file. Default 60. */
  readonly customers?: number;
  /** Seed of the synthetic customers: the same seed results in the same customers. Default 1. */
  readonly seed?: number;
  /** Customers to use instead: a JSON file with a list of attribute maps, or the list itself. */
  readonly seedFile?: string | readonly SeedRecord[];
  /** Product and version that the store behaves like. A product alone is its newest version. Default `maho`. */
  readonly product?: ProductId | GenerationId;
  /** File that stores the data between runs and survives a kill of the process at any moment. Without it, data is kept in memory only. */
  readonly dataFile?: string;
  /** Faults for every request from the start; see {@link DemoStore.setFaults}. */
  readonly faults?: DemoFaults;
  /** Called for each request after its response was handed over to be sent. */
  readonly onRequest?: (entry: RequestLogEntry) => void;
  /** How many requests {@link DemoStore.requests} keeps. Default 500. */
  readonly logSize?: number;
  /** Seconds after which an unused session ends (facts §3). Default 3,600. */
  readonly sessionTimeout?: number;
  /** Time zone of the store views as an IANA name. Default `America/New_York`, as in the recorded store. */
  readonly timeZone?: string;
  /** Largest accepted request body, in bytes. Default 16 MiB. */
  readonly maxBody?: number;
  /** Time limit for receiving a request, in milliseconds. Default 10,000 for the headers and 30,000 in total. */
  readonly requestTimeout?: number;
  /** Current time of the store, for tests that need fixed times. */
  readonly now?: () => Date;
  /**
   * Whether programs can control the store over HTTP at `/__demo/`, as {@link DemoStore} does in this process (docs/demo-store.md). If
   * there is a token, requests must send it as `Authorization: Bearer TOKEN`. A store that other computers can reach always has a token,
   * which is generated if none is given. Default `false`.
   */
  readonly control?: boolean | { readonly token: string };
}

/** The faults that a demo store can simulate, for testing error handling. */
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

/** Faults to simulate. The value is in milliseconds for `slow`, and on/off for all others. */
export interface DemoFaults {
  /** Waits for this time before it responds, in milliseconds. */
  readonly slow?: number;
  /** Closes the connection without a response. The request has been carried out. */
  readonly drop?: boolean;
  /** Sends the first half of the response and closes the connection. */
  readonly truncate?: boolean;
  /** Puts a PHP notice before the XML. */
  readonly notice?: boolean;
  /** Puts a byte order mark before the XML. */
  readonly bom?: boolean;
  /** Responds with the shop's HTML error page and status 503. */
  readonly 'html-503'?: boolean;
  /** Ends every session before the request is read, so that the request gets fault 5. */
  readonly 'expire-sessions'?: boolean;
  /** Responds with fault 2, as for a user without the permission. */
  readonly deny?: boolean;
  /** Responds as PHP does when it is out of memory: HTTP 500 with a fault. */
  readonly 'memory-limit'?: boolean;
  /** Redirects to another URL, as a shop does after its URL has changed. */
  readonly redirect?: boolean;
  /** Responds with 404 without a body, as a new Maho 26.7 does until SOAP is turned on. */
  readonly 'soap-off'?: boolean;
  /** Responds to requests of the REST API with 404 and an error in JSON, as a new Maho 26.7 does until REST is turned on. */
  readonly 'rest-off'?: boolean;
  /** Serves the WSDL, but responds to every call with 500 without a body, as Maho 26.7 does without the package laminas/laminas-soap. */
  readonly 'soap-missing'?: boolean;
  /** Leaves the port out of the URL in the WSDL and cannot fetch its own WSDL, as Maho 26.7 does on an unusual port. */
  readonly 'port-lost'?: boolean;
  /** Sends two Content-Length headers over V2 and WS-I, the first one with a wrong value, as Maho 26.7 does under PHP's built-in server. */
  readonly 'two-lengths'?: boolean;
  /** Responds with the shop's maintenance page and status 503. */
  readonly maintenance?: boolean;
}

/** A SOAP fault that the store responds with instead of carrying out a call. */
export interface SoapFaultOnDemand {
  /** Such as `102`, or `SOAP-ENV:Server`. */
  readonly code: string;
  readonly message: string;
}

/** Faults for some calls. A rule without a method applies to calls of every method, including `login`. */
export interface FaultRule {
  /** Path such as `customer.list`, or a protocol operation such as `login`. */
  readonly method?: string | undefined;
  /** How many calls it applies to, beginning with the next one; all calls if it is missing. */
  readonly calls?: number | undefined;
  readonly faults?: DemoFaults | undefined;
  readonly answer?: SoapFaultOnDemand | undefined;
}

/** Synthetic customers; see {@link DemoStoreOptions.customers} and {@link DemoStoreOptions.seed}. */
export interface SyntheticSeed {
  readonly customers: number;
  readonly seed?: number | undefined;
}

/** A change of the store's clock: stop at a moment, move forward, or follow this computer's clock. */
export type ClockSetting = { readonly now: Date | string } | { readonly advance: number } | { readonly real: true };

/** An API user to set. */
export interface DemoUser {
  readonly user: string;
  readonly key: string;
  /** `all`, or permissions such as `customer/info`. */
  readonly rights: 'all' | readonly string[];
  /** Codes of the store views that the user is limited to, which only REST checks; missing for all store views. */
  readonly stores?: readonly string[] | undefined;
}

/** Controls a running store from this process. Each function validates its input and throws a `ToolkitError` of kind `input`. */
export interface DemoControls {
  /**
   * Restores the state at the start: rows, users, clock, session timeout and faults. Ends all sessions, and removes all entries of the
   * request log and all snapshots.
   */
  reset(): Promise<void>;
  /** Replaces the customers and addresses with records, those of a JSON file, or synthetic ones. Sessions stay. */
  load(seed: string | readonly SeedRecord[] | SyntheticSeed): Promise<void>;
  /** Takes a snapshot of the rows in memory, under a name, replacing an earlier one of this name. The default name is `default`. */
  snapshot(name?: string): void;
  /** Restores the rows of a snapshot, any number of times. */
  restore(name?: string): Promise<void>;
  /** Adds faults for a method, for the next calls, or for both. */
  addFault(rule: FaultRule): void;
  /** Removes all faults: the rules, and those for all requests. */
  clearFaults(): void;
  /** The active rules, with the number of calls that they still apply to. */
  readonly faultRules: readonly FaultRule[];
  /** Sets the clock, which the store uses for the times that it writes and for the age of sessions. `advance` is in seconds. */
  setClock(setting: ClockSetting): void;
  /** The time of the clock. */
  readonly now: Date;
  /** Sets the seconds after which an unused session ends, also for open sessions. */
  setSessionTimeout(seconds: number): void;
  /** Ends every session, so that its next call gets fault 5. */
  endSessions(): void;
  /** Replaces the users and ends all sessions. */
  setUsers(users: readonly DemoUser[]): void;
  /** Removes all entries of the request log. */
  clearRequests(): void;
}

/** One entry of the request log. API keys, passwords, hashes and session IDs are never logged. */
export interface RequestLogEntry {
  readonly time: Date;
  readonly dialect: Dialect;
  /** Method such as `customer.list`, operation such as `login`, `wsdl`, or the request's method and path. */
  readonly method: string;
  /** Shortened arguments with secrets masked; an empty text when there are none. */
  readonly args: string;
  /** Arguments by name with secrets masked. Long values are cut. Text is not distinguished from the special values of a dialect. */
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly user: string | undefined;
  readonly status: number;
  readonly fault: { readonly code: string; readonly message: string } | undefined;
  /** From the first byte of the request to the response, in milliseconds. */
  readonly ms: number;
  /** Size of the response in bytes. */
  readonly bytes: number;
}

/** A running demo store. */
export interface DemoStore extends DemoControls {
  readonly urls: { readonly v1: string; readonly v2: string; readonly wsi: string };
  /** Base of the REST API; `undefined` where the product has none. */
  readonly restUrl: string | undefined;
  readonly ports: { readonly rpc: number; readonly wsi: number };
  /** Whether only this computer can reach it. If not, the program that starts the store must tell the user. */
  readonly loopback: boolean;
  /** API users and their permissions. The API keys are not secret: every demo store has the same. */
  readonly users: readonly { readonly user: string; readonly key: string; readonly rights: string }[];
  /**
   * Mails that the store would have sent, oldest first. A customer created over REST gets a welcome mail, one created over SOAP does not.
   * The mail for a forgotten password contains the token that sets a new one.
   */
  readonly mails: readonly { readonly to: string; readonly subject: 'welcome' | 'reset-password'; readonly resetToken?: string }[];
  /** Number of customers in the store. */
  customers(): number;
  /** The latest requests, oldest first. */
  readonly requests: readonly RequestLogEntry[];
  /** Replaces the faults for all requests. The header `X-Demo-Fault: slow=2s, notice` sets the faults of a single request. */
  setFaults(faults: DemoFaults): void;
  /** The active faults. */
  readonly faults: DemoFaults;
  /** The HTTP interface for control; `undefined` when {@link DemoStoreOptions.control} is off. */
  readonly control: { readonly url: string; readonly token: string | undefined } | undefined;
  /**
   * Allows the process to end while the store runs, so that a test runner does not hang when `close` is forgotten.
   * @returns the store
   */
  unref(): DemoStore;
  /** Stops listening, ends open connections and writes pending changes to the data file. */
  close(): Promise<void>;
}
