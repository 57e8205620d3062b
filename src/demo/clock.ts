/** The clock of one store: it goes as the clock it is given, until somebody sets it. */
export class StoreClock {
  #ahead = 0;
  #stopped: number | undefined;

  constructor(private readonly base: () => Date) {}

  /** Now, for the store. */
  readonly now = (): Date => new Date(this.#stopped ?? this.base().getTime() + this.#ahead);

  /** Stops the clock at this moment. */
  stopAt(moment: Date): void {
    this.#stopped = moment.getTime();
  }

  /** Puts the clock on, stopped or going. */
  advance(seconds: number): void {
    if (this.#stopped === undefined) this.#ahead += seconds * 1000;
    else this.#stopped += seconds * 1000;
  }

  /** Lets it go as the clock it was given. */
  reset(): void {
    this.#ahead = 0;
    this.#stopped = undefined;
  }

  /** Whether it stands still. */
  get stopped(): boolean {
    return this.#stopped !== undefined;
  }
}
