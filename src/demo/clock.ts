/** The clock of one store. It shows the time of the base clock until somebody sets it. */
export class StoreClock {
  #ahead = 0;
  #stopped: number | undefined;

  constructor(private readonly base: () => Date) {}

  /** The current time of the store. */
  readonly now = (): Date => new Date(this.#stopped ?? this.base().getTime() + this.#ahead);

  /** Stops the clock at this moment. */
  stopAt(moment: Date): void {
    this.#stopped = moment.getTime();
  }

  /** Moves the clock forward, whether it is stopped or not. */
  advance(seconds: number): void {
    if (this.#stopped === undefined) this.#ahead += seconds * 1000;
    else this.#stopped += seconds * 1000;
  }

  /** Returns to the time of the base clock. */
  reset(): void {
    this.#ahead = 0;
    this.#stopped = undefined;
  }

  /** Whether the clock is stopped. */
  get stopped(): boolean {
    return this.#stopped !== undefined;
  }
}
