import { isSecretValue, mayHoldSecret } from '../../api/secrets';
import type { Range } from './ranges';
import { readEntities, scanMarkup } from './tokens';

/** A place whose texts are secrets, with the name that says so. */
interface Place {
  readonly start: number;
  readonly end: number;
  readonly name: string;
}

/** An element that is open. */
interface Open {
  readonly name: string;
  readonly meaning: NameMeaning;
  /** Where its content begins. */
  readonly start: number;
  readonly id: string | undefined;
  /** What it refers to. */
  readonly href: string | undefined;
  /** Beginning of its text, where somebody may ask for it: of keys, and of what others refer to. */
  text: string | undefined;
  /** The keys among its children; an entry has one. */
  keys: { readonly text: string; readonly href: string | undefined; readonly start: number; readonly end: number }[] | undefined;
  /** Places of its children that may be the value of the key. */
  values: { readonly start: number; readonly end: number }[] | undefined;
}

/** What the name of an element says. */
interface NameMeaning {
  readonly part: 'key' | 'value' | 'entry' | undefined;
  /** The name of the secret that stands in it. */
  readonly secret: string | undefined;
}

function meaningOf(name: string): NameMeaning {
  const local = name.slice(name.indexOf(':') + 1);
  const part = /^key$/i.test(local) ? 'key' : /^value$/i.test(local) ? 'value' : /^(?:item|complexObjectArray)$/i.test(local) ? 'entry' : undefined;
  return { part, secret: SESSION.test(local) ? 'sessionId' : mayHoldSecret(local) ? local : undefined };
}

/** Characters of a key that are looked at. */
const LONGEST_KEY = 256;

/** An answer to what opens a session: all that it holds is the session. */
const SESSION = /^(?:login|startSession)(?:Response|Result)(?:Param)?$/i;

const REFERENCE = /(?:^|\s)(?:[\w.-]+:)?(href|ref|id)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/g;

/**
 * The secrets of XML, by their places: elements with the name of a secret, values of maps and conditions whose key names one, in
 * either order, and what such places refer to. Read as the decoder reads it (comments, CDATA, entities and prefixes do not matter),
 * and as far as it goes for what is cut off or is no XML.
 */
export function secretPlaces(text: string): readonly Range[] {
  if (!text.includes('<')) return [];
  const finder = new PlaceFinder(text);
  scanMarkup(text, 0, text.length, finder);
  return finder.finish();
}

const NOTHING: NameMeaning = { part: undefined, secret: undefined };

/** Names whose meaning is remembered during one scan. */
const MOST_NAMES = 4096;

class PlaceFinder {
  readonly #places: Place[] = [];
  /** Keys that are operators when their entry stands within a secret, by where they begin. */
  readonly #operators = new Map<number, number>();
  /** What is open, within a place of no name: a piece of a document may begin and end anywhere. */
  readonly #open: Open[] = [{ name: '', meaning: NOTHING, start: 0, id: undefined, href: undefined, text: undefined, keys: undefined, values: undefined }];
  /** How many elements of each name are open. */
  readonly #names = new Map<string, number>();
  readonly #meanings = new Map<string, NameMeaning>();
  readonly #targets = new Map<string, { readonly start: number; readonly end: number; readonly text: string }>();
  readonly #references: { readonly at: number; readonly id: string }[] = [];
  readonly #keyed: { readonly id: string; readonly values: readonly { readonly start: number; readonly end: number }[] }[] = [];

  constructor(private readonly source: string) {}

  open(name: string, attributes: string, _start: number, end: number): void {
    let meaning = this.#meanings.get(name);
    if (meaning === undefined) {
      meaning = meaningOf(name);
      if (this.#meanings.size < MOST_NAMES) this.#meanings.set(name, meaning);
    }
    let id: string | undefined;
    let href: string | undefined;
    if (attributes.includes('id') || attributes.includes('ref')) {
      for (const [, attribute, double, single] of attributes.matchAll(REFERENCE)) {
        const value = readEntities(double ?? single ?? '');
        if (attribute === 'id') id = value;
        else href = value.replace(/^#/, '');
      }
    }
    if (href !== undefined) this.#references.push({ at: end, id: href });
    const text = id !== undefined || meaning.part === 'key' ? '' : undefined;
    this.#open.push({ name, meaning, start: end, id, href, text, keys: undefined, values: undefined });
    this.#names.set(name, (this.#names.get(name) ?? 0) + 1);
  }

  text(_start: number, _end: number, from: number, to: number): void {
    const top = this.#open.at(-1);
    if (top?.text === undefined || top.text.length >= LONGEST_KEY) return;
    top.text += readEntities(this.source.slice(from, Math.min(to, from + 8 * LONGEST_KEY)));
  }

  close(name: string, start: number): void {
    if ((this.#names.get(name) ?? 0) === 0) {
      if (this.#open.length === 1) this.#nextEntry();
      return;
    }
    for (let closed = ''; closed !== name;) closed = this.#pop(start, false);
  }

  /** Closes the innermost element. `cut` when the text ends inside it. */
  #pop(end: number, cut: boolean): string {
    const element = this.#open.pop();
    if (element === undefined) return '';
    const { name, meaning, start, id, href, text } = element;
    this.#names.set(name, (this.#names.get(name) ?? 1) - 1);
    const parent = this.#open.at(-1);
    if (id !== undefined && !this.#targets.has(id)) this.#targets.set(id, { start, end, text: text ?? '' });
    if (meaning.secret !== undefined) this.#places.push({ start, end, name: meaning.secret });
    if (parent !== undefined) {
      if (parent.text !== undefined && text !== undefined) parent.text += text;
      // A key that is cut off names nothing yet.
      if (meaning.part === 'key') {
        if (cut) return this.#entry(element, cut, name);
        if (parent.name === '' && parent.keys !== undefined && parent.values !== undefined) this.#nextEntry();
        (parent.keys ??= []).push({ text: (text ?? '').trim(), href, start, end });
      } else if ((parent.values === undefined && parent.name !== '') || meaning.part === 'value') (parent.values ??= []).push({ start, end });
    }
    return this.#entry(element, cut, name);
  }

  /** In a piece of a document, whose entries stand in nothing that is seen, the next one begins. */
  #nextEntry(): void {
    const top = this.#open[0];
    if (top === undefined) return;
    this.#entry(top, false, '');
    top.keys = top.values = undefined;
  }

  #entry({ keys, values, meaning }: Open, cut: boolean, name: string): string {
    if (values === undefined) return name;
    if (keys === undefined) {
      // An entry whose key did not come any more: nobody knows what the value is.
      if (cut && meaning.part === 'entry' && values.length === 1) this.#addAll(values, 'secret');
      return name;
    }
    for (const { text, href, start, end } of keys) {
      this.#operators.set(start, end);
      if (mayHoldSecret(text)) this.#addAll(values, text);
      if (href !== undefined) this.#keyed.push({ id: href, values });
    }
    return name;
  }

  #addAll(values: readonly { readonly start: number; readonly end: number }[], name: string): void {
    for (const { start, end } of values) this.#places.push({ start, end, name });
  }

  /** All pieces that are secrets. */
  finish(): readonly Range[] {
    while (this.#open.length > 0) this.#pop(this.source.length, true);
    for (const { id, values } of this.#keyed) {
      const name = this.#targets.get(id)?.text.trim() ?? '';
      if (mayHoldSecret(name)) this.#addAll(values, name);
    }
    this.#follow();
    return this.#pieces();
  }

  /** Adds what secret places refer to, and what stands there refers to in turn; each reference is followed once. */
  #follow(): void {
    const references = this.#references.sort((a, b) => a.at - b.at);
    if (references.length === 0) return;
    // The next reference that was not followed yet, for each of them.
    const next = Int32Array.from({ length: references.length + 1 }, (_, index) => index);
    const waiting = (index: number): number => {
      let found = index;
      while (next[found] !== found) found = next[found] ?? found;
      for (let at = index; at !== found;) {
        const further = next[at] ?? found;
        next[at] = found;
        at = further;
      }
      return found;
    };
    // The list grows while it is walked.
    for (const place of this.#places) {
      for (let index = waiting(firstFrom(references, place.start)); ; index = waiting(index)) {
        const reference = references[index];
        if (reference === undefined || reference.at > place.end) break;
        next[index] = index + 1;
        const target = this.#targets.get(reference.id);
        if (target !== undefined) this.#places.push({ start: target.start, end: target.end, name: place.name });
      }
    }
  }

  /** The texts of all secret places. */
  #pieces(): readonly Range[] {
    const pieces: Range[] = [];
    const sorted = this.#places.sort((a, b) => a.start - b.start);
    for (let index = 0; index < sorted.length;) {
      const names = new Set<string>();
      const start = sorted[index]?.start ?? 0;
      let end = start;
      for (let place = sorted[index]; place !== undefined && (place.start < end || place.start === start); place = sorted[++index]) {
        names.add(place.name);
        end = Math.max(end, place.end);
      }
      if (end > start) scanMarkup(this.source, start, end, new TextFinder(this.source, names, this.#operators, pieces, end));
    }
    return pieces;
  }
}

/** Collects the texts within one secret place. A text may come in several pieces, with comments between. */
class TextFinder {
  #run: { start: number; end: number; text: string }[] = [];
  #opened = true;
  #silent = 0;

  constructor(
    private readonly source: string,
    private readonly names: ReadonlySet<string>,
    private readonly operators: ReadonlyMap<number, number>,
    private readonly pieces: Range[],
    private readonly end: number,
  ) {}

  open(_name: string, _attributes: string, _start: number, end: number): void {
    this.#flush(false);
    this.#opened = true;
    // Operators of conditions and keys of maps stay.
    this.#silent = Math.max(this.#silent, this.operators.get(end) ?? 0);
  }

  close(): void {
    this.#flush(true);
    this.#opened = false;
  }

  text(start: number, end: number, from: number, to: number): void {
    if (start < this.#silent) return;
    this.#run.push({ start, end, text: this.source.slice(from, to) });
    if (end === this.end) this.#flush(true);
  }

  #flush(closing: boolean): void {
    const run = this.#run;
    if (run.length === 0) return;
    this.#run = [];
    const text = run.map((piece) => readEntities(piece.text)).join('');
    const whole = this.#opened && closing ? text : text.trim();
    if (![...this.names].some((name) => isSecretValue(name, whole.trim() === '' ? whole : whole.trim()))) return;
    for (const [index, { start, end }] of run.entries()) this.pieces.push({ start, end, rest: index > 0 });
  }
}

function firstFrom(references: readonly { readonly at: number }[], position: number): number {
  let low = 0;
  let high = references.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((references[middle]?.at ?? 0) < position) low = middle + 1;
    else high = middle;
  }
  return low;
}
