import type { WireType } from '../../api/types';
import { setKey, type MutableList, type MutableRecord, type SoapValue } from '../../api/value';
import type { Key } from './keys';
import { scalar, type Meaning, type ValueKind } from './meaning';
import { MAX_DIMENSIONS, ArrayPositions } from './array-positions';
import { WSI_ITEM } from '../operation-types';
import type { Scope } from './scope';
import type { Tag } from '../xml/tag';

/** What a frame of the stack is collecting. */
export type FrameKind = 'envelope' | 'header' | 'body' | 'operation' | 'skip' | 'map' | 'entry' | 'array' | 'struct' | 'text';

/** An element whose end has not come, with what stood in it so far. */
export interface Frame {
  readonly kind: FrameKind;
  readonly tag: Tag;
  readonly scope: Scope;
  readonly meaning: Meaning;
  /** What the catalogue says the value is, where the element does not say so itself. */
  readonly type: WireType | undefined;
  /** How the text of a `text` frame is read. */
  readonly scalar: ValueKind;
  readonly record: MutableRecord;
  list: MutableList | undefined;
  /** Where the items of an array stand, if not one after the other. */
  places: ArrayPositions | undefined;
  /** Whether the rows of this list go to `onRow`. */
  readonly rows: boolean;
  /** Text so far, of elements that may turn out to hold only text. */
  text: string;
  /** Fields of a structure that came more than once, with the lists that were made of them here. */
  repeated: Map<string, MutableList> | undefined;
  /** Key of a map entry. */
  key: string | undefined;
  /** Keys of a map whose values stand elsewhere, with the entries that said so last. */
  awaited: Map<string, Frame> | undefined;
  /** Where the value of a map entry stands, if elsewhere. */
  href: string | undefined;
  /** Value of a map entry; `undefined` until it has come. */
  value: SoapValue | undefined;
  /** Whether a child element was seen. */
  children: boolean;
  /** The key that this map had last. */
  lastKey: Key;
  /** Fields that this structure has, a bit for each slot of {@link Keys.slotOf}. */
  fields: number;
  /** The same for slots from 32. */
  moreFields: number;
}

/** For frames that collect no record: one object for all of them. */
export const NO_RECORD: MutableRecord = Object.freeze({});

/** A frame in which nothing stands yet. */
export function newFrame(of: Pick<Frame, 'kind' | 'tag' | 'scope' | 'meaning' | 'type' | 'scalar' | 'rows' | 'lastKey'>): Frame {
  const { kind, tag, scope, meaning, type, scalar: read, rows, lastKey } = of;
  return {
    kind,
    tag,
    scope,
    meaning,
    type,
    scalar: read,
    record: kind === 'map' || kind === 'struct' ? {} : NO_RECORD,
    list: kind === 'array' ? [] : undefined,
    places: kind === 'array' ? placesOf(meaning) : undefined,
    rows,
    text: '',
    repeated: undefined,
    awaited: undefined,
    key: undefined,
    href: undefined,
    value: undefined,
    children: false,
    lastKey,
    fields: 0,
    moreFields: 0,
  };
}

/** Value of a finished frame. */
export function valueOf(frame: Frame): SoapValue {
  if (frame.meaning.nil) return null;
  switch (frame.kind) {
    case 'map':
      return frame.record;
    case 'array':
      return frame.places?.value(frame.list ?? []) ?? frame.list ?? [];
    case 'text':
      return scalar(frame.scalar, frame.text);
    default:
      return structValue(frame);
  }
}

/** ArrayPositions of an array that begins at an offset or has several dimensions; others need none until an item says its position. */
function placesOf({ dimensions, offset }: Meaning): ArrayPositions | undefined {
  if (dimensions.length > MAX_DIMENSIONS || (dimensions.length === 0 && offset === undefined)) return undefined;
  return new ArrayPositions(dimensions.length === 0 ? [0] : dimensions, offset);
}

/** Gives the next item of an array its place, where something says that it does not simply follow the one before. */
export function placeItem(array: Frame, position: string | undefined): void {
  const { list, rows } = array;
  // Rows are handed out as they come.
  if (list === undefined || rows || (array.places === undefined && position === undefined)) return;
  if (array.places === undefined) {
    array.places = new ArrayPositions([0], undefined);
    for (let item = 0; item < list.length; item++) array.places.add(item, undefined);
  }
  array.places.add(list.length, position);
}

function structValue(frame: Frame): SoapValue {
  if (frame.list !== undefined) return WSI_ITEM in frame.record ? frame.record : frame.list;
  if (frame.children) return frame.record;
  // An unknown type may still be a scalar: its text is all that is known about it.
  if (frame.meaning.kind === 'struct') return frame.text.trim() === '' ? frame.record : frame.text;
  const type = frame.type;
  if (type?.kind === 'list') return [];
  if (type?.kind === 'entity') return {};
  if (type !== undefined && type.kind !== 'any') return scalar(type.kind, frame.text);
  return frame.text;
}

/** Parts of an answer as a record. A part that comes several times is a list, as a field is. */
export function recordOf(parts: readonly { readonly name: string; readonly value: SoapValue }[]): MutableRecord {
  const record: MutableRecord = {};
  const lists = new Map<string, MutableList>();
  for (const { name, value } of parts) {
    const list = lists.get(name);
    if (list === undefined) {
      lists.set(name, [value]);
      setKey(record, name, value);
    } else {
      list.push(value);
      setKey(record, name, list);
    }
  }
  return record;
}
