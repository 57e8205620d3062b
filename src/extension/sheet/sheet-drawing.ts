import type { SheetPhase, SheetPlace, SheetResult, SheetState } from '../../pages/sheet-messages';
import { unreadReason } from '../../forms/sheet-sections';
import { READ_ONLY } from '../stores/read-only';
import { summarize } from '../customer/customer-summary';
import type { Draft } from './draft';
import type { SheetReading } from './sheet-reading';
import { labelled, sheetForm, sheetReview, undoOf } from './sheet-state';

/** What a sheet knows of its store before the store answers. */
export interface SheetStore {
  readonly name: string;
  readonly environment: SheetState['environment'];
  readonly readOnly: boolean;
}

/** The parts of a sheet that its page is drawn from. */
export interface SheetParts {
  /** Number of this drawing. */
  readonly version: number;
  /** The last message about typing that the page sent and that is in here. */
  readonly heard: number;
  readonly phase: SheetPhase;
  readonly place: SheetPlace;
  readonly store: SheetStore;
  /** What a list said about the customer before the store answered. */
  readonly known: { readonly name: string; readonly email: string };
  readonly title: string;
  readonly reading: SheetReading;
  readonly draft: Draft | undefined;
  /** Changes with everything that is typed or decided: what was looked over under another number is not sent. */
  readonly revision: number;
  readonly exchange: boolean;
  readonly result: SheetResult | undefined;
  readonly message: string | undefined;
  /** The field that the page moves to. */
  readonly focus: string | undefined;
  readonly memory: SheetState['memory'];
}

/** Names that are not known. */
const nothing: ReadonlyMap<number, string> = new Map();

/** The whole state of a sheet, as its page draws it. */
export function sheetState(parts: SheetParts): SheetState {
  const { phase, place, store, draft, reading } = parts;
  const there = reading.there;
  const row = there?.row;
  const { read } = reading.shown;
  const { email, id } = row === undefined ? { email: parts.known.email, id: place.customer ?? '' } : summarize(row);
  return {
    version: parts.version,
    heard: parts.heard,
    phase,
    place,
    mode: draft?.mode ?? (place.customer === undefined ? 'new' : 'edit'),
    title: parts.title,
    email,
    id,
    store: store.name,
    environment: store.environment,
    readOnly: store.readOnly ? READ_ONLY : undefined,
    asking: reading.asking,
    problem: reading.problem,
    readAt: reading.readAt,
    dialect: there?.dialect,
    read,
    editable: row !== undefined,
    unread: read === undefined ? '' : unreadReason(read),
    sections: reading.sections(),
    addresses: reading.addresses(),
    times: reading.times,
    group: reading.group(),
    groups: labelled(there?.groups ?? nothing),
    websites: labelled(there?.websiteNames.websites ?? nothing),
    stores: labelled(there?.websiteNames.stores ?? nothing),
    exchange: parts.exchange,
    undo: there?.row === undefined || there.save === undefined ? undefined : undoOf(there.save, there.row),
    form: draft === undefined || (phase !== 'editing' && phase !== 'saving') ? undefined : sheetForm(draft),
    review: draft === undefined || phase !== 'reviewing' ? undefined : sheetReview(draft, parts.revision),
    result: parts.result,
    message: parts.message,
    focus: parts.focus,
    memory: parts.memory,
  };
}

/** What a sheet is called: the customer, in words. */
export function titleOf({ customer }: SheetPlace, { name, email }: { readonly name: string; readonly email: string }): string {
  if (customer === undefined) return 'New customer';
  return name || email || `Customer ${customer}`;
}
