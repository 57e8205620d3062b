interface Waiting {
  readonly places: number;
  readonly begin: () => void;
}

/** Lets what is started at once run as far as there are places for it, in the order in which it came. */
export class Turns {
  #free: number;
  readonly #waiting: Waiting[] = [];

  /** @param places how many processes may run at a time */
  constructor(places: number) {
    this.#free = places;
  }

  /**
   * Runs an action when its turn comes. Nothing overtakes what came first, or something that needs several places would wait until the end.
   * @param places how many processes the action starts, at most as many as there are
   */
  async take<T>(places: number, action: () => Promise<T>): Promise<T> {
    await new Promise<void>((begin) => {
      this.#waiting.push({ places, begin });
      this.#next();
    });
    try {
      return await action();
    } finally {
      this.#free += places;
      this.#next();
    }
  }

  #next(): void {
    for (let first = this.#waiting[0]; first !== undefined && first.places <= this.#free; first = this.#waiting[0]) {
      this.#waiting.shift();
      this.#free -= first.places;
      first.begin();
    }
  }
}
