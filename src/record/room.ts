/** Room for bytes that wait: what is taken beyond it is refused. */
export class Room {
  #taken = 0;

  /** @param bytes how many there is room for */
  constructor(private readonly bytes: number) {}

  /**
   * @param needed takes it also where there is no room
   * @returns whether it was taken
   */
  take(bytes: number, needed = false): boolean {
    if (!needed && this.#taken + bytes > this.bytes) return false;
    this.#taken += bytes;
    return true;
  }

  /** Gives back what {@link take} took. */
  give(bytes: number): void {
    this.#taken -= bytes;
  }
}
