import { isList, type SoapValue } from '../api/value';
import { DecodeError } from './xml/errors';

/** Values an answer may unfold into; sharing one value many times over is how a small message becomes a huge one. */
const MOST_VALUES = 1_000_000;

/**
 * Multi-references of the SOAP encoding: an element may say `href="#x"` and the value stands elsewhere under `id="x"`.
 * Values are put in their places once the whole message has been read.
 */
export class References {
  readonly #defined = new Map<string, SoapValue>();
  readonly #uses: { readonly id: string; readonly assign: (value: SoapValue) => void }[] = [];

  /** Places that still wait for their value. */
  get pending(): number {
    return this.#uses.length;
  }

  /** A value that others may refer to. */
  define(id: string, value: SoapValue): void {
    this.#defined.set(id, value);
  }

  /** A place that wants the value of an id. */
  use(id: string, assign: (value: SoapValue) => void): void {
    this.#uses.push({ id, assign });
  }

  /**
   * Fills all places.
   * @param offset bytes read so far, for errors
   * @throws {DecodeError} when an id is missing, values contain themselves, or sharing would unfold into too much
   */
  resolve(offset: () => number): void {
    if (this.#uses.length === 0) return;
    for (const { id, assign } of this.#uses) {
      const value = this.#defined.get(id);
      if (value === undefined) throw new DecodeError('malformed', offset(), `The answer refers to "#${id.slice(0, 40)}", which is not in it`);
      assign(value);
    }
    const sizes = new Map<object, number>();
    for (const value of this.#defined.values()) {
      const size = unfolded(value, sizes, new Set());
      if (size === undefined) throw new DecodeError('circular', offset(), 'A value of the answer contains itself');
      if (size > MOST_VALUES) throw new DecodeError('too-large', offset(), 'The answer shares values so often that it would unfold into more than a million');
    }
  }
}

/** Values inside a value, counting shared ones as often as they are used; `undefined` when it contains itself. */
function unfolded(value: SoapValue, sizes: Map<object, number>, path: Set<object>): number | undefined {
  if (typeof value !== 'object' || value === null) return 1;
  const known = sizes.get(value);
  if (known !== undefined) return known;
  if (path.has(value)) return undefined;
  path.add(value);
  let size = 1;
  for (const inner of Object.values<SoapValue>(isList(value) ? [...value] : value)) {
    const inside = unfolded(inner, sizes, path);
    if (inside === undefined) return undefined;
    size += inside;
  }
  path.delete(value);
  sizes.set(value, size);
  return size;
}
