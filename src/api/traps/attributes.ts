import { customerEntity, customerEntityToCreate } from '../entities';
import { wsdlFields } from '../types';

/** Every attribute of a customer that the catalogue knows. */
export const customerAttributes: ReadonlySet<string> = new Set(customerEntity.fields.map((field) => field.name));

/** What filters take besides {@link customerAttributes}: another name of the ID (facts §5). */
export const filterAttributes: ReadonlySet<string> = new Set([...customerAttributes, 'entity_id']);

/**
 * Attributes that are columns of the customer table. The others live in tables of their own, joined in a way that leaves
 * out customers without a value (facts §5).
 */
export const columnAttributes: ReadonlySet<string> = new Set([
  'customer_id',
  'entity_id',
  'email',
  'group_id',
  'increment_id',
  'store_id',
  'website_id',
  'created_at',
  'updated_at',
  'disable_auto_group_change',
]);

/** What `create` and `update` take over V2 and WS-I; anything else is dropped before the store looks at it. */
export const typedWritable: ReadonlySet<string> = new Set(wsdlFields(customerEntityToCreate).map((field) => field.name));

/** What `create` and `update` take over V1. */
export const writable: ReadonlySet<string> = new Set([...customerEntityToCreate.fields.map((field) => field.name), ...customerAttributes, 'is_active']);

/** Attributes that `info` returns over V1 alone. */
export const v1OnlyReadable: ReadonlySet<string> = new Set(customerEntity.fields.filter((field) => field.v1Only === true).map((field) => field.name));
