import { copied } from '../xml/copied';
import type { Tag } from '../xml/tag';

/** A key of a map, with the key that followed it last time. */
export interface Key {
  readonly name: string;
  next: Key | undefined;
}

/** Number of slots for fields: each has one bit in two numbers of 32 bits. Fields without a slot get this number. */
export const NO_SLOT = 64;

/** Number of distinct keys that are remembered, and how long one may be. A real answer has fewer than a hundred. */
const MAX_REMEMBERED_KEYS = 1024;
const MAX_KEY_BYTES = 256;

/** The names of fields and keys in one message, which are the same in every row. Their number has a limit, whatever a store sends. */
export class Keys {
  /** The predecessor of the first key of a map. */
  readonly first: Key = { name: '', next: undefined };
  readonly #known = new Map<string, Key>();
  readonly #slots = new Map<string, number>();

  /**
   * The remembered form of a key that follows `last`. Trying the key that followed last time avoids hashing each text again. `undefined`
   * if the key is not remembered.
   */
  after(last: Key, name: string): Key | undefined {
    const expected = last.next;
    if (expected?.name === name) return expected;
    let key = this.#known.get(name);
    if (key === undefined) {
      if (this.#known.size >= MAX_REMEMBERED_KEYS || name.length > MAX_KEY_BYTES) return undefined;
      key = { name: copied(name), next: undefined };
      this.#known.set(key.name, key);
    }
    // Only remembered keys are linked. Otherwise the links would keep every key of the message in memory.
    last.next = key;
    return key;
  }

  /** Gives the field of a tag its slot, one for each name, or {@link NO_SLOT} when all slots are taken. */
  slotOf(tag: Tag): number {
    let slot = this.#slots.get(tag.local);
    if (slot === undefined) {
      // `complexObjectArray` may be a list beside the fields. Its bit would then not say whether the record has the field.
      slot = tag.local === 'complexObjectArray' || this.#slots.size >= NO_SLOT ? NO_SLOT : this.#slots.size;
      if (slot < NO_SLOT) this.#slots.set(tag.local, slot);
    }
    tag.slot = slot;
    return slot;
  }
}
