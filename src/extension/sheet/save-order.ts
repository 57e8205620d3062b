import type { FieldChange, FormValues } from '../../forms/form-rules';
import type { Draft } from './draft';

/** The data to be sent, as it was at the review. */
export type SaveOrder =
  | { readonly kind: 'update'; readonly customer: string; readonly changes: readonly FieldChange[] }
  | { readonly kind: 'create'; readonly values: FormValues };

/** The values that an order writes, by attribute. */
export function valuesOf(order: SaveOrder): FormValues {
  return order.kind === 'create' ? order.values : Object.fromEntries(order.changes.map(({ code, to }) => [code, to]));
}

/** The order that writes the values of a draft. @param customer ID of the customer, `undefined` for a new one */
export function orderOf(customer: string | undefined, draft: Draft): SaveOrder {
  return customer === undefined ? { kind: 'create', values: draft.values } : { kind: 'update', customer, changes: [...draft.changes] };
}
