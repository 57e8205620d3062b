import * as vscode from 'vscode';
import { t } from '../../l10n/texts';
import { dialectLabels, soapDialects, type SoapDialect } from '../../api/dialect';
import { ToolkitError } from '../../api/errors';
import type { DemoFaults, DemoStore, RequestLogEntry } from '../../demo';
import type { Exchange } from '../../store/wire/exchange';
import { Store } from './store';

/** A demo store that runs in this window, with one store of the tree for each dialect it speaks. */
export interface RunningDemo extends vscode.Disposable {
  /** Port of V1 and V2. */
  readonly port: number;
  readonly user: string;
  readonly key: string;
  readonly stores: readonly Store[];
  /** Requests answered since it started, from any client. */
  readonly answered: number;
  /** Trouble it makes on demand. */
  readonly faults: DemoFaults;
  setFaults(faults: DemoFaults): void;
}

/** Where demo stores start if the port is free: the same address every day is easier to work with. */
const USUAL_PORT = 8190;

/** Starts and stops the embedded demo store. It lives in the extension host and ends with it. */
export class DemoHost implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  #running: RunningDemo | undefined;
  #starting: Promise<RunningDemo> | undefined;
  /** Aborted when it is stopped, also before it runs. */
  #stop = new AbortController();

  readonly onDidChange = this.#changed.event;

  constructor(
    private readonly onExchange: (exchange: Exchange) => void,
    private readonly onRequest: (entry: RequestLogEntry) => void,
  ) {}

  /** The demo store while it runs. */
  get running(): RunningDemo | undefined {
    return this.#running;
  }

  /**
   * Starts it unless it runs. One attempt at a time.
   * @throws {ToolkitError} with code `demo-stopped` when it is stopped meanwhile
   */
  async start(): Promise<RunningDemo> {
    if (this.#running !== undefined) return this.#running;
    const { signal } = this.#stop;
    this.#starting ??= this.#start(signal).finally(() => {
      if (!signal.aborted) this.#starting = undefined;
    });
    return await this.#starting;
  }

  /** Lets it make trouble on demand; nothing happens when it does not run. */
  setFaults(faults: DemoFaults): void {
    this.#running?.setFaults(faults);
    this.#changed.fire();
  }

  /** Stops it, with everything that was written to it, also while it is starting; nothing happens when it does not run. */
  stop(): void {
    this.#end();
    this.#stop = new AbortController();
    this.#changed.fire();
  }

  dispose(): void {
    this.#end();
    this.#changed.dispose();
  }

  #end(): void {
    this.#stop.abort();
    this.#starting = undefined;
    this.#running?.dispose();
    this.#running = undefined;
  }

  async #start(signal: AbortSignal): Promise<RunningDemo> {
    const { startDemoStore } = await import('../../demo');
    let answered = 0;
    const demo = await onUsualPort((ports) =>
      startDemoStore({
        ...ports,
        onRequest: (entry) => {
          answered++;
          this.onRequest(entry);
        },
      }),
    );
    if (signal.aborted) {
      await demo.close();
      throw new ToolkitError('input', {
        code: 'demo-stopped',
        what: t('The demo store was stopped before it had started.'),
        next: t('Start it again.'),
      });
    }
    const account = demo.users[0];
    if (account === undefined) throw new Error(t('The demo store has no API user.'));
    const stores = soapDialects.map((dialect) => this.#store(dialect, demo, account));
    this.#running = {
      port: demo.ports.rpc,
      user: account.user,
      key: account.key,
      stores,
      get answered() {
        return answered;
      },
      get faults() {
        return demo.faults;
      },
      setFaults: (faults) => {
        demo.setFaults(faults);
      },
      dispose: () => {
        for (const store of stores) store.dispose();
        void demo.close();
      },
    };
    this.#changed.fire();
    return this.#running;
  }

  #store(dialect: SoapDialect, demo: DemoStore, { user, key }: { readonly user: string; readonly key: string }): Store {
    const config = {
      // Request files name stores by this, so it is the same in every language.
      // oxlint-disable-next-line house/spoken-texts
      name: `Demo store, ${dialectLabels[dialect]}`,
      url: demo.urls[dialect],
      user,
      dialect,
      environment: 'development',
    } as const;
    return new Store(
      { id: `demo:${dialect}`, name: dialectLabels[dialect], config, problem: undefined, listed: undefined },
      {
        key: () => Promise.resolve(key),
        webPassword: () => Promise.resolve(undefined),
        askKey: () => Promise.resolve(false),
        onKeyRefused: () => Promise.resolve(),
        onExchange: this.onExchange,
      },
    );
  }
}

async function onUsualPort(
  start: (options: { readonly port: number; readonly wsiPort: number }) => Promise<DemoStore>,
): Promise<DemoStore> {
  try {
    return await start({ port: USUAL_PORT, wsiPort: USUAL_PORT + 1 });
  } catch (error) {
    if (!isTaken(error)) throw error;
    return await start({ port: 0, wsiPort: 0 });
  }
}

/** Another window's demo store has the usual port. */
function isTaken(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ('code' in error && error.code === 'EADDRINUSE') || isTaken(error.cause);
}
