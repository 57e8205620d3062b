import { later } from '../../l10n/texts';
import { groupEntity, groupEntityArray } from '../entities';
import type { Resource } from './resource';

/** Customer groups. They can only be listed, all at once. */
export const customerGroup: Resource = {
  name: 'customer_group',
  prefix: 'customerGroup',
  words: { one: later('group'), many: later('groups') },
  storeTitle: "Customer's Groups API",
  entity: groupEntity,
  idField: 'customer_group_id',
  labelField: 'customer_group_code',
  faults: [],
  operations: {
    list: {
      access: 'read',
      right: 'customer',
      title: later('List customer groups'),
      storeTitle: 'Retrieve customer groups',
      doc: later('Returns all customer groups with their IDs and names.'),
      args: [],
      result: { type: groupEntityArray, part: 'result', doc: later('The groups.') },
    },
  },
  demo: {
    phpClass: 'Mage_Customer_Model_Group_Api',
    rows: [
      { customer_group_id: 0, customer_group_code: 'NOT LOGGED IN' },
      { customer_group_id: 1, customer_group_code: 'General' },
      { customer_group_id: 2, customer_group_code: 'Wholesale' },
      { customer_group_id: 3, customer_group_code: 'Retailer' },
    ],
  },
};
