import { later } from '../../l10n/texts';
import { arrayOfString, customerEntity, customerEntityArray, customerEntityToCreate, filtersType } from '../entities';
import type { Argument } from '../method';
import { boolean, int } from '../types';
import type { FilterableResource } from './resource';

const customerId: Argument = { name: 'customerId', type: int, doc: later('ID of the customer.'), check: 'id' };

/** Customers: the only resource of the family whose list takes filters. */
export const customer: FilterableResource = {
  name: 'customer',
  prefix: 'customerCustomer',
  distinctive: true,
  words: { one: later('customer'), many: later('customers') },
  storeTitle: 'Customer API',
  entity: customerEntity,
  idField: 'customer_id',
  labelField: 'email',
  faults: [
    {
      code: '100',
      meaning: 'data',
      message: 'Invalid customer data. Details in error message.',
      doc: later('The customer data was refused; the message says what is wrong with it.'),
    },
    {
      code: '101',
      meaning: 'filters',
      message: 'Invalid filters specified. Details in error message.',
      doc: later('A filter names an attribute that customers do not have.'),
    },
    { code: '102', meaning: 'missing', message: 'Customer not exists.', doc: later('There is no customer with this ID.') },
    {
      code: '103',
      meaning: 'not-deleted',
      message: 'Customer not deleted. Details in error message.',
      doc: later('The customer could not be deleted; the message says why.'),
    },
  ],
  filtered: {
    operation: 'list',
    argument: 'filters',
    aliases: { entity_id: 'customer_id' },
    columns: [
      'customer_id',
      'email',
      'group_id',
      'increment_id',
      'store_id',
      'website_id',
      'created_at',
      'updated_at',
      'disable_auto_group_change',
    ],
    example: [
      { attribute: 'group_id', operator: 'in', value: [1, 3] },
      { attribute: 'email', operator: 'like', value: '%@example.com' },
      { attribute: 'created_at', operator: 'from', value: '2020-01-01 00:00:00' },
      { attribute: 'created_at', operator: 'to', value: '2099-12-31 23:59:59' },
    ],
  },
  operations: {
    list: {
      access: 'read',
      right: 'customer/info',
      title: later('List customers'),
      storeTitle: 'Retrieve customers',
      doc: later('Returns every customer that matches the filters, or all of them. There is no paging: use customer_id from and to.'),
      args: [
        {
          name: 'filters',
          type: filtersType,
          doc: later('Conditions on customer attributes; all of them must hold.'),
          optional: true,
          check: 'filters',
        },
      ],
      result: { type: customerEntityArray, part: 'storeView', doc: later('The customers, in no reliable order.') },
      faults: ['filters'],
      notes: [
        later('gteq with lteq on one attribute is not a range: the store drops one of them. Use from and to.'),
        later('If the store does not know the operator, it compares for equality without a fault.'),
      ],
    },
    create: {
      access: 'write',
      right: 'customer/create',
      title: later('Create a customer'),
      storeTitle: 'Create customer',
      doc: later('Creates a customer. With the ID of an existing customer in the data, that customer is overwritten.'),
      args: [
        {
          name: 'customerData',
          type: customerEntityToCreate,
          doc: later('Attributes of the new customer; only the e-mail is required.'),
          check: 'customer-create',
        },
      ],
      result: { type: int, part: 'result', doc: later('ID of the new customer.') },
      faults: ['data'],
      notes: [
        later('With the customer_id of an existing customer, that customer is overwritten.'),
        later('Without website_id, the account is created on the admin website 0.'),
      ],
      example: {
        customerData: {
          email: 'jane@example.com',
          firstname: 'Jane',
          lastname: 'Doe',
          password: 'seven-or-more',
          website_id: 1,
          store_id: 1,
          group_id: 1,
        },
      },
    },
    info: {
      access: 'read',
      right: 'customer/info',
      title: later('Read a customer'),
      storeTitle: 'Retrieve customer data',
      doc: later('Returns one customer. V1 returns every attribute, V2 and WS-I those of the WSDL.'),
      args: [
        customerId,
        {
          name: 'attributes',
          type: arrayOfString,
          doc: later('Attributes to return. The ID is always returned, unknown attributes are ignored.'),
          optional: true,
          check: 'attributes',
        },
      ],
      result: { type: customerEntity, part: 'customerInfo', doc: later('The customer.') },
      faults: ['missing'],
      notes: [later('created_at is in the time zone of the store here, and in UTC in customer.list.')],
    },
    update: {
      access: 'write',
      right: 'customer/update',
      title: later('Update a customer'),
      storeTitle: 'Update customer data',
      doc: later('Changes the given attributes. An empty text clears an attribute, null leaves it unchanged, and a password is ignored.'),
      args: [
        customerId,
        { name: 'customerData', type: customerEntityToCreate, doc: later('The attributes to change.'), check: 'customer-update' },
      ],
      result: { type: boolean, part: 'result', doc: later('True if the customer was saved.') },
      faults: ['data', 'missing'],
      notes: [
        later('A password is ignored, and the response is still true.'),
        later('null leaves an attribute unchanged, an empty text clears it.'),
      ],
      example: { customerData: { firstname: 'Jane', lastname: 'Doe' } },
    },
    delete: {
      access: 'write',
      right: 'customer/delete',
      title: later('Delete a customer'),
      storeTitle: 'Delete customer',
      doc: later('Permanently deletes a customer, without any confirmation.'),
      args: [customerId],
      result: { type: boolean, part: 'result', doc: later('True if the customer was deleted.') },
      faults: ['missing', 'not-deleted'],
    },
  },
  demo: { phpClass: 'Mage_Customer_Model_Customer_Api', rows: [] },
};
