import * as vscode from 'vscode';
import { t } from '../../l10n/texts';
import { ToolkitError, toToolkitError } from '../../api/errors';
import type { SoapValue } from '../../api/value';
import type { EntrySource } from '../../requests';
import type { StoreConfig } from '../../store/settings/config';
import type { Exchange } from '../../store/wire/exchange';
import type { Transport } from '../../store/wire/transport';
import { showWarning } from '../messages';
import type { Store } from '../stores/store';
import { oneLine } from '../text';

/** Ports that are tried in this order before a free one, so that a program finds the store at the same address the next day. */
const USUAL_PORTS: readonly number[] = [8192, 8193, 8194, 8195];

/** The memento key of the last port of each store, by the ID of the store. That port is tried first. */
const STATE_KEY = 'mahoSoap.watchPorts';

/** Longest time before a call is shown while a program continues to send calls, in ms. */
const SHOW_WITHIN_MS = 500;

/** Time that calls under way have to end when the window closes, in ms. VS Code does not wait long. */
const END_GRACE_MS = 500;

/** A store whose calls are watched. */
export interface WatchedStore {
  readonly store: Store;
  /** The address that programs use as the address of the shop. */
  readonly url: string;
  /** Whether writes pass although the store is read-only or production. */
  readonly allowsWrites: boolean;
  /** Number of calls that passed so far. */
  readonly calls: number;
  /** Number of calls that were refused. */
  readonly refused: number;
}

/** The dependencies of watching. */
export interface WatchPorts {
  readonly history: { record(exchange: Exchange, value: SoapValue | undefined, source: EntrySource): void };
  readonly onExchange: (exchange: Exchange) => void;
  readonly memory: vscode.Memento;
  /** All stores. */
  readonly stores: { readonly all: readonly Store[]; readonly onDidChange: vscode.Event<void> };
  /** Settings and transport of a store. @throws {ToolkitError} why it must not be contacted */
  readonly open: (store: Store) => Promise<{ readonly config: StoreConfig; readonly transport: Transport }>;
}

interface Running {
  readonly store: Store;
  readonly url: string;
  readonly allowsWrites: boolean;
  calls: number;
  refused: number;
  readonly close: (graceMs?: number) => Promise<void>;
}

/** Passes calls between programs and stores, each store at its own address, until it is stopped or the window closes. */
export class Watching implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #running = new Map<string, Running>();
  readonly #starting = new Map<string, Promise<WatchedStore>>();
  readonly #subscription: vscode.Disposable;

  /** Fires when watching a store began or ended, or when a call passed. */
  readonly onDidChange = this.#changed.event;

  constructor(private readonly ports: WatchPorts) {
    this.#subscription = ports.stores.onDidChange(() => {
      this.#leaveStale();
    });
  }

  /** The watched stores, in the order in which watching began. */
  get all(): readonly WatchedStore[] {
    return [...this.#running.values()];
  }

  /** The watched store. `undefined` if it is not watched. */
  of(store: Store): WatchedStore | undefined {
    return this.#running.get(store.id);
  }

  /**
   * Begins to watch a store. Does nothing if it is already watched.
   * @param allowsWrites whether the user allowed writes this time although the store is read-only or production
   * @throws {ToolkitError} why the store must not be contacted
   */
  async start(store: Store, allowsWrites: boolean): Promise<WatchedStore> {
    const running = this.#running.get(store.id);
    if (running !== undefined) return running;
    const starting =
      this.#starting.get(store.id) ??
      this.#start(store, allowsWrites).finally(() => {
        this.#starting.delete(store.id);
      });
    this.#starting.set(store.id, starting);
    return await starting;
  }

  /** Ends watching a store. Programs can no longer reach it at that address. */
  async stop(store: Store): Promise<void> {
    await this.#end(store.id);
  }

  /** Ends watching all stores. Calls that passed until then are in the history. */
  async close(): Promise<void> {
    await Promise.allSettled([...this.#running.keys()].map((id) => this.#end(id, END_GRACE_MS)));
  }

  dispose(): void {
    this.#subscription.dispose();
    void this.close();
    this.#changed.dispose();
  }

  async #start(store: Store, allowsWrites: boolean): Promise<WatchedStore> {
    const [{ startRecorder }, { config, transport }] = await Promise.all([import('../../record'), this.ports.open(store)]);
    const counts = { calls: 0, refused: 0 };
    const told = (exchange: Exchange, value: SoapValue | undefined, source: EntrySource): void => {
      this.ports.onExchange(exchange);
      this.ports.history.record(exchange, value, { watched: true, ...source });
      this.#changed.fire();
    };
    const recorder = await this.#onPort(store, (port) =>
      startRecorder({
        config,
        transport,
        port,
        allowWrites: allowsWrites,
        tellWithinMs: SHOW_WITHIN_MS,
        onPassed: ({ exchange, value }) => {
          counts.calls++;
          told(exchange, value, {});
        },
        onRefused: (exchange) => {
          counts.refused++;
          told(exchange, undefined, { refused: true });
        },
      }),
    ).catch((error: unknown) => {
      transport.close();
      throw error;
    });
    const running: Running = Object.assign(counts, { store, url: recorder.url, allowsWrites, close: recorder.close });
    this.#running.set(store.id, running);
    this.#changed.fire();
    this.#leaveStale();
    return running;
  }

  async #onPort<T extends { readonly url: string }>(store: Store, start: (port: number) => Promise<T>): Promise<T> {
    const kept = this.#keptPorts();
    const last = kept[store.id];
    for (const port of [...(last === undefined ? [] : [last]), ...USUAL_PORTS, 0]) {
      try {
        const started = await start(port);
        await this.ports.memory.update(STATE_KEY, { ...kept, [store.id]: Number(new URL(started.url).port) });
        return started;
      } catch (error) {
        if (port === 0 || !(error instanceof ToolkitError && error.code === 'cannot-listen')) throw error;
      }
    }
    throw new RangeError('A free port is the last that is tried.');
  }

  #keptPorts(): Readonly<Record<string, number>> {
    const kept = this.ports.memory.get<unknown>(STATE_KEY);
    if (typeof kept !== 'object' || kept === null) return {};
    return Object.fromEntries(Object.entries(kept).filter((entry): entry is [string, number] => typeof entry[1] === 'number'));
  }

  async #end(id: string, graceMs?: number): Promise<void> {
    const running = this.#running.get(id);
    if (running === undefined) return;
    this.#running.delete(id);
    this.#changed.fire();
    await running.close(graceMs);
  }

  /** Ends watching stores whose settings changed: the address may be another one now, or writes may be forbidden. */
  #leaveStale(): void {
    for (const { store } of this.#running.values()) {
      if (this.ports.stores.all.includes(store)) continue;
      this.#end(store.id).catch((error: unknown) => {
        void showWarning(toToolkitError(error).message);
      });
      void showWarning(
        t('Calls to {store} are no longer watched, because its settings changed or it was removed.', { store: oneLine(store.name) }),
      );
    }
  }
}
