import * as z from 'zod/mini';
import type { FormKind, FormMode } from '../forms/form-rules';
import { defaultFlags } from '../forms/address-fields';
import { dialects, type Dialect } from '../api/dialect';
import type { ReadFrom } from '../api/moments';
import type { SheetSection } from '../forms/sheet-sections';
import type { FieldRole } from '../api/types';

/**
 * The messages between the extension and the customer sheet, in both directions. The extension holds all state. The page reports what the
 * user does and draws the state that it is given, so a page that was hidden or reloaded shows the same as one that stayed open. Messages
 * from a webview are validated before they are used.
 */

/** Identifies the customer of a sheet, so that the sheet can be opened again after a reload. */
export const sheetPlace = z.object({
  /** ID of the store in the extension. */
  store: z.string(),
  /** ID of the customer; missing for a new customer. */
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

/** The changes in the form of an address. */
export const sheetAddressDraft = z.object({
  /** ID of the address; missing for a new one. */
  id: z.optional(z.string()),
  changes: z.array(sheetChange),
});

/** See {@link sheetAddressDraft}. */
export type SheetAddressDraft = z.infer<typeof sheetAddressDraft>;

/** The data of a sheet that VS Code keeps over a reload of the window. It is written to disk, so it never contains passwords. */
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
  /** Address of the page that explains the error, where there is one. */
  readonly help: string | undefined;
}

/** One address as the store returned it, with secrets masked. */
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

/** The addresses of a customer: being requested, loaded, or why they could not be loaded. */
export type SheetAddresses =
  | { readonly kind: 'asking' }
  | { readonly kind: 'there'; readonly addresses: readonly SheetAddress[] }
  | { readonly kind: 'failed'; readonly problem: SheetWords };

/** The subject of the form and the review. */
export interface SheetWork {
  readonly kind: FormKind;
  readonly mode: FormMode | 'remove';
  /** ID of the entity that is changed or deleted; empty for a new one. */
  readonly id: string;
  /** Heading of the form; empty for the customer itself. */
  readonly title: string;
  /** Notes shown beside the review. */
  readonly notes: readonly string[];
}

/** The data that undoes a save. */
export interface SheetUndo {
  readonly changes: readonly SheetChange[];
  /** Codes of attributes whose earlier value the dialect did not return. Undo does not change them. */
  readonly unknown: readonly string[];
}

/** An attribute whose stored value differs from the value that was sent. */
export interface SheetDifference {
  readonly code: string;
  readonly sent: string;
  readonly kept: string;
}

/** The result of a save. */
export type SheetResult =
  | {
      readonly kind: 'saved';
      /** What was done, where the save was not a single update of the customer. */
      readonly done?: string | undefined;
      /** The error of a step that failed after the others succeeded. */
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
      /** Code of the attribute that caused the error. */ readonly attribute: string | undefined;
    };

/** A hint about a value, with fixes where another value of the same field solves the problem. */
export interface SheetHint {
  readonly severity: 'error' | 'warning' | 'information' | 'hint';
  readonly message: string;
  readonly why: string;
  readonly fixes: readonly { readonly title: string; readonly value: string }[];
}

/** A field of the form. */
export interface SheetFormField {
  readonly code: string;
  /** The text in the field; empty for a secret, which is not sent back to the page. */
  readonly value: string;
  /** Whether the user typed a secret into it. */
  readonly filled: boolean;
  readonly changed: boolean;
  /** Why the text cannot be sent. */
  readonly problem: string | undefined;
  readonly hints: readonly SheetHint[];
  /** Whether its value could not be read. */
  readonly unread: boolean;
}

/** The state of the form. */
export interface SheetForm {
  readonly fields: readonly SheetFormField[];
  /** How many attributes were changed. */
  readonly count: number;
}

/** One line of the review. */
export interface SheetReviewRow {
  readonly code: string;
  /** The value before; missing where the dialect could not read it. */
  readonly from: string | undefined;
  /** The value after; empty for a secret. */
  readonly to: string;
  readonly secret: boolean;
  /** The value that somebody else wrote in the meantime. */
  readonly theirs: string | undefined;
  readonly hints: readonly SheetHint[];
}

/** All changes that a save would write. */
export interface SheetReview {
  /** Identifies exactly these rows: a save must send the rows that the user reviewed. */
  readonly revision: number;
  readonly rows: readonly SheetReviewRow[];
  /** Hints about the change as a whole. */
  readonly hints: readonly SheetHint[];
  readonly conflict: boolean;
}

/** The phase of the sheet. During `saving`, the form stays open and accepts input. */
export type SheetPhase = 'reading' | 'editing' | 'reviewing' | 'saving';

/** Everything that the sheet shows. */
export interface SheetState {
  /** Increases with each message to the page, which ignores a message that is older than the state it shows. */
  readonly version: number;
  /** How many of the page's `typed` messages this state includes. */
  readonly heard: number;
  readonly phase: SheetPhase;
  readonly place: SheetPlace;
  readonly mode: FormMode;
  /** Name of the customer, or a replacement for it. */
  readonly title: string;
  readonly email: string;
  readonly id: string;
  readonly store: string;
  readonly environment: 'production' | 'staging' | 'development' | undefined;
  /** Whether the user must type the name of the store before a write. */
  readonly asksName: boolean;
  /** Why nothing can be changed here. */
  readonly readOnly: string | undefined;
  /** Why the dialect cannot delete customers or handle addresses; `undefined` where it can. */
  readonly cannot: { readonly delete: string | undefined; readonly addresses: string | undefined };
  /** Whether a request to the store is running. */
  readonly asking: boolean;
  /** Why the last attempt to read the customer failed. */
  readonly problem: SheetWords | undefined;
  /** When the shown data was read, in ms since 1970; `undefined` before the first reading. */
  readonly readAt: number | undefined;
  /** `dialect` is used for writes, `read` was used to read this customer. */
  readonly dialect: Dialect | undefined;
  readonly read: Dialect | undefined;
  /** Text shown for an attribute that this dialect cannot return. */
  readonly unread: string;
  /** The customer's attributes; until the first reading is done, those that a list returned. */
  readonly sections: readonly SheetSection[];
  /** Whether the customer itself was read, so that it can be changed. */
  readonly editable: boolean;
  readonly addresses: SheetAddresses;
  /** Where the customer's times were read. */
  readonly times: ReadFrom;
  /** Name of the customer's group, where it is known. */
  readonly group: string;
  /** Names of the customer groups by their ID; empty when they could not be read. */
  readonly groups: Readonly<Record<string, string>>;
  /**
   * Websites of the customers that were seen in this store, by ID, with the names of their store views as far as they are known. The store
   * may have others.
   */
  readonly websites: Readonly<Record<string, string>>;
  /** Store views of the customers that were seen, by ID. The store may have others. */
  readonly stores: Readonly<Record<string, string>>;
  /** Whether the codes of attributes are shown beside their names. */
  readonly codes: boolean;
  /** Whether there is an exchange to show. */
  readonly exchange: boolean;
  /** Undo for the last save; missing where there is nothing to undo, or where it was undone. */
  readonly undo: Pick<SheetUndo, 'unknown'> | undefined;
  readonly work: SheetWork;
  readonly form: SheetForm | undefined;
  readonly review: SheetReview | undefined;
  readonly result: SheetResult | undefined;
  /** Why the last action was refused. */
  readonly message: string | undefined;
  /** The field that gets the focus. */
  readonly focus: string | undefined;
  readonly memory: SheetMemory;
}

/** Messages from the extension to the sheet: the whole state, or the part that typing changes. */
export type SheetUpdate =
  | { readonly type: 'state'; readonly state: SheetState }
  | { readonly type: 'form'; readonly version: number; readonly heard: number; readonly form: SheetForm; readonly memory: SheetMemory };

/** Messages from the sheet to the extension. */
export const sheetRequest = z.discriminatedUnion('type', [
  /** The page is new: it has no state, and numbers the `typed` messages from 1. */
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('typed'), sequence: z.int(), code, value }),
  z.object({ type: z.literal('edit') }),
  z.object({ type: z.literal('discard') }),
  z.object({ type: z.literal('review') }),
  z.object({ type: z.literal('back') }),
  /** The user resolved a conflict. */
  z.object({ type: z.literal('decide'), code, keep: z.enum(['mine', 'theirs']) }),
  /** Send the reviewed changes; `typed` confirms a write on production. */
  z.object({ type: z.literal('save'), revision: z.int(), typed: z.string() }),
  /** Cancel the running save or reading. */
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
  /** Actions on addresses. `id` is one of the addresses that are shown. */
  z.object({ type: z.literal('address-new') }),
  z.object({ type: z.literal('address-edit'), id: code }),
  z.object({ type: z.literal('address-default'), id: code, flag: z.enum(defaultFlags) }),
  z.object({ type: z.literal('address-remove'), id: code }),
]);

/** See {@link sheetRequest}. */
export type SheetRequest = z.infer<typeof sheetRequest>;
