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

/** The facts about a store that has answered. */
export interface Connection {
  readonly client: StoreClient;
  readonly dialect: Dialect;
  readonly product: Product;
  /** The generation of the product, and how it is known. `undefined` where nothing tells it. */
  readonly generation?: KnownGeneration | undefined;
  readonly namespace: string;
  /** The address that calls are posted to. */
  readonly endpoint: string;
}

/** The secrets of a store, and the callbacks for what happens in it. */
export interface StorePorts {
  /** The key, if it is known. Never asks for it. */
  readonly key: () => Promise<string | undefined>;
  readonly webPassword: () => Promise<string | undefined>;
  /** Asks for the key. @returns whether one was entered */
  readonly askKey: () => Promise<boolean>;
  /** Called when the store refused the key. */
  readonly onKeyRefused: () => Promise<void>;
  readonly onExchange: (exchange: Exchange) => void;
}

/** The identity of a store, and its settings. */
export interface StoreIdentity {
  readonly id: string;
  readonly name: string;
  readonly config: StoreConfig | undefined;
  /** Why the store cannot be contacted at all. */
  readonly problem: ToolkitError | undefined;
  /** The entry of the settings. `undefined` for the demo store. */
  readonly listed: ListedStore | undefined;
}

/** One store of the tree: its connection, or the reason why there is none. Fires on every change. */
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
  /** Whether its settings forbid writes. None are offered then. */
  get readOnly(): boolean {
    return this.config?.readOnly === true;
  }

  /** Whether its name has to be typed before a write. A changed entry is another store, and asks again. */
  get asksName(): boolean {
    return this.environment === 'production' && !(this.#nameTyped && nameTypedOnce());
  }
  /** Notes that its name was typed to confirm a write. */
  typedName(): void {
    this.#nameTyped = true;
  }

  /** Why something cannot be done in this store over its dialect. `undefined` where it can be done, or where that is not known. */
  cannot(ability: Ability): string | undefined {
    return reasonAgainst(this.#connection?.dialect ?? this.config?.dialect, ability);
  }

  /** The connection, while there is one. */
  get connection(): Connection | undefined {
    return this.#connection;
  }
  /** Why the last attempt to connect failed, or why the connection ended. The code is `key-missing` when the key was not asked for yet. */
  get failure(): ToolkitError | undefined {
    return this.#failure;
  }
  /** Aborted when the store is disconnected. */
  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  /** Connects, unless an attempt has already failed. See {@link failure} for the result. Callers share one attempt. */
  async connect(): Promise<void> {
    // An attempt that was cut off by a reset says nothing about the store, so its callers wait for the next one.
    while (this.#connection === undefined && this.#failure === undefined && this.config !== undefined && !this.signal.aborted) {
      this.#connecting ??= this.#tryConnect(this.config).finally(() => {
        this.#connecting = undefined;
        this.#changed.fire();
      });
      await this.#connecting;
    }
  }

  /**
   * The connection. Connects if there is none.
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
   * The connection for an action of the user. Tries a failed connection again, and asks for a missing key. Callers share one attempt, since
   * a new one would cut off the attempt under way.
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
   * Takes an error of a call. If the login or the WSDL failed, the whole connection has failed, rather than one call.
   * @returns whether the connection has failed
   */
  async lost(error: unknown): Promise<boolean> {
    const phase = noteOf(error).exchange?.method;
    if (phase !== 'login' && phase !== 'wsdl') return false;
    await this.#failed(error);
    this.#changed.fire();
    return true;
  }

  /**
   * Ends the session and stops what is under way. The store stays disconnected until {@link reset}, since a tree that shows it would
   * otherwise connect again immediately.
   */
  async disconnect(): Promise<void> {
    this.#stop.abort();
    this.#failure = new ToolkitError('input', { code: 'disconnected', what: t('Disconnected.'), next: t('Retry to connect again.') });
    const closed = this.#close();
    this.#changed.fire();
    await closed;
  }

  /** Ends the session and stops what is under way. The store cannot be used again. */
  async close(): Promise<void> {
    this.#stop.abort();
    await this.#close();
  }

  /** Forgets the result of the last attempt, so that the next one starts afresh. */
  async reset(): Promise<void> {
    this.#stop.abort();
    this.#stop = new AbortController();
    this.#failure = undefined;
    const closed = this.#close();
    this.#changed.fire();
    await closed;
  }

  /**
   * The settings and secrets that the doctor needs to examine this store. Secrets that are not known are empty.
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
    // Fault 2 at the login means a wrong user or key. After the login, it means a missing right (facts §3).
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
        const words = t('{name} received too many requests: waiting {seconds} s', { name: this.name, seconds: Math.round(ms / 1000) });
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
    next: t('Enter it once. It is kept in the secret storage.'),
  });
}

function raise(error: Error): never {
  throw error;
}
