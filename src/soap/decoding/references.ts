import { isList, type SoapValue } from '../../api/value';
import { t } from '../../l10n/texts';
import { DecodeError } from '../xml/errors';

/** How deep values may refer into each other: as deep as elements may stand inside each other. */
const DEEPEST_REFERENCE = 256;

/** Values an answer may unfold into; sharing one value many times over is how a small message becomes a huge one. */
const MAX_VALUES = 1_000_000;

/**
 * Multi-references of the SOAP encoding: an element may say `href="#x"` and the value stands elsewhere under `id="x"`.
 * Values are put in their places once the whole message has been read.
 */
export class References {
  readonly #defined = new Map<string, SoapValue>();
  /** Elements that others refer to and that refer to another one themselves. */
  readonly #aliases = new Map<string, string>();
  readonly #claims = new Map<string, { readonly by: object; readonly depth: number }>();
  readonly #uses: { readonly id: string; readonly assign: (value: SoapValue) => void }[] = [];

  /** Places that still wait for their value. */
  get pending(): number {
    return this.#uses.length;
  }

  /** An element opens that others may refer to. Of elements with the same id the first one counts, as in PHP. */
  claim(id: string, by: object, depth: number): void {
    if (!this.#claims.has(id)) this.#claims.set(id, { by, depth });
  }

  /**
   * The value of such an element, once it is complete. `by` and `depth` are those of {@link claim}.
   * @param href id of the element that holds the value in its place, if it refers to one
   */
  define(id: string, by: object, depth: number, value: SoapValue, href: string | undefined): void {
    const claim = this.#claims.get(id);
    if (claim?.by !== by || claim.depth !== depth || this.#defined.has(id)) return;
    this.#defined.set(id, value);
    if (href !== undefined) this.#aliases.set(id, href);
  }

  /** A place that wants the value of an id. */
  use(id: string, assign: (value: SoapValue) => void): void {
    this.#uses.push({ id, assign });
  }

  /**
   * Fills all places.
   * @param offset bytes read so far, for errors
   * @throws {DecodeError} when an id is missing, values contain themselves or each other too deep, or sharing would unfold into too much
   */
  resolve(offset: () => number): void {
    if (this.#uses.length === 0) return;
    try {
      this.#fill(offset);
    } catch (error) {
      // What was read so far goes with the error, and whoever walks that must come to an end.
      for (const { assign } of this.#uses) assign(null);
      throw error;
    }
  }

  #fill(offset: () => number): void {
    for (const { id, assign } of this.#uses) {
      const value = this.#defined.get(this.#holder(id, offset));
      if (value === undefined)
        throw new DecodeError('malformed', offset(), t('The answer refers to "#{id}", which is not in it', { id: id.slice(0, 40) }));
      assign(value);
    }
    const known = new Map<object, Unfolded>();
    for (const value of this.#defined.values()) {
      const whole = unfolded(value, known, new Set());
      if (whole === 'circular') throw new DecodeError('circular', offset(), t('A value of the answer contains itself'));
      if (whole === 'too-deep')
        throw new DecodeError(
          'too-deep',
          offset(),
          t('Values of the answer refer to each other more than {levels} levels deep', { levels: DEEPEST_REFERENCE }),
        );
      if (whole.size > MAX_VALUES)
        throw new DecodeError('too-large', offset(), t('The answer shares values so often that it would unfold into more than a million'));
    }
  }

  /** The element that holds the value of an id, behind however many that only refer to the next. */
  #holder(id: string, offset: () => number): string {
    let holder = id;
    for (let steps = 0; ; steps++) {
      const next = this.#aliases.get(holder);
      if (next === undefined) return holder;
      if (steps >= DEEPEST_REFERENCE)
        throw new DecodeError('circular', offset(), t('Elements of the answer refer to each other without end'));
      holder = next;
    }
  }
}

/** What a value comes to: values inside it, counting shared ones as often as they are used, and levels of them. */
interface Unfolded {
  readonly size: number;
  readonly depth: number;
}

const LEAF: Unfolded = { size: 1, depth: 0 };

/** The depth is bound here and in what is known already, since later code walks the value by recursion. */
function unfolded(value: SoapValue, known: Map<object, Unfolded>, path: Set<object>): Unfolded | 'circular' | 'too-deep' {
  if (typeof value !== 'object' || value === null) return LEAF;
  const before = known.get(value);
  if (before !== undefined) return before;
  if (path.has(value)) return 'circular';
  if (path.size >= DEEPEST_REFERENCE) return 'too-deep';
  path.add(value);
  let size = 1;
  let depth = 1;
  for (const inner of Object.values<SoapValue>(isList(value) ? [...value] : value)) {
    const inside = unfolded(inner, known, path);
    if (typeof inside === 'string') return inside;
    size += inside.size;
    depth = Math.max(depth, inside.depth + 1);
  }
  path.delete(value);
  if (depth > DEEPEST_REFERENCE) return 'too-deep';
  const whole = { size, depth };
  known.set(value, whole);
  return whole;
}
