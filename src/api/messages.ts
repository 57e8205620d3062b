import * as z from 'zod/mini';
import type { SheetSection } from './sheet';

/**
 * The contract between the extension and the customer sheet, both directions. The sheet says that it is ready and gets
 * its whole state in return, so nothing races; what comes from a webview is validated before anything is done with it.
 */

/** What the sheet shows. */
export interface SheetState {
  /** Name of the customer, or what stands for it. */
  readonly title: string;
  readonly email: string;
  readonly id: string;
  readonly store: string;
  readonly environment: 'production' | 'staging' | 'development' | undefined;
  /** How people write the dialect. */
  readonly dialect: string;
  /** What stands where this dialect cannot return an attribute. */
  readonly unread: string;
  readonly sections: readonly SheetSection[];
}

/** From the extension to the sheet. */
export type SheetUpdate =
  | { readonly type: 'loading'; readonly title: string }
  | { readonly type: 'show'; readonly state: SheetState }
  | { readonly type: 'failed'; readonly what: string; readonly said: string | undefined; readonly why: string | undefined; readonly next: string | undefined };

const code = z.string().check(z.maxLength(255));

/** From the sheet to the extension. */
export const sheetRequest = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('refresh') }),
  z.object({ type: z.literal('open-json') }),
  z.object({ type: z.literal('reveal'), code }),
  z.object({ type: z.literal('copy'), code }),
]);

export type SheetRequest = z.infer<typeof sheetRequest>;
