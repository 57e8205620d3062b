/** Tasks that run one after the other, in the order in which they were wanted. A task that fails does not keep the next from running. */
export class TaskQueue {
  #last: { readonly key: unknown; readonly ended: Promise<void>; begun: boolean } | undefined;

  /**
   * Runs a task when all that were wanted before it are over. When the last one that was wanted has the same key and has not begun,
   * both are the same: what it will bring is as fresh as what is wanted now.
   * @param shared whether one with the same key that runs already is the same as well
   * @returns when it is over
   */
  async add(key: unknown, task: () => Promise<void>, shared = false): Promise<void> {
    const last = this.#last;
    if (last !== undefined && last.key === key && (shared || !last.begun)) {
      await last.ended;
      return;
    }
    const entry = { key, begun: false, ended: Promise.resolve() };
    entry.ended = over(last?.ended).then(async () => {
      entry.begun = true;
      try {
        await task();
      } finally {
        if (this.#last === entry) this.#last = undefined;
      }
    });
    this.#last = entry;
    await entry.ended;
  }

  /** Waits until nothing is under way any more. */
  async idle(): Promise<void> {
    while (this.#last !== undefined) await over(this.#last.ended);
  }
}

/** The caller of a task learns how it ended; tasks behind it only wait for its end. */
async function over(ended: Promise<void> | undefined): Promise<void> {
  await Promise.allSettled([ended]);
}
