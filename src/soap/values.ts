import type { Fault } from '../api/errors';
import type { WireType } from '../api/types';
import { setKey, type MutableList, type MutableRecord, type SoapValue } from '../api/value';
import { faultOf, textOf } from './fault';
import { meaningOf, scalar, type Meaning, type ValueKind } from './meaning';
import { ns } from './namespaces';
import { fieldType, operationOf, requestType, resultType, WSI_ITEM } from './operation-types';
import { References } from './references';
import { Scope } from './scope';
import type { XmlHandler } from './xml/reader';
import type { Tag } from './xml/tag';

/** What becomes of the elements of a message. */
export interface ValueOptions {
  /** Told each row of a top-level list as soon as it is complete. Rows are then not kept. */
  readonly onRow?: ((row: SoapValue, index: number) => void) | undefined;
  /** Keep WS-I's wrapper as PHP shows it, `{ complexObjectArray: [...] }`, instead of the plain list. */
  readonly wrappers?: boolean | undefined;
  /** The message is a request: its parts are arguments, and the value is a record of them. */
  readonly request?: boolean | undefined;
}

/** What a frame of the stack is collecting. */
type FrameKind = 'envelope' | 'header' | 'body' | 'operation' | 'skip' | 'map' | 'entry' | 'array' | 'struct' | 'text';

interface Frame {
  readonly kind: FrameKind;
  readonly tag: Tag;
  readonly scope: Scope;
  readonly meaning: Meaning;
  /** What the catalogue says the value is, where the element does not say so itself. */
  readonly type: WireType | undefined;
  readonly record: MutableRecord;
  list: MutableList | undefined;
  /** Whether the rows of this list go to `onRow`. */
  readonly rows: boolean;
  /** Text so far, of elements that may turn out to hold only text. */
  text: string;
  /** Fields of a structure that came more than once, with the lists that were made of them here. */
  repeated: Map<string, MutableList> | undefined;
  /** Key of a map entry. */
  key: string | undefined;
  /** Where the value of a map entry stands, if elsewhere. */
  href: string | undefined;
  /** Value of a map entry. */
  value: SoapValue;
  /** Whether a child element was seen. */
  children: boolean;
  /** Keys this map had last time, in order. */
  keys: KeyNode;
}

/** Keys follow one another in the same order in every row; following them saves hashing each text again. */
interface KeyNode {
  readonly key: string;
  next: KeyNode | undefined;
}

const NO_RECORD: MutableRecord = Object.freeze({});

/**
 * Builds values from the elements of a SOAP message, for all three dialects: an element that says its type is read as
 * that type, one that does not is read as the catalogue says, and otherwise as PHP would read it.
 */
export class ValueBuilder implements XmlHandler {
  readonly #frames: Frame[] = [];
  #top: Frame | undefined;
  readonly #references = new References();
  readonly #firstKey: KeyNode = { key: '', next: undefined };
  readonly #keys = new Map<string, KeyNode>();
  readonly #parts: { readonly name: string; value: SoapValue }[] = [];
  #rows = 0;
  #held: SoapValue[] = [];

  /** Local name of the element in the body, such as `customerCustomerListResponse`; `undefined` until it is seen. */
  element: string | undefined;
  /** Operation of the element, without `Response` or `Param`. */
  operation: string | undefined;
  /** The fault, once it is complete. */
  fault: Fault | undefined;
  /** SOAP version by the envelope's namespace; `undefined` when the root is no SOAP envelope. */
  version: '1.1' | '1.2' | undefined;
  /** Whether a body element was there, empty or not. */
  hasBody = false;

  constructor(
    private readonly options: ValueOptions,
    private readonly offset: () => number,
  ) {}

  /** Rows of the top-level list so far. */
  get rows(): number {
    return this.#rows;
  }

  /**
   * The value of the answer: its only part, or a record of its parts.
   * @throws {DecodeError} when values refer to each other in a way that makes no sense
   */
  finish(): SoapValue {
    this.#references.resolve(this.offset);
    for (const row of this.#held) this.options.onRow?.(row, this.#rows++);
    this.#held = [];
    return this.#value();
  }

  /** What is complete so far, for errors. */
  partial(): SoapValue {
    const list = this.#frames.find((frame) => frame.rows || (frame.kind === 'array' && this.#frames[this.#frames.indexOf(frame) - 1]?.kind === 'operation'));
    return list?.list ?? this.#value();
  }

  #value(): SoapValue {
    const [first, second] = this.#parts;
    if (first === undefined) return {};
    if (second === undefined && this.options.request !== true) return first.value;
    const record: MutableRecord = {};
    for (const part of this.#parts) setKey(record, part.name, part.value);
    return record;
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
      // The path of nearly every value: a typed scalar inside a structure, a map entry or an array.
      const meaning = meaningOf(tag, parent.scope);
      if (meaning.href === undefined && meaning.id === undefined) {
        const kind = meaning.kind;
        if (kind === 'string' || kind === 'int' || kind === 'boolean' || kind === 'double') {
          const value = meaning.nil ? null : kind === 'string' ? text : scalar(kind, text);
          if (parent.kind === 'struct') {
            parent.children = true;
            setKey(parent.record, tag.local, value);
            return;
          }
          if (parent.kind === 'entry') {
            if (tag.local === 'key') parent.key = text;
            else parent.value = value;
            return;
          }
        } else if (kind === 'untyped' && parent.kind === 'struct' && !meaning.nil && tag.local !== WSI_ITEM) {
          const of = parent.type;
          if (of?.kind === 'entity' && meaning.field?.of !== of) meaning.field = { of, type: fieldType(of, tag.local) };
          const type = of?.kind === 'entity' ? meaning.field?.type : undefined;
          if (type === undefined || (type.kind !== 'entity' && type.kind !== 'list')) {
            parent.children = true;
            this.#addField(parent, tag.local, type === undefined || type.kind === 'any' ? text : scalar(type.kind, text), meaning);
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
    if (frame !== undefined && (frame.kind === 'text' || frame.kind === 'struct') && !frame.children) frame.text += text;
  }

  close(): void {
    const frame = this.#frames.pop();
    const parent = this.#frames.at(-1);
    this.#top = parent;
    if (frame === undefined || parent === undefined) return;
    switch (frame.kind) {
      case 'envelope':
      case 'header':
      case 'body':
      case 'operation':
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
      case 'header':
      case 'skip':
        return this.#frame('skip', tag, scope, undefined);
      case 'body': {
        if (meaningOf(tag, scope).id !== undefined && this.element !== undefined) return this.#valueFrame(parent, tag, scope, undefined);
        if (this.element !== undefined) return this.#frame('skip', tag, scope, undefined);
        this.element = tag.local;
        if (tag.local === 'Fault') return this.#frame('struct', tag, scope, undefined);
        this.operation = operationOf(tag.local);
        return this.#frame('operation', tag, scope, this.options.request === true ? requestType(this.operation) : resultType(this.operation));
      }
      case 'map':
        return this.#frame('entry', tag, scope, undefined);
      case 'array':
        return this.#valueFrame(parent, tag, scope, parent.type?.kind === 'list' ? parent.type.of : undefined);
      case 'struct':
        return this.#valueFrame(parent, tag, scope, fieldType(parent.type, tag.local));
      case 'operation':
        return this.#valueFrame(parent, tag, scope, this.options.request === true ? fieldType(parent.type, tag.local) : parent.type);
      default:
        return this.#valueFrame(parent, tag, scope, undefined);
    }
  }

  /** A frame for an element that holds a value. */
  #valueFrame(parent: Frame, tag: Tag, scope: Scope, type: WireType | undefined): Frame {
    const meaning = meaningOf(tag, scope);
    let kind: ValueKind = meaning.kind;
    if (kind === 'untyped' && parent.kind === 'array') kind = parent.meaning.items;
    if (kind === 'map') return this.#frame('map', tag, scope, undefined, meaning);
    if (kind === 'array') return this.#frame('array', tag, scope, undefined, meaning, parent.kind === 'operation');
    if (kind === 'struct') return this.#frame('struct', tag, scope, type, meaning);
    if (kind !== 'untyped') return this.#frame('text', tag, scope, { kind }, meaning);
    return this.#frame('struct', tag, scope, type, meaning, parent.kind === 'operation');
  }

  #frame(kind: FrameKind, tag: Tag, scope: Scope, type: WireType | undefined, meaning = meaningOf(tag, scope), topLevel = false): Frame {
    return {
      kind,
      tag,
      scope,
      meaning,
      type,
      record: kind === 'map' || kind === 'struct' ? {} : NO_RECORD,
      list: kind === 'array' ? [] : undefined,
      rows: topLevel && this.options.onRow !== undefined,
      text: '',
      repeated: undefined,
      key: undefined,
      href: undefined,
      value: null,
      children: false,
      keys: this.#firstKey,
    };
  }

  #addEntry(parent: Frame, entry: Frame): void {
    if (entry.key === undefined) return;
    let node = parent.keys.next;
    if (node?.key !== entry.key) {
      node = this.#keys.get(entry.key);
      if (node === undefined) {
        node = { key: entry.key, next: undefined };
        if (this.#keys.size < 1024) this.#keys.set(entry.key, node);
      }
      parent.keys.next = node;
    }
    parent.keys = node;
    const { record } = parent;
    const { key } = node;
    setKey(record, key, entry.value);
    if (entry.href !== undefined) this.#references.use(entry.href, (target) => setKey(record, key, target));
  }

  /** Puts a finished value where it belongs. */
  #add(parent: Frame, frame: Frame, value: SoapValue): void {
    const { meaning, tag } = frame;
    if (meaning.id !== undefined) this.#references.define(meaning.id, value);
    switch (parent.kind) {
      case 'body':
        if (tag.local === 'Fault') this.fault = faultOf(value);
        return;
      case 'operation': {
        const part = { name: tag.local, value };
        this.#parts.push(part);
        if (meaning.href !== undefined) this.#references.use(meaning.href, (target) => (part.value = target));
        return;
      }
      case 'entry':
        if (tag.local === 'key') {
          parent.key = textOf(value);
          return;
        }
        parent.value = value;
        parent.href = meaning.href;
        return;
      case 'array':
        this.#addItem(parent, parent.list ?? [], value, meaning.href);
        return;
      case 'struct':
        if (tag.local === WSI_ITEM && meaning.kind === 'untyped') {
          parent.list ??= [];
          if (this.options.wrappers === true && !parent.rows) setKey(parent.record, WSI_ITEM, parent.list);
          this.#addItem(parent, parent.list, value, meaning.href);
        } else this.#addField(parent, tag.local, value, meaning);
        return;
      default:
        return;
    }
  }

  #addItem(parent: Frame, list: MutableList, value: SoapValue, href: string | undefined): void {
    if (href !== undefined) {
      const index = list.push(value) - 1;
      this.#references.use(href, (target) => (list[index] = target));
      return;
    }
    if (!parent.rows) {
      list.push(value);
      return;
    }
    // A row that refers to something further down is not complete before that has come.
    if (this.#references.pending > 0) this.#held.push(value);
    else this.options.onRow?.(value, this.#rows++);
  }

  #addField(parent: Frame, name: string, value: SoapValue, meaning: Meaning): void {
    const record = parent.record;
    if (meaning.href !== undefined) this.#references.use(meaning.href, (target) => setKey(record, name, target));
    if (!Object.hasOwn(record, name)) {
      setKey(record, name, value);
      return;
    }
    // PHP makes a list of an element that stands several times.
    const before = record[name] ?? null;
    const made = parent.repeated?.get(name);
    // A list that came as a value is an item of the list of them, and never added to.
    if (made !== undefined && made === before) made.push(value);
    else {
      const list: MutableList = [before, value];
      (parent.repeated ??= new Map()).set(name, list);
      setKey(record, name, list);
    }
  }
}

/** Value of a finished frame. */
function valueOf(frame: Frame): SoapValue {
  if (frame.meaning.nil) return null;
  switch (frame.kind) {
    case 'map':
      return frame.record;
    case 'array':
      return frame.list ?? [];
    case 'text':
      return scalar(frame.type?.kind === 'int' || frame.type?.kind === 'boolean' || frame.type?.kind === 'double' ? frame.type.kind : 'string', frame.text);
    default:
      return structValue(frame);
  }
}

function structValue(frame: Frame): SoapValue {
  if (frame.list !== undefined) return WSI_ITEM in frame.record ? frame.record : frame.list;
  if (frame.children) return frame.record;
  // A type that is none of ours may still be a scalar: its text is all that is known about it.
  if (frame.meaning.kind === 'struct') return frame.text.trim() === '' ? frame.record : frame.text;
  const type = frame.type;
  if (type?.kind === 'list') return [];
  if (type?.kind === 'entity') return {};
  if (type !== undefined && type.kind !== 'any') return scalar(type.kind, frame.text);
  return frame.text;
}
