import { isList, type SoapValue } from '../../api/value';
import { t } from '../../l10n/texts';
import { DecodeError } from '../xml/errors';

/** Greatest depth to which values may refer to each other: the same as for elements inside elements. */
const MAX_REFERENCE_LEVELS = 256;

/**
 * Maximum number of values that an answer may unfold into. Without this limit, a small message that shares one value many times could
 * become huge.
 */
const MAX_VALUES = 1_000_000;

/**
 * Multi-references of the SOAP encoding: an element may have `href="#x"` while its value is elsewhere under `id="x"`.
 * The values are filled in once the whole message has been read.
 */
export class References {
  readonly #defined = new Map<string, SoapValue>();
  /** Elements that others refer to and that refer to another element themselves. */
  readonly #aliases = new Map<string, string>();
  readonly #claims = new Map<string, { readonly by: object; readonly depth: number }>();
  readonly #uses: { readonly id: string; readonly assign: (value: SoapValue) => void }[] = [];

  /** Number of references whose value has not been filled in yet. */
  get pending(): number {
    return this.#uses.length;
  }

  /** Notes the start of an element that others may refer to. Of elements with the same id the first one counts, as in PHP. */
  claim(id: string, by: object, depth: number): void {
    if (!this.#claims.has(id)) this.#claims.set(id, { by, depth });
  }

  /**
   * Stores the value of an element that was claimed, once it is complete. `by` and `depth` are those of {@link claim}.
   * @param href id of the element that holds the actual value, if this element only refers to it
   */
  define(id: string, by: object, depth: number, value: SoapValue, href: string | undefined): void {
    const claim = this.#claims.get(id);
    if (claim?.by !== by || claim.depth !== depth || this.#defined.has(id)) return;
    this.#defined.set(id, value);
    if (href !== undefined) this.#aliases.set(id, href);
  }

  /** Notes a reference to an id. `assign` receives the value. */
  use(id: string, assign: (value: SoapValue) => void): void {
    this.#uses.push({ id, assign });
  }

  /**
   * Fills in the values of all references.
   * @param offset bytes read so far, for errors
   * @throws {DecodeError} when an id is missing, when values contain themselves or refer to each other too deeply, or when shared values
   * would unfold into too many
   */
  resolve(offset: () => number): void {
    if (this.#uses.length === 0) return;
    try {
      this.#fill(offset);
    } catch (error) {
      // The error carries the value that was read so far. It must not contain a cycle, or code that walks it would never end.
      for (const { assign } of this.#uses) assign(null);
      throw error;
    }
  }

  #fill(offset: () => number): void {
    for (const { id, assign } of this.#uses) {
      const value = this.#defined.get(this.#holder(id, offset));
      if (value === undefined)
        throw new DecodeError(
          'malformed',
          offset(),
          t('The response refers to "#{id}", which it does not contain', { id: id.slice(0, 40) }),
        );
      assign(value);
    }
    const known = new Map<object, Unfolded>();
    for (const value of this.#defined.values()) {
      const whole = unfolded(value, known, new Set());
      if (whole === 'circular') throw new DecodeError('circular', offset(), t('A value of the response contains itself'));
      if (whole === 'too-deep')
        throw new DecodeError(
          'too-deep',
          offset(),
          t('Values of the response refer to each other more than {levels} levels deep', { levels: MAX_REFERENCE_LEVELS }),
        );
      if (whole.size > MAX_VALUES)
        throw new DecodeError('too-large', offset(), t('The response shares values so often that it would expand to more than a million'));
    }
  }

  /** The element that holds the value of an id. Elements in between that only refer to the next one are skipped. */
  #holder(id: string, offset: () => number): string {
    let holder = id;
    for (let steps = 0; ; steps++) {
      const next = this.#aliases.get(holder);
      if (next === undefined) return holder;
      if (steps >= MAX_REFERENCE_LEVELS)
        throw new DecodeError('circular', offset(), t('Elements of the response refer to each other without end'));
      holder = next;
    }
  }
}

/** Size and depth of a value: the number of values inside it, with a shared one counted at each use, and their levels. */
interface Unfolded {
  readonly size: number;
  readonly depth: number;
}

const LEAF: Unfolded = { size: 1, depth: 0 };

/** Measures a value. The depth is limited in the path and in values measured before, since later code walks the value by recursion. */
function unfolded(value: SoapValue, known: Map<object, Unfolded>, path: Set<object>): Unfolded | 'circular' | 'too-deep' {
  if (typeof value !== 'object' || value === null) return LEAF;
  const before = known.get(value);
  if (before !== undefined) return before;
  if (path.has(value)) return 'circular';
  if (path.size >= MAX_REFERENCE_LEVELS) return 'too-deep';
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
  if (depth > MAX_REFERENCE_LEVELS) return 'too-deep';
  const whole = { size, depth };
  known.set(value, whole);
  return whole;
}
