/** A limit for bytes that wait. Bytes beyond it are refused. */
export class ByteBudget {
  #taken = 0;

  /** @param bytes the limit */
  constructor(private readonly bytes: number) {}

  /**
   * Takes room for bytes.
   * @param needed takes the room even beyond the limit
   * @returns whether it was taken
   */
  take(bytes: number, needed = false): boolean {
    if (!needed && this.#taken + bytes > this.bytes) return false;
    this.#taken += bytes;
    return true;
  }

  /** Returns room that {@link take} took. */
  give(bytes: number): void {
    this.#taken -= bytes;
  }
}
