import * as z from 'zod/mini';

/** The values that a save overwrote, as kept on this computer. Values that a form never shows, such as secrets, are left out. */
export const keptSave = z.object({
  version: z.literal(1),
  /** Time of the save, ISO 8601. */
  at: z.string(),
  /** Name of the store, and the ID that the extension uses for it. */
  store: z.string(),
  storeId: z.string(),
  customerId: z.string(),
  /** Name and e-mail address of the customer, which users search for. */
  name: z.string(),
  email: z.string(),
  /** Changes from the values after the save to the values before it, as texts of a form. */
  changes: z.array(z.object({ code: z.string(), from: z.optional(z.string()), to: z.string() })),
  /** Attributes whose earlier value the store's dialect did not return. */
  unknown: z.array(z.string()),
});

/** See {@link keptSave}. */
export type KeptSave = z.infer<typeof keptSave>;
