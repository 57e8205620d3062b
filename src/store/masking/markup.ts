import { isSecretValue, mayHoldSecret } from '../../api/secrets';
import { dumpedSecrets } from './dumps';
import type { Range } from './ranges';
import { MarkupScanner, readEntities, type MarkupHandler, type MarkupTag } from './tokens';

/** A range whose texts are secrets, with the name that says so. */
interface SecretRange {
  readonly start: number;
  readonly end: number;
  readonly name: string;
}

/** An element that is open. */
interface Open {
  readonly about: NameMeaning;
  /** Position at which its content begins. */
  readonly start: number;
  readonly id: string | undefined;
  /** Id of the element to which it refers. */
  readonly href: string | undefined;
  /** The name of the secret that it contains, according to an attribute. */
  readonly named: string | undefined;
  /** Beginning of its text. Kept for keys, and for elements to which others may refer. */
  text: string | undefined;
  /** The keys among its children. An entry has one. */
  keys: { readonly text: string; readonly href: string | undefined; readonly start: number; readonly end: number }[] | undefined;
  /** Ranges of its children that may be the value of the key: begin and end of each, alternating. */
  values: number[] | undefined;
}

/** The meaning of an element's name, and how many elements with this name are open. */
interface NameMeaning {
  readonly part: 'key' | 'value' | 'entry' | undefined;
  /** The name of the secret that the element contains. */
  readonly secret: string | undefined;
  open: number;
}

function meaningOf(name: string): NameMeaning {
  const local = name.slice(name.indexOf(':') + 1);
  const part = /^key$/i.test(local)
    ? 'key'
    : /^value$/i.test(local)
      ? 'value'
      : /^(?:item|complexObjectArray)$/i.test(local)
        ? 'entry'
        : undefined;
  return { part, secret: SESSION_ANSWER.test(local) ? 'sessionId' : mayHoldSecret(local) ? local : undefined, open: 0 };
}

/** Number of characters of a key that are read. */
const MAX_KEY_CHARS = 256;

/** The answer to a call that opens a session: its whole content is the session. */
const SESSION_ANSWER = /^(?:login|startSession)(?:Response|Result)(?:Param)?$/i;

/** The attributes by which forms and settings name a value, and the attribute that may contain the value. */
const NAMING_ATTRIBUTE = /\s(?:[\w.-]+:)?(name|key|value)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/gi;

const REFERENCE_ATTRIBUTE = /(?:^|\s)(?:[\w.-]+:)?(href|ref|id)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/g;

/**
 * The secrets in XML, as ranges: elements with the name of a secret, values of maps and conditions whose key names one, in
 * either order, and elements to which these refer. Also the secrets in dumps, which any text may contain. The XML is read as the decoder
 * reads it (comments, CDATA, entities and prefixes do not matter). If it is cut off or not XML, it is read as far as possible.
 */
export function secretRanges(text: string): readonly Range[] {
  if (!text.includes('<')) return dumpedSecrets(text);
  const finder = new SecretRangeFinder(text);
  const loud = finder.scan();
  const found = [...finder.finish()];
  for (const { start, end } of loud)
    for (const dump of dumpedSecrets(text.slice(start, end))) found.push({ start: start + dump.start, end: start + dump.end });
  return found;
}

/** The outermost element: a piece of a document may begin and end anywhere. */
const ENVELOPE_MEANING: NameMeaning = { part: undefined, secret: undefined, open: 1 };

class SecretRangeFinder implements MarkupHandler<NameMeaning> {
  readonly #secrets: SecretRange[] = [];
  /** Ranges of the keys of all entries, begin and end alternating. They are operators if their entry is inside a secret. */
  readonly #keys: number[] = [];
  #operators: ReadonlyMap<number, number> | undefined;
  readonly #open: Open[] = [
    {
      about: ENVELOPE_MEANING,
      start: 0,
      id: undefined,
      href: undefined,
      named: undefined,
      text: undefined,
      keys: undefined,
      values: undefined,
    },
  ];
  /** Secrets in attributes. */
  readonly #values: Range[] = [];
  readonly #targets = new Map<string, { readonly start: number; readonly end: number; readonly text: string }>();
  readonly #references: { readonly at: number; readonly id: string }[] = [];
  readonly #keyed: { readonly id: string; readonly values: readonly number[] }[] = [];
  readonly #scanner: MarkupScanner<NameMeaning>;

  constructor(private readonly source: string) {
    this.#scanner = new MarkupScanner(source, meaningOf);
  }

  /** Reads the text. Returns the pieces that may contain dumps. */
  scan(): readonly Range[] {
    return this.#scanner.scan(0, this.source.length, this);
  }

  open({ about, attributes, whole }: MarkupTag<NameMeaning>, _start: number, end: number): void {
    let id: string | undefined;
    let href: string | undefined;
    if (attributes !== '' && (attributes.includes('id') || attributes.includes('ref'))) {
      for (const [, attribute, double, single] of attributes.matchAll(REFERENCE_ATTRIBUTE)) {
        const value = readEntities(double ?? single ?? '');
        if (attribute === 'id') id = value;
        else href = value.replace(/^#/, '');
      }
    }
    if (href !== undefined) this.#references.push({ at: end, id: href });
    const named = attributes === '' ? undefined : this.#named(attributes, end - (whole ? 1 : 0) - attributes.length);
    const text = id !== undefined || about.part === 'key' ? '' : undefined;
    this.#open.push({ about, start: end, id, href, named, text, keys: undefined, values: undefined });
    about.open++;
  }

  /** The secret that an attribute names, as in forms. The content of the element, or of its attribute `value`, is then a secret. */
  #named(attributes: string, start: number): string | undefined {
    if (!/(?:name|key)\s*=/i.test(attributes)) return undefined;
    let secret: string | undefined;
    let value: Range | undefined;
    for (const found of attributes.matchAll(NAMING_ATTRIBUTE)) {
      const [whole, attribute = '', double, single] = found;
      const text = double ?? single ?? '';
      if (attribute.toLowerCase() === 'value') {
        const stop = start + found.index + whole.length - 1;
        value = { start: stop - text.length, end: stop };
      } else {
        // A form may put the name in brackets: `customer[password]`.
        const name = readEntities(text).replace(/\]$/, '').replace(/^.*\[/s, '');
        if (mayHoldSecret(name)) secret = name;
      }
    }
    if (secret !== undefined && value !== undefined && isSecretValue(secret, this.source.slice(value.start, value.end)))
      this.#values.push(value);
    return secret;
  }

  text(_start: number, _end: number, from: number, to: number): void {
    const top = this.#open.at(-1);
    if (top?.text === undefined || top.text.length >= MAX_KEY_CHARS) return;
    top.text += readEntities(this.source.slice(from, Math.min(to, from + 8 * MAX_KEY_CHARS)));
  }

  close(about: NameMeaning, start: number): void {
    if (about.open === 0) {
      if (this.#open.length === 1) this.#nextEntry();
      return;
    }
    while (this.#pop(start, false) !== about);
  }

  /** Closes the innermost element and returns its name. `cut`: the text ends inside it. */
  #pop(end: number, cut: boolean): NameMeaning | undefined {
    const element = this.#open.pop();
    if (element === undefined) return undefined;
    const { about, start, id, href, named, text } = element;
    about.open--;
    const parent = this.#open.at(-1);
    if (id !== undefined && !this.#targets.has(id)) this.#targets.set(id, { start, end, text: text ?? '' });
    const secret = about.secret ?? named;
    if (secret !== undefined) this.#secrets.push({ start, end, name: secret });
    if (parent !== undefined) {
      if (parent.text !== undefined && text !== undefined) parent.text += text;
      // A key that is cut off does not name anything yet.
      if (about.part === 'key') {
        if (!cut) {
          if (parent.about === ENVELOPE_MEANING && parent.keys !== undefined && parent.values !== undefined) this.#nextEntry();
          (parent.keys ??= []).push({ text: (text ?? '').trim(), href, start, end });
        }
      } else if (about.part === 'value' || (parent.values === undefined && parent.about !== ENVELOPE_MEANING))
        (parent.values ??= []).push(start, end);
    }
    if (element.values !== undefined) this.#entry(element, element.values, cut);
    return about;
  }

  /** Begins the next entry in a piece of a document, where the element around the entries is missing. */
  #nextEntry(): void {
    const top = this.#open[0];
    if (top === undefined) return;
    if (top.values !== undefined) this.#entry(top, top.values, false);
    top.keys = top.values = undefined;
  }

  #entry({ keys, about }: Open, values: readonly number[], cut: boolean): void {
    if (keys === undefined) {
      // The text ends before the key of this entry, so the value counts as a secret.
      if (cut && about.part === 'entry' && values.length === 2) this.#addAll(values, 'secret');
      return;
    }
    for (const { text, href, start, end } of keys) {
      this.#keys.push(start, end);
      if (mayHoldSecret(text)) this.#addAll(values, text);
      if (href !== undefined) this.#keyed.push({ id: href, values });
    }
  }

  #addAll(values: readonly number[], name: string): void {
    for (let at = 0; at < values.length; at += 2) this.#secrets.push({ start: values[at] ?? 0, end: values[at + 1] ?? 0, name });
  }

  /** All ranges that are secrets. */
  finish(): readonly Range[] {
    while (this.#open.length > 0) this.#pop(this.source.length, true);
    for (const { id, values } of this.#keyed) {
      const name = this.#targets.get(id)?.text.trim() ?? '';
      if (mayHoldSecret(name)) this.#addAll(values, name);
    }
    this.#follow();
    return this.#pieces();
  }

  /** Adds the elements to which secret ranges refer, and those to which these refer in turn. Each reference is followed once. */
  #follow(): void {
    const references = this.#references.sort((a, b) => a.at - b.at);
    if (references.length === 0) return;
    // For each reference, the next one that was not followed yet.
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
    for (const place of this.#secrets) {
      for (let index = waiting(firstFrom(references, place.start)); ; index = waiting(index)) {
        const reference = references[index];
        if (reference === undefined || reference.at > place.end) break;
        next[index] = index + 1;
        const target = this.#targets.get(reference.id);
        if (target !== undefined) this.#secrets.push({ start: target.start, end: target.end, name: place.name });
      }
    }
  }

  /** The texts in all secret ranges. */
  #pieces(): readonly Range[] {
    const pieces = [...this.#values];
    const sorted = this.#secrets.sort((a, b) => a.start - b.start);
    for (let index = 0; index < sorted.length;) {
      const names = new Set<string>();
      const start = sorted[index]?.start ?? 0;
      let end = start;
      for (let place = sorted[index]; place !== undefined && (place.start < end || place.start === start); place = sorted[++index]) {
        names.add(place.name);
        end = Math.max(end, place.end);
      }
      if (end > start) this.#textsOf(start, end, names, pieces);
    }
    return pieces;
  }

  /** Adds the texts in a secret range. */
  #textsOf(start: number, end: number, names: ReadonlySet<string>, pieces: Range[]): void {
    const markup = this.source.indexOf('<', start);
    if (markup < 0 || markup >= end) {
      if (isSecretText(readEntities(this.source.slice(start, end)), names)) pieces.push({ start, end });
      return;
    }
    this.#operators ??= new Map(
      Array.from({ length: this.#keys.length / 2 }, (_, index) => [this.#keys[2 * index] ?? 0, this.#keys[2 * index + 1] ?? 0]),
    );
    this.#scanner.scan(start, end, new SecretTextFinder(this.source, names, this.#operators, pieces, end));
  }
}

/** Collects the texts in one secret range. A text may come in several pieces, with comments in between. */
class SecretTextFinder implements MarkupHandler<NameMeaning> {
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

  open(_tag: MarkupTag<NameMeaning>, _start: number, end: number): void {
    this.#flush(false);
    this.#opened = true;
    // Operators of conditions and keys of maps are not hidden.
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
    if (!isSecretText(whole, this.names)) return;
    for (const [index, { start, end }] of run.entries()) this.pieces.push({ start, end, rest: index > 0 });
  }
}

function isSecretText(text: string, names: ReadonlySet<string>): boolean {
  const value = text.trim() === '' ? text : text.trim();
  for (const name of names) if (isSecretValue(name, value)) return true;
  return false;
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
