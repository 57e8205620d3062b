import { t } from '../../l10n/texts';
import type { Meaning } from '../decoding/value-kind';
import { decodeEntities, isName } from './text';
import { Spelling } from './window';

/** One attribute as written: qualified name and decoded value. */
export interface Attribute {
  readonly name: string;
  readonly value: string;
}

/**
 * A start tag. Tags are parsed once for each distinct spelling and then shared, because answers repeat a few dozen
 * spellings a million times. `next` and `after` remember which tag followed last time, so that the reader can confirm
 * it with one comparison instead of parsing.
 */
export class Tag {
  /** Local part of the name. */
  readonly local: string;
  /** Prefix, or an empty text. */
  readonly prefix: string;
  /** The end tag, spelled without white space. */
  readonly close: string;
  /** Whether it declares namespaces. The namespaces of its prefixes must then not be remembered across scopes. */
  readonly declares: boolean;
  /** The tag that last followed the start of this element. */
  next: Tag | undefined;
  /** The tag that last followed the end of this element. */
  after: Tag | undefined;
  /** The text from this element's end tag to the end of `after`, if they follow each other directly. One comparison confirms both. */
  step: Spelling | undefined;
  /** White space in `step` between the two tags: none or a line feed. */
  gap: '' | '\n' = '';
  readonly #steps = new Map<Tag, Spelling>();
  #whole: Spelling | undefined;
  #end: Spelling | undefined;
  /** The meaning of its attributes, remembered by `meaningOf` for the scope in which it was last seen. */
  meaning: Meaning | undefined;
  /** Number of this field among the fields of its structure. Set by `Keys.slotOf`, negative until then. */
  slot = -1;
  /** Whether the reader remembers this tag. Only then may other tags refer to it, so that memory stays limited. */
  remembered = false;

  constructor(
    /** The whole spelling, from `<` to `>`. */
    readonly raw: string,
    /** Qualified name. */
    readonly name: string,
    readonly attributes: readonly Attribute[],
    readonly selfClosing: boolean,
    /** The name as it is spelled in `raw`, which may be undecoded UTF-8. */
    rawName = name,
  ) {
    const colon = name.indexOf(':');
    this.prefix = colon < 0 ? '' : name.slice(0, colon);
    this.local = colon < 0 ? name : name.slice(colon + 1);
    this.close = `</${rawName}>`;
    this.declares = attributes.some((attribute) => attribute.name === 'xmlns' || attribute.name.startsWith('xmlns:'));
  }

  /** The start tag in the form in which it is compared. @param raw whether its text is still undecoded UTF-8 */
  whole(raw: boolean): Spelling {
    return (this.#whole ??= new Spelling(this.raw, raw));
  }

  /** The end tag in the form in which it is compared. @param raw whether its text is still undecoded UTF-8 */
  end(raw: boolean): Spelling {
    return (this.#end ??= new Spelling(this.close, raw));
  }

  /**
   * Remembers which tag followed the end of this one, and the white space between them.
   * @param raw whether the text of the tags is still undecoded UTF-8
   */
  follow(tag: Tag, gap: '' | '\n', raw: boolean): void {
    this.after = tag;
    if (tag.selfClosing) {
      this.step = undefined;
      return;
    }
    let step = this.gap === gap ? this.#steps.get(tag) : undefined;
    if (step === undefined) {
      step = new Spelling(this.close + gap + tag.raw, raw);
      if (this.gap !== gap) this.#steps.clear();
      if (this.#steps.size < MAX_FOLLOWING_TAGS) this.#steps.set(tag, step);
    }
    this.gap = gap;
    this.step = step;
  }

  /** Value of an attribute by its qualified name. */
  attribute(name: string): string | undefined {
    return this.attributes.find((attribute) => attribute.name === name)?.value;
  }
}

/** Maximum number of following tags for which a tag keeps the text of the step. Optional fields need fewer. */
const MAX_FOLLOWING_TAGS = 8;

const SPACE = /[ \t\r\n]*/y;
const NAME = /[^ \t\r\n/>=<"'&]+/y;

/**
 * Parses a start tag.
 * @param tag the whole tag from `<` to `>`
 * @param raw the same tag as it is in the reader's text
 * @returns the tag, or a text that says what is wrong with it
 */
export function parseTag(tag: string, raw = tag): Tag | string {
  let pos = 1;
  const end = tag.length - (tag.endsWith('/>') ? 2 : 1);
  const take = (pattern: RegExp): string => {
    pattern.lastIndex = pos;
    const match = pattern.exec(tag)?.[0] ?? '';
    pos += match.length;
    return match;
  };

  const name = take(NAME);
  if (!isName(name)) return t('"{name}" is not an element name', { name: excerpt(name) });
  const attributes: Attribute[] = [];
  const seen = new Set<string>();
  for (;;) {
    const space = take(SPACE);
    if (pos >= end) break;
    if (space === '') return t('white space is missing before an attribute');
    const key = take(NAME);
    if (!isName(key)) return t('"{name}" is not an attribute name', { name: excerpt(key) });
    if (seen.has(key)) return t('the attribute {name} occurs twice', { name: excerpt(key) });
    seen.add(key);
    take(SPACE);
    if (tag[pos] !== '=') return t('the attribute {name} has no value', { name: excerpt(key) });
    pos++;
    take(SPACE);
    const quote = tag[pos];
    if (quote !== '"' && quote !== "'") return t('the value of {name} is not quoted', { name: excerpt(key) });
    const close = tag.indexOf(quote, pos + 1);
    if (close < 0 || close >= end) return t('the value of {name} is not closed', { name: excerpt(key) });
    const text = tag.slice(pos + 1, close);
    if (text.includes('<')) return t('the value of {name} contains a bare <', { name: excerpt(key) });
    const value = decodeEntities(text.replace(/\r\n?|[\t\n]/g, ' '));
    if (value === undefined) return t('the value of {name} contains an unknown entity or a bare &', { name: excerpt(key) });
    attributes.push({ name: key, value });
    pos = close + 1;
  }
  return new Tag(raw, name, attributes, end === tag.length - 2, /[^ \t\r\n/>]+/.exec(raw.slice(1))?.[0]);
}

function excerpt(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
