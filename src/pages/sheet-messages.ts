import * as z from 'zod/mini';
import type { FormKind, FormMode } from '../forms/form-rules';
import { defaultFlags } from '../forms/address-fields';
import { dialects, type Dialect } from '../api/dialect';
import type { ReadFrom } from '../api/moments';
import type { SheetSection } from '../forms/sheet-sections';
import type { FieldRole } from '../api/types';

/**
 * The contract between the extension and the customer sheet, both directions. All state lives in the extension: the page says what was
 * done in it and draws what it is given, so a page that was hidden, or is new after a reload, shows the same as one that was there all
 * the time. What comes from a webview is validated before anything is done with it.
 */

/** Which customer a sheet is about: enough to open it again after a reload. */
export const sheetPlace = z.object({
  /** ID under which the extension knows the store. */
  store: z.string(),
  /** ID of the customer; missing for one that is to be created. */
  customer: z.optional(z.string()),
});

/** See {@link sheetPlace}. */
export type SheetPlace = z.infer<typeof sheetPlace>;

const code = z.string().check(z.maxLength(255));
const value = z.string().check(z.maxLength(100_000));

/** One change of a form. */
export const sheetChange = z.object({ code, from: z.optional(z.string()), to: z.string() });

/** See {@link sheetChange}. */
export type SheetChange = z.infer<typeof sheetChange>;

/** What was typed into the form of an address. */
export const sheetAddressDraft = z.object({
  /** ID of the address; missing for a new one. */
  id: z.optional(z.string()),
  changes: z.array(sheetChange),
});

/** See {@link sheetAddressDraft}. */
export type SheetAddressDraft = z.infer<typeof sheetAddressDraft>;

/** What VS Code keeps of a sheet over a reload of the window. It is written to disk: passwords are never in it. */
export const sheetMemory = z.object({
  place: sheetPlace,
  editing: z.boolean(),
  changes: z.array(sheetChange),
  address: z.optional(sheetAddressDraft),
});

/** See {@link sheetMemory}. */
export type SheetMemory = z.infer<typeof sheetMemory>;

/** An error as people read it. */
export interface SheetWords {
  readonly what: string;
  readonly said: string | undefined;
  readonly why: string | undefined;
  readonly next: string | undefined;
  /** The address of the page that explains it, where there is one. */
  readonly help: string | undefined;
}

/** One address, as the store returned it; secrets are masked. */
export interface SheetAddress {
  readonly id: string;
  /** Lines as on an envelope. */
  readonly lines: readonly string[];
  readonly billing: boolean;
  readonly shipping: boolean;
  readonly fields: readonly {
    readonly code: string;
    readonly title: string;
    readonly role: FieldRole | undefined;
    readonly value: string;
  }[];
}

/** The addresses of a customer: being asked for, there, or why they are not. */
export type SheetAddresses =
  | { readonly kind: 'asking' }
  | { readonly kind: 'there'; readonly addresses: readonly SheetAddress[] }
  | { readonly kind: 'failed'; readonly problem: SheetWords };

/** What the form and the review are about. */
export interface SheetWork {
  readonly kind: FormKind;
  readonly mode: FormMode | 'remove';
  /** ID of what is changed or deleted; empty for something new. */
  readonly id: string;
  /** Heading of the form; empty for the customer itself. */
  readonly title: string;
  /** What is said beside the review. */
  readonly notes: readonly string[];
}

/** What undoes a save. */
export interface SheetUndo {
  readonly changes: readonly SheetChange[];
  /** Codes of attributes whose earlier value the dialect did not return: they stay. */
  readonly unknown: readonly string[];
}

/** An attribute that the store keeps otherwise than it was sent. */
export interface SheetDifference {
  readonly code: string;
  readonly sent: string;
  readonly kept: string;
}

/** What came of saving. */
export type SheetResult =
  | {
      readonly kind: 'saved';
      /** What was done, for a save that is more than one of the customer. */
      readonly done?: string | undefined;
      /** What was left undone after the rest. */
      readonly refused?: SheetWords | undefined;
      readonly differences: readonly SheetDifference[];
      readonly unverified: readonly string[];
      readonly unread: SheetWords | undefined;
    }
  | {
      readonly kind: 'unclear';
      readonly words: SheetWords;
      readonly held: boolean | undefined;
      readonly created: boolean;
      readonly address?: boolean;
    }
  | {
      readonly kind: 'refused';
      readonly words: SheetWords;
      /** Code of the attribute that is to blame. */ readonly attribute: string | undefined;
    };

/** Something worth knowing about a value, with what puts it right where a value of the same field does. */
export interface SheetHint {
  readonly severity: 'error' | 'warning' | 'information' | 'hint';
  readonly message: string;
  readonly why: string;
  readonly fixes: readonly { readonly title: string; readonly value: string }[];
}

/** A field of the form. */
export interface SheetFormField {
  readonly code: string;
  /** What stands in it; empty for a secret, which is not given back to the page. */
  readonly value: string;
  /** Whether it is a secret that was typed. */
  readonly filled: boolean;
  readonly changed: boolean;
  /** Why what stands in it cannot be sent. */
  readonly problem: string | undefined;
  readonly hints: readonly SheetHint[];
  /** Whether its value could not be read. */
  readonly unread: boolean;
}

/** The form. */
export interface SheetForm {
  readonly fields: readonly SheetFormField[];
  /** How many attributes were changed. */
  readonly count: number;
}

/** One line of the review. */
export interface SheetReviewRow {
  readonly code: string;
  /** What it was; missing where the dialect could not read it. */
  readonly from: string | undefined;
  /** What it is to be; empty for a secret. */
  readonly to: string;
  readonly secret: boolean;
  /** What somebody else wrote meanwhile. */
  readonly theirs: string | undefined;
  readonly hints: readonly SheetHint[];
}

/** Everything that would be written. */
export interface SheetReview {
  /** Stands for exactly these rows: what is sent must be what was looked over. */
  readonly revision: number;
  readonly rows: readonly SheetReviewRow[];
  /** Hints about the whole. */
  readonly hints: readonly SheetHint[];
  readonly conflict: boolean;
}

/** What the sheet does. While it saves, the form stays and may be typed into. */
export type SheetPhase = 'reading' | 'editing' | 'reviewing' | 'saving';

/** What the sheet shows. */
export interface SheetState {
  /** Counted up with everything that is sent to the page: what is older than what it shows is of no use to it. */
  readonly version: number;
  /** How many of the page's `typed` messages are in this state. */
  readonly heard: number;
  readonly phase: SheetPhase;
  readonly place: SheetPlace;
  readonly mode: FormMode;
  /** Name of the customer, or what stands for it. */
  readonly title: string;
  readonly email: string;
  readonly id: string;
  readonly store: string;
  readonly environment: 'production' | 'staging' | 'development' | undefined;
  /** Whether the name of the store is typed before a write. */
  readonly asksName: boolean;
  /** Why nothing can be changed here. */
  readonly readOnly: string | undefined;
  /** What cannot be done over the dialect, and why. */
  readonly cannot: { readonly delete: string | undefined; readonly addresses: string | undefined };
  /** Whether the store is being asked. */
  readonly asking: boolean;
  /** Why the store did not give the customer when it was asked last. */
  readonly problem: SheetWords | undefined;
  /** When what is shown was read, in ms since 1970; `undefined` while nothing was. */
  readonly readAt: number | undefined;
  /** Dialect that writes go over, and the one that this was read over. */
  readonly dialect: Dialect | undefined;
  readonly read: Dialect | undefined;
  /** What is shown when this dialect cannot return an attribute. */
  readonly unread: string;
  /** The customer; what a list said of it, as long as the store is asked for the first time. */
  readonly sections: readonly SheetSection[];
  /** Whether the customer itself was read, so that it can be changed. */
  readonly editable: boolean;
  readonly addresses: SheetAddresses;
  /** Where the customer's times were read. */
  readonly times: ReadFrom;
  /** Name of the customer's group, where it is known. */
  readonly group: string;
  /** Names of the customer groups by their number; empty when they could not be read. */
  readonly groups: Readonly<Record<string, string>>;
  /**
   * Websites that customers of this store were seen in, by their number: the names of store views there, as far as they are known. There
   * may be others.
   */
  readonly websites: Readonly<Record<string, string>>;
  /** Store views that customers were seen in, by their number. There may be others. */
  readonly stores: Readonly<Record<string, string>>;
  /** Whether the codes of attributes stand beside their names. */
  readonly codes: boolean;
  /** Whether there is an exchange to show. */
  readonly exchange: boolean;
  /** What puts the values back that the last save wrote over; missing where there is none, or where they are back. */
  readonly undo: Pick<SheetUndo, 'unknown'> | undefined;
  readonly work: SheetWork;
  readonly form: SheetForm | undefined;
  readonly review: SheetReview | undefined;
  readonly result: SheetResult | undefined;
  /** Why what was asked for last was not done. */
  readonly message: string | undefined;
  /** The field to put the keyboard into. */
  readonly focus: string | undefined;
  readonly memory: SheetMemory;
}

/** From the extension to the sheet: everything, or what typing changes. */
export type SheetUpdate =
  | { readonly type: 'state'; readonly state: SheetState }
  | { readonly type: 'form'; readonly version: number; readonly heard: number; readonly form: SheetForm; readonly memory: SheetMemory };

/** From the sheet to the extension. */
export const sheetRequest = z.discriminatedUnion('type', [
  /** The page is new: it knows nothing, and counts what is typed from 1. */
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('typed'), sequence: z.int(), code, value }),
  z.object({ type: z.literal('edit') }),
  z.object({ type: z.literal('discard') }),
  z.object({ type: z.literal('review') }),
  z.object({ type: z.literal('back') }),
  /** A conflict is decided. */
  z.object({ type: z.literal('decide'), code, keep: z.enum(['mine', 'theirs']) }),
  /** Send what was looked over; `typed` confirms a write on production. */
  z.object({ type: z.literal('save'), revision: z.int(), typed: z.string() }),
  /** Stop the save that is under way, or the reading. */
  z.object({ type: z.literal('cancel') }),
  z.object({ type: z.literal('codes'), shown: z.boolean() }),
  z.object({ type: z.literal('undo') }),
  z.object({ type: z.literal('refresh') }),
  z.object({ type: z.literal('open-json') }),
  z.object({ type: z.literal('show-exchange') }),
  z.object({ type: z.literal('read-over'), dialect: z.enum(dialects) }),
  z.object({ type: z.literal('reveal'), code }),
  z.object({ type: z.literal('copy'), code }),
  z.object({ type: z.literal('delete') }),
  /** An address: `id` is one of those that are shown. */
  z.object({ type: z.literal('address-new') }),
  z.object({ type: z.literal('address-edit'), id: code }),
  z.object({ type: z.literal('address-default'), id: code, flag: z.enum(defaultFlags) }),
  z.object({ type: z.literal('address-remove'), id: code }),
]);

/** See {@link sheetRequest}. */
export type SheetRequest = z.infer<typeof sheetRequest>;
