import { copied } from '../xml/copied';
import type { Tag } from '../xml/tag';

/** A key of maps, with the one that followed it last time. */
export interface Key {
  readonly name: string;
  next: Key | undefined;
}

/** Slots of fields end here: there is a bit for each in two numbers. */
export const NO_SLOT = 64;

/** Distinct keys that are remembered, and how long one may be; a real answer has fewer than a hundred. */
const REMEMBERED_KEYS = 1024;
const LONGEST_KEY_BYTES = 256;

/** The names of fields and keys in one message, which are the same in every row. Bounded, whatever a store sends. */
export class Keys {
  /** Stands before the first key of a map. */
  readonly first: Key = { name: '', next: undefined };
  readonly #known = new Map<string, Key>();
  readonly #slots = new Map<string, number>();

  /**
   * The remembered form of a key that follows another; looking there first saves hashing each text again. `undefined` when it is not
   * remembered.
   */
  after(last: Key, name: string): Key | undefined {
    const expected = last.next;
    if (expected?.name === name) return expected;
    let key = this.#known.get(name);
    if (key === undefined) {
      if (this.#known.size >= REMEMBERED_KEYS || name.length > LONGEST_KEY_BYTES) return undefined;
      key = { name: copied(name), next: undefined };
      this.#known.set(key.name, key);
    }
    // Only what is remembered is linked, or the links would hold every key there ever was.
    last.next = key;
    return key;
  }

  /** Gives the field of a tag its slot, one for each name, or {@link NO_SLOT} once they are used up. */
  slotOf(tag: Tag): number {
    let slot = this.#slots.get(tag.local);
    if (slot === undefined) {
      // `complexObjectArray` may be a list beside the fields, so that its bit would not tell.
      slot = tag.local === 'complexObjectArray' || this.#slots.size >= NO_SLOT ? NO_SLOT : this.#slots.size;
      if (slot < NO_SLOT) this.#slots.set(tag.local, slot);
    }
    tag.slot = slot;
    return slot;
  }
}
