import type { Fault } from '../../api/errors';
import { knownResources } from '../../api/resources';
import type { WireType } from '../../api/types';
import { setKey, type MutableList, type SoapValue } from '../../api/value';
import { t } from '../../l10n/texts';
import { faultOf, textOf } from './fault';
import { newFrame, placeItem, recordOf, valueOf, type Frame, type FrameKind } from './frame';
import { meaningOf, scalar, type ValueKind } from './meaning';
import { ns } from '../namespaces';
import { Keys, NO_SLOT } from './keys';
import { fieldType, operationOf, requestType, resultType, WSI_ITEM } from '../operation-types';
import { MAX_DIMENSIONS } from './array-positions';
import { References } from './references';
import { Scope } from './scope';
import { defaultValueLimits, tooMuch, type ValueLimits, type ValueOptions } from './value-options';
import type { XmlHandler } from '../xml/reader';
import { DecodeError } from '../xml/errors';
import type { Tag } from '../xml/tag';

/**
 * Builds values from the elements of a SOAP message, for all three dialects. An element that gives its type is read as
 * that type. Any other is read as the catalogue says, and otherwise as PHP would read it.
 */
export class ValueBuilder implements XmlHandler {
  readonly #frames: Frame[] = [];
  #top: Frame | undefined;
  readonly #references = new References();
  readonly #keys = new Keys();
  readonly #parts: { readonly name: string; value: SoapValue }[] = [];
  #rows = 0;
  #held: SoapValue[] = [];
  #values = 0;
  #text = 0;
  /**
   * Content that cannot be read as a value and would be left out. It is reported at the end, so that the result does not depend on how
   * the answer was split into chunks.
   */
  #lost: string | undefined;
  /** Text of an operation's element without parts. */
  #operationText: string | undefined;

  /** Local name of the element in the body, such as `customerCustomerListResponse`; `undefined` until it is seen. */
  element: string | undefined;
  /** Operation of the element, without `Response` or `Param`. */
  operation: string | undefined;
  /** The fault, once it is complete. */
  fault: Fault | undefined;
  /** SOAP version by the envelope's namespace; `undefined` when the root is not a SOAP envelope. */
  version: '1.1' | '1.2' | undefined;
  /** Whether a body element was there, empty or not. */
  hasBody = false;

  /**
   * @param options how values are delivered
   * @param offset bytes read so far, for errors
   */
  constructor(
    private readonly options: ValueOptions,
    private readonly offset: () => number,
    private readonly limits: ValueLimits = defaultValueLimits,
  ) {}

  /** Rows of the top-level list so far. */
  get rows(): number {
    return this.#rows;
  }

  /**
   * The value of the answer: its only part, or a record of its parts.
   * @throws {DecodeError} when the references between values cannot be resolved, or when content cannot be read
   */
  finish(): SoapValue {
    // A fault is read in any case.
    if (this.#lost !== undefined && this.fault === undefined) throw new DecodeError('malformed', this.offset(), this.#lost);
    this.#references.resolve(this.offset);
    for (const row of this.#held) this.options.onRow?.(row, this.#rows++);
    this.#held = [];
    return this.#value();
  }

  #operationType(operation: string): WireType | undefined {
    const { request, registry = knownResources } = this.options;
    return request === true ? requestType(operation, registry) : resultType(operation, registry);
  }

  /** The complete part of the value so far, for errors. */
  partial(): SoapValue {
    const first = this.#frames.findIndex(({ kind }) => kind === 'operation') + 1;
    const list = this.#frames.find(({ rows, kind }, index) => rows || (kind === 'array' && index === first));
    return list?.list ?? this.#value();
  }

  #value(): SoapValue {
    const [first, second] = this.#parts;
    if (first === undefined) {
      // WS-I's operations answer with a structure of parts, which may be empty. The others answer with one value or without one.
      const empty = this.options.request === true || this.element?.endsWith('Param') === true ? {} : null;
      return this.#operationText ?? empty;
    }
    return second === undefined && this.options.request !== true ? first.value : recordOf(this.#parts);
  }

  open(tag: Tag): void {
    const parent = this.#top;
    const frame = parent === undefined ? this.#envelope(tag) : this.#child(parent, tag);
    if (parent !== undefined) parent.children = true;
    this.#frames.push(frame);
    this.#top = frame;
  }

  leaf(tag: Tag, text: string): void {
    const parent = this.#top;
    if (parent !== undefined && !tag.declares) {
      // The fast path for nearly every value: a scalar inside a structure or a map entry. Its result must equal that of the path below.
      const meaning = meaningOf(tag, parent.scope);
      if (meaning.href === undefined && meaning.id === undefined) {
        const kind = meaning.kind;
        if (kind === 'string' || kind === 'int' || kind === 'boolean' || kind === 'double') {
          if (parent.kind === 'struct') {
            parent.children = true;
            this.#count(text.length);
            this.#addField(parent, tag, meaning.nil ? null : kind === 'string' ? text : scalar(kind, text), undefined);
            return;
          }
          if (parent.kind === 'entry') {
            this.#addToEntry(parent, tag, meaning.nil ? null : kind === 'string' ? text : scalar(kind, text), undefined);
            this.#text += text.length;
            return;
          }
        } else if (kind === 'untyped' && parent.kind === 'struct' && !meaning.nil && tag.local !== WSI_ITEM) {
          const of = parent.type;
          if (of?.kind === 'entity' && meaning.field?.of !== of) meaning.field = { of, type: fieldType(of, tag.local) };
          const type = of?.kind === 'entity' ? meaning.field?.type : undefined;
          if (type === undefined || (type.kind !== 'entity' && type.kind !== 'list')) {
            parent.children = true;
            this.#count(text.length);
            this.#addField(parent, tag, type === undefined || type.kind === 'any' ? text : scalar(type.kind, text), undefined);
            return;
          }
        }
      }
    }
    this.open(tag);
    if (text !== '') this.text(text);
    this.close();
  }

  text(text: string): void {
    const frame = this.#top;
    if (frame === undefined || frame.children || (frame.kind !== 'text' && frame.kind !== 'struct' && frame.kind !== 'operation')) return;
    this.#text += text.length;
    // Check before joining, since every engine limits the length of a text.
    if (this.#text > this.limits.text) this.#tooMuch();
    frame.text += text;
  }

  /** Counts one more value, with the characters that no frame counted. */
  #count(characters = 0): void {
    this.#text += characters;
    if (++this.#values > this.limits.values || this.#text > this.limits.text) this.#tooMuch();
  }

  #tooMuch(): never {
    throw tooMuch(this.limits, this.#values, this.offset());
  }

  close(): void {
    const frame = this.#frames.pop();
    const parent = this.#frames.at(-1);
    this.#top = parent;
    if (frame === undefined || parent === undefined) return;
    switch (frame.kind) {
      case 'operation':
        // Text in place of parts is the whole result of the operation.
        if (!frame.children && frame.text.trim() !== '') this.#operationText = frame.text;
        return;
      case 'envelope':
      case 'header':
      case 'body':
      case 'skip':
        return;
      case 'entry':
        this.#addEntry(parent, frame);
        return;
      default:
        this.#add(parent, frame, valueOf(frame));
    }
  }

  #envelope(tag: Tag): Frame {
    const scope = Scope.root.inside(tag);
    const namespace = scope.namespace(tag.prefix);
    if (tag.local === 'Envelope') {
      if (namespace === ns.envelope11) this.version = '1.1';
      else if (namespace === ns.envelope12) this.version = '1.2';
    }
    return this.#frame(this.version === undefined ? 'skip' : 'envelope', tag, scope, undefined);
  }

  #child(parent: Frame, tag: Tag): Frame {
    const scope = parent.scope.inside(tag);
    switch (parent.kind) {
      case 'envelope':
        if (tag.local === 'Body') this.hasBody = true;
        return this.#frame(tag.local === 'Body' ? 'body' : tag.local === 'Header' ? 'header' : 'skip', tag, scope, undefined);
      case 'skip':
        return this.#frame('skip', tag, scope, undefined);
      case 'header':
        // The headers themselves are not used, but values may refer to elements in them.
        return this.#valueFrame(parent, tag, scope, undefined);
      case 'body': {
        if (this.element !== undefined) return this.#valueFrame(parent, tag, scope, undefined);
        this.element = tag.local;
        if (tag.local === 'Fault') return this.#frame('struct', tag, scope, undefined);
        this.operation = operationOf(tag.local);
        return this.#frame('operation', tag, scope, this.#operationType(this.operation));
      }
      case 'map':
        return this.#frame('entry', tag, scope, undefined);
      case 'array':
        return this.#valueFrame(parent, tag, scope, parent.type?.kind === 'list' ? parent.type.of : undefined);
      case 'struct':
        return this.#valueFrame(parent, tag, scope, fieldType(parent.type, tag.local));
      case 'operation':
        // In SOAP 1.2, rpc:result names the part that is the result. The name itself is not a part.
        if (tag.local === 'result' && scope.namespace(tag.prefix) === ns.rpc12) return this.#frame('skip', tag, scope, undefined);
        return this.#valueFrame(parent, tag, scope, this.options.request === true ? fieldType(parent.type, tag.local) : parent.type);
      case 'text':
        // PHP refuses it too.
        if (!parent.meaning.nil) this.#lost ??= notSimple(parent.tag.local, tag.local, parent.meaning.typeName);
        return this.#valueFrame(parent, tag, scope, undefined);
      default:
        return this.#valueFrame(parent, tag, scope, undefined);
    }
  }

  /** A frame for an element that holds a value. */
  #valueFrame(parent: Frame, tag: Tag, scope: Scope, type: WireType | undefined): Frame {
    const meaning = meaningOf(tag, scope);
    if (meaning.id !== undefined) this.#references.claim(meaning.id, tag, this.#frames.length);
    let kind: ValueKind = meaning.kind;
    if (kind === 'untyped' && parent.kind === 'array') kind = parent.meaning.items;
    if (kind === 'map') return this.#frame('map', tag, scope, undefined, meaning);
    if (meaning.dimensions.length > MAX_DIMENSIONS)
      this.#lost ??= t('An array has {dimensions} dimensions', { dimensions: meaning.dimensions.length });
    if (kind === 'array') return this.#frame('array', tag, scope, undefined, meaning, parent.kind === 'operation');
    if (kind === 'struct') return this.#frame('struct', tag, scope, type, meaning);
    if (kind !== 'untyped') return this.#frame('text', tag, scope, undefined, meaning, false, kind);
    return this.#frame('struct', tag, scope, type, meaning, parent.kind === 'operation');
  }

  #frame(
    kind: FrameKind,
    tag: Tag,
    scope: Scope,
    type: WireType | undefined,
    meaning = meaningOf(tag, scope),
    topLevel = false,
    scalar: ValueKind = 'string',
  ): Frame {
    const rows = topLevel && this.options.onRow !== undefined;
    return newFrame({ kind, tag, scope, meaning, type, scalar, rows, lastKey: this.#keys.first });
  }

  #addEntry(parent: Frame, entry: Frame): void {
    if (entry.key === undefined) {
      if (entry.value !== undefined) this.#lost ??= t('An entry of a map has a value, but no key');
      return;
    }
    this.#count();
    const known = this.#keys.after(parent.lastKey, entry.key);
    if (known !== undefined) parent.lastKey = known;
    const { record } = parent;
    const key = known?.name ?? entry.key;
    setKey(record, key, entry.value ?? null);
    // Of equal keys the last one counts, even if an earlier one gets its value only later.
    if (entry.href === undefined) parent.awaited?.delete(key);
    else {
      const awaited = (parent.awaited ??= new Map<string, Frame>()).set(key, entry);
      this.#references.use(entry.href, (target) => {
        if (awaited.get(key) === entry) setKey(record, key, target);
      });
    }
  }

  /** The first key and the first value of an entry count, in either order, as in PHP. */
  #addToEntry(entry: Frame, tag: Tag, value: SoapValue, href: string | undefined): void {
    if (tag.local === 'key') {
      if (entry.key !== undefined) return;
      entry.key = textOf(value);
      return;
    }
    if (entry.value !== undefined) return;
    entry.value = value;
    entry.href = href;
  }

  /** Adds a finished value to its parent. */
  #add(parent: Frame, frame: Frame, value: SoapValue): void {
    const { meaning, tag } = frame;
    if (meaning.id !== undefined) this.#references.define(meaning.id, tag, this.#frames.length, value, meaning.href);
    if (parent.kind !== 'entry') this.#count();
    switch (parent.kind) {
      case 'body':
        if (tag.local === 'Fault') this.fault ??= faultOf(value);
        return;
      case 'operation': {
        const part = { name: tag.local, value };
        this.#parts.push(part);
        if (meaning.href !== undefined) this.#references.use(meaning.href, (target) => (part.value = target));
        return;
      }
      case 'entry':
        this.#addToEntry(parent, tag, value, meaning.href);
        return;
      case 'array':
        placeItem(parent, meaning.position);
        this.#addItem(parent, parent.list ?? [], value, meaning.href);
        return;
      case 'struct':
        if (tag.local === WSI_ITEM && meaning.kind === 'untyped') {
          parent.list ??= [];
          if (this.options.wrappers === true && !parent.rows) setKey(parent.record, WSI_ITEM, parent.list);
          this.#addItem(parent, parent.list, value, meaning.href);
        } else this.#addField(parent, tag, value, meaning.href);
        return;
      default:
        return;
    }
  }

  #addItem(parent: Frame, list: MutableList, value: SoapValue, href: string | undefined): void {
    if (href !== undefined) {
      const index = list.push(value) - 1;
      this.#references.use(href, (target) => {
        list[index] = target;
        parent.places?.fill(index, target);
      });
      return;
    }
    if (!parent.rows) {
      list.push(value);
      return;
    }
    // A row that refers to a later element is complete only once that element has been read.
    if (this.#references.pending > 0) this.#held.push(value);
    else this.options.onRow?.(value, this.#rows++);
  }

  #addField(parent: Frame, tag: Tag, value: SoapValue, href: string | undefined): void {
    const { record } = parent;
    const name = tag.local;
    if (this.#isNew(parent, tag)) {
      setKey(record, name, value);
      if (href !== undefined) this.#references.use(href, (target) => this.#setField(parent, name, 0, target));
      return;
    }
    // PHP makes a list of an element that occurs several times.
    let list = parent.repeated?.get(name);
    if (list === undefined) {
      // If the first value is itself a list, it becomes an item of the new list and is not extended.
      list = [record[name] ?? null];
      (parent.repeated ??= new Map()).set(name, list);
      setKey(record, name, list);
    }
    const index = list.push(value) - 1;
    if (href !== undefined) this.#references.use(href, (target) => this.#setField(parent, name, index, target));
  }

  /** Sets the value that a field refers to. The field may have become an item of a list in the meantime. */
  #setField(parent: Frame, name: string, index: number, value: SoapValue): void {
    const list = parent.repeated?.get(name);
    if (list === undefined) setKey(parent.record, name, value);
    else list[index] = value;
  }

  /** Whether a structure has no field of this name yet; from now on it has one. */
  #isNew(parent: Frame, tag: Tag): boolean {
    const slot = tag.slot < 0 ? this.#keys.slotOf(tag) : tag.slot;
    if (slot >= NO_SLOT) return !Object.hasOwn(parent.record, tag.local);
    const bit = 1 << (slot & 31);
    if (slot < 32) {
      if ((parent.fields & bit) !== 0) return false;
      parent.fields |= bit;
    } else {
      if ((parent.moreFields & bit) !== 0) return false;
      parent.moreFields |= bit;
    }
    return true;
  }
}

/** The message for an element that has a child element although its type does not allow it. */
function notSimple(parent: string, child: string, type: string | undefined): string {
  return type === undefined
    ? t('<{parent}> contains <{child}>, but its type is text', { parent, child })
    : t('<{parent}> contains <{child}>, but its type is {type}', { parent, child, type });
}
