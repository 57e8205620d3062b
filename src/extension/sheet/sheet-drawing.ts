import { t } from '../../l10n/texts';
import type { SheetPlace, SheetState } from '../../pages/sheet-messages';
import { unreadReason } from '../../forms/sheet-sections';
import { readOnlyWords } from '../stores/read-only';
import { summarize } from '../customer/customer-summary';
import type { FormState } from './form-state';
import type { SheetReading } from './sheet-reading';
import { labelled, undoOf } from './sheet-state';

/** The facts about a store that a sheet knows before the store answers. */
export interface SheetStore {
  readonly name: string;
  readonly environment: SheetState['environment'];
  /** See {@link SheetState.asksName}. */
  readonly asksName: boolean;
  readonly readOnly: boolean;
  /** See {@link SheetState.cannot}. Without it, everything can be done. */
  readonly cannot?: SheetState['cannot'];
  /** Whether the codes of attributes are to be shown. */
  readonly codes?: boolean;
}

/** The parts of a sheet that its page is drawn from. */
export interface SheetParts {
  /** Sequence number of this drawing. */
  readonly version: number;
  /** Number of the last message about typing that the page sent and that this state includes. */
  readonly heard: number;
  readonly place: SheetPlace;
  readonly store: SheetStore;
  /** The name and e-mail address from a list, known before the store answers. */
  readonly known: { readonly name: string; readonly email: string };
  readonly title: string;
  readonly reading: SheetReading;
  /** Whether the customer exists or is new. */
  readonly mode: SheetState['mode'];
  /** The form that is in front. */
  readonly form: Pick<FormState<unknown>, 'phase' | 'shownForm' | 'review' | 'result' | 'message' | 'takeFocus'>;
  /** Heading and notes of the form in front. `undefined` for the customer itself. */
  readonly work: SheetState['work'] | undefined;
  /** The undo of the last write to an address, if nothing was written after it. */
  readonly undo: SheetState['undo'];
  readonly exchange: boolean;
  readonly memory: SheetState['memory'];
}

/** Used when no names are known. */
const nothing: ReadonlyMap<number, string> = new Map();

/** The whole state of a sheet, as its page draws it. */
export function sheetState(parts: SheetParts): SheetState {
  const { place, store, reading, form, mode } = parts;
  const there = reading.customer;
  const row = there?.row;
  const { read } = reading.shown;
  const { email, id } = row === undefined ? { email: parts.known.email, id: place.customer ?? '' } : summarize(row);
  return {
    version: parts.version,
    heard: parts.heard,
    phase: form.phase,
    place,
    mode,
    title: parts.title,
    email,
    id,
    store: store.name,
    environment: store.environment,
    asksName: store.asksName,
    readOnly: store.readOnly ? readOnlyWords() : undefined,
    cannot: store.cannot ?? { delete: undefined, addresses: undefined },
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
    codes: store.codes === true,
    exchange: parts.exchange,
    undo: parts.undo ?? (there?.row === undefined || there.save === undefined ? undefined : undoOf(there.save, there.row)),
    work: parts.work ?? { kind: 'customer', mode, id: place.customer ?? '', title: '', notes: [] },
    form: form.shownForm,
    review: form.review,
    result: form.result,
    message: form.message,
    focus: form.takeFocus(),
    memory: parts.memory,
  };
}

/** The title of a sheet: the name of the customer, or another label. */
export function titleOf({ customer }: SheetPlace, { name, email }: { readonly name: string; readonly email: string }): string {
  if (customer === undefined) return t('New customer');
  return name || email || t('Customer {customer}', { customer });
}
