import * as z from 'zod/mini';
import type { FormMode, FormValues } from './customer-form';
import { dialects, type Dialect } from './dialect';
import type { SheetSection } from './sheet';
import type { FieldRole } from './types';
import type { StoreKnowledge } from './traps';

/**
 * The contract between the extension and the customer sheet, both directions. The sheet says that it is ready and gets
 * its whole state in return, so nothing races; what comes from a webview is validated before anything is done with it.
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

/** An error as people read it. */
export interface SheetWords {
  readonly what: string;
  readonly said: string | undefined;
  readonly why: string | undefined;
  readonly next: string | undefined;
}

/** One address, as the store returned it; secrets do not occur in them. */
export interface SheetAddress {
  readonly id: string;
  /** Lines as on an envelope. */
  readonly lines: readonly string[];
  readonly billing: boolean;
  readonly shipping: boolean;
  readonly fields: readonly { readonly code: string; readonly title: string; readonly role: FieldRole | undefined; readonly value: string }[];
}

/** What the sheet shows. */
export interface SheetState {
  readonly place: SheetPlace;
  readonly mode: FormMode;
  /** Name of the customer, or what stands for it. */
  readonly title: string;
  readonly email: string;
  readonly id: string;
  readonly store: string;
  readonly environment: 'production' | 'staging' | 'development' | undefined;
  readonly readOnly: boolean;
  /** Dialect that writes go over. */
  readonly dialect: Dialect;
  /** Dialect that this was read over. */
  readonly read: Dialect;
  /** What stands where this dialect cannot return an attribute. */
  readonly unread: string;
  readonly sections: readonly SheetSection[];
  /** What the form can change, as it is now. */
  readonly values: FormValues;
  /** Codes of attributes that could not be read. */
  readonly unreadable: readonly string[];
  /** Names of the customer groups by their number; empty when they could not be read. */
  readonly groups: Readonly<Record<string, string>>;
  /** Websites that customers of this store were seen in, by their number: the names of store views there, as far as they are known. There may be others. */
  readonly websites: Readonly<Record<string, string>>;
  /** Store views that customers were seen in, by their number. There may be others. */
  readonly stores: Readonly<Record<string, string>>;
  readonly knowledge: StoreKnowledge;
  /** Whether there is an exchange to show. */
  readonly exchange: boolean;
  /** What puts the values back that the last save wrote over; missing where there is none, or where they are back. */
  readonly undo: SheetUndo | undefined;
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
  | { readonly kind: 'conflict'; readonly theirs: FormValues }
  | { readonly kind: 'saved'; readonly differences: readonly SheetDifference[]; readonly unverified: readonly string[]; readonly unread: SheetWords | undefined }
  | { readonly kind: 'unclear'; readonly words: SheetWords; readonly held: boolean | undefined; readonly created: boolean }
  | { readonly kind: 'refused'; readonly words: SheetWords; /** Code of the attribute that is to blame. */ readonly attribute: string | undefined };

/** From the extension to the sheet. */
export type SheetUpdate =
  | { readonly type: 'loading'; readonly title: string; readonly place: SheetPlace }
  | { readonly type: 'show'; readonly state: SheetState; /** Open the form at once. */ readonly edit: boolean; /** What was typed before the tab was closed, or what undoes a save. */ readonly draft: readonly SheetChange[]; /** Look the draft over at once. */ readonly review: boolean }
  | { readonly type: 'addresses'; readonly addresses: readonly SheetAddress[] | undefined; readonly problem: SheetWords | undefined }
  | ({ readonly type: 'failed' } & SheetWords)
  | { readonly type: 'result'; readonly result: SheetResult };

const code = z.string().check(z.maxLength(255));
const values = z.record(code, z.string().check(z.maxLength(100_000)));
/** What was typed to confirm a write on production. */
const typed = z.string();

/** One change of a form. */
export const sheetChange = z.object({ code, from: z.optional(z.string()), to: z.string() });

/** See {@link sheetChange}. */
export type SheetChange = z.infer<typeof sheetChange>;

/** From the sheet to the extension. */
export const sheetRequest = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('refresh') }),
  z.object({ type: z.literal('open-json') }),
  z.object({ type: z.literal('show-exchange') }),
  z.object({ type: z.literal('read-over'), dialect: z.enum(dialects) }),
  z.object({ type: z.literal('reveal'), code }),
  z.object({ type: z.literal('copy'), code }),
  z.object({ type: z.literal('delete') }),
  /** There are unsaved changes, or none any more: how many, and those that may be kept, which passwords may not. */
  z.object({ type: z.literal('changed'), count: z.number(), changes: z.array(sheetChange) }),
  z.object({ type: z.literal('save'), changes: z.array(sheetChange), typed }),
  z.object({ type: z.literal('create'), values, typed }),
  z.object({ type: z.literal('cancel') }),
]);

/** See {@link sheetRequest}. */
export type SheetRequest = z.infer<typeof sheetRequest>;

/** What a sheet keeps while its tab is hidden and over a reload of the window. Passwords are never in it. */
export const sheetMemory = z.object({
  place: sheetPlace,
  editing: z.boolean(),
  changes: z.array(sheetChange),
});

/** See {@link sheetMemory}. */
export type SheetMemory = z.infer<typeof sheetMemory>;
