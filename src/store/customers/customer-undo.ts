import * as z from 'zod/mini';

/** What a save wrote over, as kept on this machine. What a form never shows, such as secrets, is not in it. */
export const keptSave = z.object({
  version: z.literal(1),
  /** When it was saved, ISO 8601. */
  at: z.string(),
  /** Name of the store, and the ID under which the extension knows it. */
  store: z.string(),
  storeId: z.string(),
  customerId: z.string(),
  /** Name and e-mail of the customer, to find it by. */
  name: z.string(),
  email: z.string(),
  /** From what the store held after the save to what it held before, as texts of a form. */
  changes: z.array(z.object({ code: z.string(), from: z.optional(z.string()), to: z.string() })),
  /** Attributes whose earlier value the store's dialect did not return. */
  unknown: z.array(z.string()),
});

/** See {@link keptSave}. */
export type KeptSave = z.infer<typeof keptSave>;
