import type { FieldChange, FormValues } from '../../forms/form-rules';
import type { Draft } from './draft';

/** What is to be sent: everything as it stood when it was looked over. */
export type SaveOrder =
  | { readonly kind: 'update'; readonly customer: string; readonly changes: readonly FieldChange[] }
  | { readonly kind: 'create'; readonly values: FormValues };

/** The values that an order writes, by attribute. */
export function valuesOf(order: SaveOrder): FormValues {
  return order.kind === 'create' ? order.values : Object.fromEntries(order.changes.map(({ code, to }) => [code, to]));
}

/** The order to write what a draft holds. @param customer its ID; none for a new customer */
export function orderOf(customer: string | undefined, draft: Draft): SaveOrder {
  return customer === undefined ? { kind: 'create', values: draft.values } : { kind: 'update', customer, changes: [...draft.changes] };
}
