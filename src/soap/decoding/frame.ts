import type { WireType } from '../../api/types';
import { setKey, type MutableList, type MutableRecord, type SoapValue } from '../../api/value';
import type { Key } from './keys';
import { scalar, type Meaning, type ValueKind } from './meaning';
import { MAX_DIMENSIONS, ArrayPositions } from './array-positions';
import { WSI_ITEM } from '../operation-types';
import type { Scope } from './scope';
import type { Tag } from '../xml/tag';

/** The kind of content that a frame of the stack collects. */
export type FrameKind = 'envelope' | 'header' | 'body' | 'operation' | 'skip' | 'map' | 'entry' | 'array' | 'struct' | 'text';

/** An element whose end tag has not been read yet, with its content so far. */
export interface Frame {
  readonly kind: FrameKind;
  readonly tag: Tag;
  readonly scope: Scope;
  readonly meaning: Meaning;
  /** The catalogue's type for the value, used where the element does not give a type itself. */
  readonly type: WireType | undefined;
  /** How the text of a `text` frame is read. */
  readonly scalar: ValueKind;
  readonly record: MutableRecord;
  list: MutableList | undefined;
  /** Positions of the items of an array; `undefined` while they simply follow one another. */
  places: ArrayPositions | undefined;
  /** Whether the rows of this list go to `onRow`. */
  readonly rows: boolean;
  /** Text so far, kept for elements that may turn out to hold only text. */
  text: string;
  /** Fields of a structure that occurred more than once, with the lists that were made of their values here. */
  repeated: Map<string, MutableList> | undefined;
  /** Key of a map entry. */
  key: string | undefined;
  /** Keys of a map whose values are elsewhere in the message, each with the last entry that had this key. */
  awaited: Map<string, Frame> | undefined;
  /** Id of the element that holds the value of a map entry, if it is elsewhere. */
  href: string | undefined;
  /** Value of a map entry; `undefined` until it is read. */
  value: SoapValue | undefined;
  /** Whether a child element was seen. */
  children: boolean;
  /** The key that was last added to this map. */
  lastKey: Key;
  /** Fields that this structure has, one bit for each slot of {@link Keys.slotOf}. */
  fields: number;
  /** The same for slots from 32. */
  moreFields: number;
}

/** The record of frames that collect none: one frozen object for all of them. */
export const NO_RECORD: MutableRecord = Object.freeze({});

/** A frame without content. */
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

/** Positions for an array that begins at an offset or has several dimensions. Other arrays need none until an item gives its position. */
function placesOf({ dimensions, offset }: Meaning): ArrayPositions | undefined {
  if (dimensions.length > MAX_DIMENSIONS || (dimensions.length === 0 && offset === undefined)) return undefined;
  return new ArrayPositions(dimensions.length === 0 ? [0] : dimensions, offset);
}

/** Records the position of the next item of an array, if anything says that it does not simply follow the previous item. */
export function placeItem(array: Frame, position: string | undefined): void {
  const { list, rows } = array;
  // Rows are delivered in the order in which they arrive.
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
  // An unknown type may still be a scalar: its text is all that is known of it.
  if (frame.meaning.kind === 'struct') return frame.text.trim() === '' ? frame.record : frame.text;
  const type = frame.type;
  if (type?.kind === 'list') return [];
  if (type?.kind === 'entity') return {};
  if (type !== undefined && type.kind !== 'any') return scalar(type.kind, frame.text);
  return frame.text;
}

/** Parts of an answer as a record. The values of a part that occurs several times become a list, as those of a field do. */
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
