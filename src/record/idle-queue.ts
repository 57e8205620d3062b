/**
 * How long nothing must pass before waiting work begins, in milliseconds. A program that makes one call after the other sends its next
 * request sooner than that, and would have to wait for the work that has begun.
 */
const IDLE_MS = 100;
/** How much work may wait, in bytes of requests and answers. Above this limit calls wait until there is space. */
const MAX_WAITING_BYTES = 64 * 1024 * 1024;
/** Number of exchanges that may wait. */
const MAX_WAITING_EXCHANGES = 500;

interface Waiting {
  readonly bytes: number;
  readonly work: () => void | Promise<void>;
}

/** Work for when no call passes. It is done in its order, one piece at a time, and the amount of waiting work is limited. */
export class IdleQueue {
  readonly #waiting: Waiting[] = [];
  #bytes = 0;
  #passing = 0;
  #timer: NodeJS.Timeout | undefined;
  #overdue: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #failure: Error | undefined;

  /** @param withinMs how long work may wait at most if calls pass all the time, in milliseconds; no limit by default */
  constructor(private readonly withinMs?: number) {}

  /** Notes that a call passes until the returned function is called. Waits first if too much work waits. */
  async begin(): Promise<() => void> {
    while (this.#isFull) await this.#run(() => this.#isFull);
    this.#passing++;
    clearTimeout(this.#timer);
    return () => {
      this.#passing--;
      this.#plan();
    };
  }

  /** Adds work after the work that is already waiting. */
  add(bytes: number, work: () => void | Promise<void>): void {
    this.#waiting.push({ bytes, work });
    this.#bytes += bytes;
    this.#plan();
    this.#limitWait();
  }

  /** Does all work that waits. @throws the first error of a piece of work */
  async end(): Promise<void> {
    while (this.#waiting.length > 0 || this.#running !== undefined) await this.#run(() => true);
    clearTimeout(this.#timer);
    clearTimeout(this.#overdue);
    if (this.#failure !== undefined) throw this.#failure;
  }

  get #isFull(): boolean {
    return this.#bytes > MAX_WAITING_BYTES || this.#waiting.length > MAX_WAITING_EXCHANGES;
  }

  #limitWait(): void {
    if (this.withinMs === undefined || this.#waiting.length === 0) return;
    this.#overdue ??= setTimeout(() => {
      void this.#run(() => true).finally(() => {
        this.#overdue = undefined;
        this.#limitWait();
      });
    }, this.withinMs);
  }

  #plan(): void {
    clearTimeout(this.#timer);
    if (this.#passing > 0 || this.#waiting.length === 0) return;
    this.#timer = setTimeout(() => void this.#run(() => this.#passing === 0), IDLE_MS);
  }

  /** Works while `goesOn` returns true. Only one run is active at a time: a second caller waits for the first and then checks again. */
  async #run(goesOn: () => boolean): Promise<void> {
    this.#running ??= this.#work(goesOn).finally(() => {
      this.#running = undefined;
      this.#plan();
    });
    await this.#running;
  }

  async #work(goesOn: () => boolean): Promise<void> {
    while (goesOn()) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      try {
        await next.work();
      } catch (error) {
        this.#failure ??= error instanceof Error ? error : new Error(String(error));
      }
      this.#bytes -= next.bytes;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}
