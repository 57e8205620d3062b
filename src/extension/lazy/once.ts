/** A value that is made once, when it is first needed. */
export interface Once<T> {
  /** Makes it, or waits for it. Rejects when it cannot be made. The next caller then tries again. */
  (): Promise<T>;
  /** The value. `undefined` until it has been made. */
  readonly made: T | undefined;
}

/** Makes a value on first use. @param make only called again if it failed */
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
