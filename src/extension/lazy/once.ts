/** Something that is made when it is first asked for, and once. */
export interface Once<T> {
  /** Makes it, or waits for it. Rejects when it cannot be made; the next caller tries again. */
  (): Promise<T>;
  /** What was made; `undefined` until it is first needed, and while it is being made. */
  readonly made: T | undefined;
}

/** Makes something on first use. @param make is not called again, unless it failed */
export function once<T>(make: () => Promise<T>): Once<T> {
  let making: Promise<T> | undefined;
  let made: T | undefined;
  const get = async (): Promise<T> => {
    made = await make();
    return made;
  };
  const ask = (): Promise<T> => {
    making ??= get().catch((error: unknown) => {
      making = undefined;
      throw error;
    });
    return making;
  };
  return Object.defineProperty(ask, 'made', { get: () => made }) as Once<T>;
}
