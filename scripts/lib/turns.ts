interface Waiting {
  readonly places: number;
  readonly begin: () => void;
}

/** Runs actions in the order in which they were added, while there are free places. */
export class Turns {
  #free: number;
  readonly #waiting: Waiting[] = [];

  /** @param places how many processes may run at a time */
  constructor(places: number) {
    this.#free = places;
  }

  /**
   * Runs an action when its turn comes. No action overtakes an earlier one, because an action that needs several places would have to wait
   * until the end.
   * @param places how many processes the action starts, at most the total number of places
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
