import * as vscode from 'vscode';
import { t } from '../../l10n/texts';
import type { Dialect } from '../../api/dialect';
import { reasonAgainst, type Ability } from '../../api/dialect-facets';
import { FaultError, ToolkitError, toToolkitError } from '../../api/errors';
import type { Product } from '../../soap/wsdl/wsdl';
import type { ClientPorts, StoreClient } from '../../store/calls/client';
import type { StoreConfig } from '../../store/settings/config';
import type { Exchange } from '../../store/wire/exchange';
import type { KnownGeneration } from '../../store/doctor/generation';
import { noteOf } from '../../store/wire/note';
import { nameTypedOnce } from './confirm-name';
import type { Environment } from './environments';
import type { ListedStore } from './store-settings';
import { proxyPort } from './proxy-settings';

/** What is known about a store once it has answered. */
export interface Connection {
  readonly client: StoreClient;
  readonly dialect: Dialect;
  readonly product: Product;
  /** Which generation of the product it is, and what tells that; `undefined` where nothing does. */
  readonly generation?: KnownGeneration | undefined;
  readonly namespace: string;
  /** Address that calls are posted to. */
  readonly endpoint: string;
}

/** Where a store gets its secrets from, and whom it tells what it does. */
export interface StorePorts {
  /** The key if it is known; it is not asked for. */
  readonly key: () => Promise<string | undefined>;
  readonly webPassword: () => Promise<string | undefined>;
  /** Asks for the key. @returns whether one was entered */
  readonly askKey: () => Promise<boolean>;
  /** The store refused the key. */
  readonly onKeyRefused: () => Promise<void>;
  readonly onExchange: (exchange: Exchange) => void;
}

/** What a store is shown as. */
export interface StoreIdentity {
  readonly id: string;
  readonly name: string;
  readonly config: StoreConfig | undefined;
  /** Why the store cannot be contacted at all. */
  readonly problem: ToolkitError | undefined;
  /** The entry of the settings; `undefined` for the demo store. */
  readonly listed: ListedStore | undefined;
}

/** One store of the tree: whether it is connected, and why not. Listeners are told of every change. */
export class Store implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  #client: StoreClient | undefined;
  #connection: Connection | undefined;
  #failure: ToolkitError | undefined;
  #connecting: Promise<void> | undefined;
  #wanted: Promise<Connection> | undefined;
  #stop = new AbortController();
  #nameTyped = false;

  readonly onDidChange = this.#changed.event;

  constructor(
    private readonly identity: StoreIdentity,
    private readonly ports: StorePorts,
  ) {}

  get id(): string {
    return this.identity.id;
  }
  get name(): string {
    return this.identity.name;
  }
  get config(): StoreConfig | undefined {
    return this.identity.config;
  }
  get listed(): ListedStore | undefined {
    return this.identity.listed;
  }
  get problem(): ToolkitError | undefined {
    return this.identity.problem;
  }
  get environment(): Environment | undefined {
    return this.config?.environment;
  }
  /** Whether its settings allow no writes: then none are offered. */
  get readOnly(): boolean {
    return this.config?.readOnly === true;
  }

  /** Whether its name has to be typed before it is written to. An entry that is changed is another store, and asks again. */
  get asksName(): boolean {
    return this.environment === 'production' && !(this.#nameTyped && nameTypedOnce());
  }
  /** Its name was typed to confirm a write. */
  typedName(): void {
    this.#nameTyped = true;
  }

  /** Why something cannot be done in this store over its dialect; `undefined` where it can, and where that is not known. */
  cannot(ability: Ability): string | undefined {
    return reasonAgainst(this.#connection?.dialect ?? this.config?.dialect, ability);
  }

  /** The connection, while there is one. */
  get connection(): Connection | undefined {
    return this.#connection;
  }
  /** Why the last attempt to connect, or to go on, ended. Code `key-missing` when the key was not asked for yet. */
  get failure(): ToolkitError | undefined {
    return this.#failure;
  }
  /** Aborted when the store is disconnected. */
  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  /** Connects unless that was tried already; see {@link failure} for how it ended. One attempt at a time. */
  async connect(): Promise<void> {
    // An attempt that a reset cut off says nothing about the store: its callers wait for the next one.
    while (this.#connection === undefined && this.#failure === undefined && this.config !== undefined && !this.signal.aborted) {
      this.#connecting ??= this.#tryConnect(this.config).finally(() => {
        this.#connecting = undefined;
        this.#changed.fire();
      });
      await this.#connecting;
    }
  }

  /**
   * The connection, made now if there is none.
   * @throws {ToolkitError} the reason why there is none
   */
  async connected(): Promise<Connection> {
    await this.connect();
    if (this.#connection !== undefined) return this.#connection;
    throw (
      this.problem ??
      this.#failure ??
      new ToolkitError('input', { code: 'disconnected', what: t('{name} is not connected.', { name: this.name }) })
    );
  }

  /**
   * The connection, for an action of the user: what failed before is tried again, and a missing key is asked for.
   * Calls meanwhile get the same answer: starting afresh would cut off the attempt under way.
   * @throws {ToolkitError} the reason why there is none
   */
  async wanted(): Promise<Connection> {
    this.#wanted ??= this.#tryAgain().finally(() => {
      this.#wanted = undefined;
    });
    return await this.#wanted;
  }

  async #tryAgain(): Promise<Connection> {
    if (this.#failure !== undefined && this.#failure.code !== 'key-missing') await this.reset();
    await this.connect();
    if (this.#failure?.code === 'key-missing' && (await this.ports.askKey())) await this.reset();
    return await this.connected();
  }

  /**
   * Says that the connection as a whole failed: the login or the way to the store, rather than one call.
   * @returns whether it was such a failure
   */
  async lost(error: unknown): Promise<boolean> {
    const phase = noteOf(error).exchange?.method;
    if (phase !== 'login' && phase !== 'wsdl') return false;
    await this.#failed(error);
    this.#changed.fire();
    return true;
  }

  /**
   * Ends the session and stops what is under way. The store stays so until {@link reset}: a tree that shows it would connect again at once.
   */
  async disconnect(): Promise<void> {
    this.#stop.abort();
    this.#failure = new ToolkitError('input', { code: 'disconnected', what: t('Disconnected.'), next: t('Retry to connect again.') });
    const closed = this.#close();
    this.#changed.fire();
    await closed;
  }

  /** Ends the session and stops what is under way, for good. */
  async close(): Promise<void> {
    this.#stop.abort();
    await this.#close();
  }

  /** Forgets how the last attempt went: the next one starts afresh. */
  async reset(): Promise<void> {
    this.#stop.abort();
    this.#stop = new AbortController();
    this.#failure = undefined;
    const closed = this.#close();
    this.#changed.fire();
    await closed;
  }

  /**
   * What the doctor needs to examine this store, secrets as far as they are known.
   * @throws {ToolkitError} why the store must not be contacted at all
   */
  forDoctor(): { readonly config: StoreConfig; readonly ports: ClientPorts } {
    if (this.config === undefined || this.problem !== undefined)
      throw this.problem ?? new ToolkitError('input', { code: 'store-gone', what: t('This store has no settings.') });
    const { key, webPassword, onExchange } = this.ports;
    return {
      config: this.config,
      ports: { key: async () => (await key()) ?? '', webPassword: async () => (await webPassword()) ?? '', onExchange, proxy: proxyPort },
    };
  }

  dispose(): void {
    void this.close();
    this.#changed.dispose();
  }

  async #tryConnect(config: StoreConfig): Promise<void> {
    const { signal } = this.#stop;
    try {
      if ((await this.ports.key()) === undefined) throw keyMissing(config);
      const client = await this.#open(config, signal);
      const { dialect, product, namespace } = await client.describe(signal);
      await client.login(signal);
      if (!signal.aborted)
        this.#connection = { client, dialect, product, namespace, generation: client.generation, endpoint: client.url ?? config.url };
    } catch (error) {
      if (!signal.aborted) await this.#failed(error);
    }
  }

  async #failed(error: unknown): Promise<void> {
    this.#failure = toToolkitError(error);
    // Fault 2 at the login is a wrong user or key; after it, a missing right (facts §3).
    if (error instanceof FaultError && error.code === '2' && noteOf(error).exchange?.method === 'login') await this.ports.onKeyRefused();
    await this.#close();
  }

  async #open(config: StoreConfig, signal: AbortSignal): Promise<StoreClient> {
    const { StoreClient } = await import('../../store/calls/client');
    signal.throwIfAborted();
    const { key, webPassword, onExchange } = this.ports;
    this.#client = new StoreClient(config, {
      key: async () => (await key()) ?? raise(keyMissing(config)),
      webPassword: async () => (await webPassword()) ?? '',
      onExchange,
      onWait: ({ ms }) => {
        const words = t('{name} asks for fewer requests: waiting {seconds} s', { name: this.name, seconds: Math.round(ms / 1000) });
        vscode.window.setStatusBarMessage(words, ms);
      },
      proxy: proxyPort,
    });
    return this.#client;
  }

  async #close(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    this.#connection = undefined;
    await client?.close();
  }
}

function keyMissing({ user }: StoreConfig): ToolkitError {
  return new ToolkitError('input', {
    code: 'key-missing',
    what: t('The API key of {user} is needed.', { user }),
    next: t('Enter it once; it is kept in the secret storage.'),
  });
}

function raise(error: Error): never {
  throw error;
}
