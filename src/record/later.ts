/**
 * How long nothing must pass before what waits is worked off, in milliseconds: a program that works between two calls asks its next
 * question sooner than that, and would have to wait for the piece of work that has begun.
 */
const IDLE_MS = 100;
/** How much may wait, in bytes of requests and answers; calls wait for room then. */
const MAX_WAITING_BYTES = 64 * 1024 * 1024;
/** How many exchanges may wait. */
const MAX_WAITING = 500;

interface Waiting {
  readonly bytes: number;
  readonly work: () => void | Promise<void>;
}

/** Work for when nothing passes: in its order, one piece at a time, with a limit for what waits. */
export class Later {
  readonly #waiting: Waiting[] = [];
  #bytes = 0;
  #passing = 0;
  #timer: NodeJS.Timeout | undefined;
  #overdue: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #failure: Error | undefined;

  /** @param withinMs how long work waits at most though something passes all the time, in milliseconds; as long as that where missing */
  constructor(private readonly withinMs?: number) {}

  /** Something passes until the function that is returned is called. Waits first where too much waits. */
  async begin(): Promise<() => void> {
    while (this.#isFull) await this.#run(() => this.#isFull);
    this.#passing++;
    clearTimeout(this.#timer);
    return () => {
      this.#passing--;
      this.#plan();
    };
  }

  /** Puts work behind the work that waits. */
  add(bytes: number, work: () => void | Promise<void>): void {
    this.#waiting.push({ bytes, work });
    this.#bytes += bytes;
    this.#plan();
    this.#limitWait();
  }

  /** Works off everything that waits. @throws the first error of a piece of work */
  async end(): Promise<void> {
    while (this.#waiting.length > 0 || this.#running !== undefined) await this.#run(() => true);
    clearTimeout(this.#timer);
    clearTimeout(this.#overdue);
    if (this.#failure !== undefined) throw this.#failure;
  }

  get #isFull(): boolean {
    return this.#bytes > MAX_WAITING_BYTES || this.#waiting.length > MAX_WAITING;
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

  /** Works while `goesOn`; only one runs at a time, so a second caller waits for the first and looks again. */
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
