import * as z from 'zod/mini';
import { defaultFlags } from '../../forms/address-fields';

/** Another address that is made the default again, after the other writes. */
const defaultBack = z.object({ address: z.string(), flag: z.enum(defaultFlags) });

/** See {@link defaultBack}. */
export type DefaultBack = z.infer<typeof defaultBack>;

const changes = z.array(z.object({ code: z.string(), from: z.optional(z.string()), to: z.string() }));
const values = z.record(z.string(), z.string());

/** The write to an address, as the user reviewed it. */
export const addressOrder = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('update'), address: z.string(), changes, defaults: z.array(defaultBack) }),
  z.object({ kind: z.literal('create'), values, defaults: z.array(defaultBack) }),
  /** `seen` are the values that the form would show. An address that changed since is not deleted. */
  z.object({ kind: z.literal('delete'), address: z.string(), seen: values, defaults: z.array(defaultBack) }),
]);

/** See {@link addressOrder}. */
export type AddressOrder = z.infer<typeof addressOrder>;

/** The order that undoes a write to an address. */
export const addressUndo = z.object({
  order: addressOrder,
  /** Attributes that stay as the write left them: the API cannot remove a default, and a form has only its own attributes. */
  lost: z.array(z.string()),
});

/** See {@link addressUndo}. */
export type AddressUndo = z.infer<typeof addressUndo>;

/**
 * The values that a write to an address replaced, as kept on this computer. Values that a form never shows, such as secrets, are left out.
 */
export const keptAddress = z.object({
  version: z.literal(1),
  /** Time of the write, ISO 8601. */
  at: z.string(),
  /** Name of the store, and the ID that the extension uses for it. */
  store: z.string(),
  storeId: z.string(),
  customerId: z.string(),
  undo: addressUndo,
});

/** See {@link keptAddress}. */
export type KeptAddress = z.infer<typeof keptAddress>;
