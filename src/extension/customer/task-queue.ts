/** Runs tasks one after the other, in the order of the calls. A task that fails does not stop the next one. */
export class TaskQueue {
  #last: { readonly key: unknown; readonly ended: Promise<void>; begun: boolean } | undefined;

  /**
   * Runs a task after all earlier ones. If the last task in the queue has the same key and has not begun, its result will be just as new,
   * so no task is added.
   * @param shared whether to share a task with the same key that has already begun, too
   * @returns resolves when the task is over
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

  /** Waits until no task is left. */
  async idle(): Promise<void> {
    while (this.#last !== undefined) await over(this.#last.ended);
  }
}

/** Waits for the end of a task. Only its own caller gets its error. */
async function over(ended: Promise<void> | undefined): Promise<void> {
  await Promise.allSettled([ended]);
}
