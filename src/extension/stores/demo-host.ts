import * as vscode from 'vscode';
import { t } from '../../l10n/texts';
import { dialectLabels, soapDialects, type SoapDialect } from '../../api/dialect';
import { ToolkitError } from '../../api/errors';
import type { DemoFaults, DemoStore, RequestLogEntry } from '../../demo';
import type { Exchange } from '../../store/wire/exchange';
import { Store } from './store';

/** A demo store that runs in this window, as one store of the tree for each SOAP dialect. */
export interface RunningDemo extends vscode.Disposable {
  /** The port of V1 and V2. */
  readonly port: number;
  readonly user: string;
  readonly key: string;
  readonly stores: readonly Store[];
  /** Number of requests that it has answered since it started, from any client. */
  readonly answered: number;
  /** The faults that it simulates. */
  readonly faults: DemoFaults;
  setFaults(faults: DemoFaults): void;
}

/** The port that the demo store takes if it is free, because a stable address is easier to work with. */
const USUAL_PORT = 8190;

/** Starts and stops the embedded demo store. It lives in the extension host and ends with it. */
export class DemoHost implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  #running: RunningDemo | undefined;
  #starting: Promise<RunningDemo> | undefined;
  /** Aborted when the demo store is stopped, even while it is starting. */
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
   * Starts the demo store unless it is running. Callers share one attempt.
   * @throws {ToolkitError} with code `demo-stopped` when it is stopped while it is starting
   */
  async start(): Promise<RunningDemo> {
    if (this.#running !== undefined) return this.#running;
    const { signal } = this.#stop;
    this.#starting ??= this.#start(signal).finally(() => {
      if (!signal.aborted) this.#starting = undefined;
    });
    return await this.#starting;
  }

  /** Sets the faults to simulate. Has no effect when the demo store is not running. */
  setFaults(faults: DemoFaults): void {
    this.#running?.setFaults(faults);
    this.#changed.fire();
  }

  /** Stops the demo store, even while it is starting, and drops everything that was written to it. */
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
      // Request files refer to stores by this name, so it is the same in every language.
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

/** Whether the usual port is taken, for example by the demo store of another window. */
function isTaken(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ('code' in error && error.code === 'EADDRINUSE') || isTaken(error.cause);
}
