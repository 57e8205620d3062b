import { later } from '../../l10n/texts';
import { addressEntity, addressEntityArray, addressEntityCreate } from '../entities';
import type { Argument } from '../method';
import { boolean, int } from '../types';
import type { Resource } from './resource';

const customerId: Argument = { name: 'customerId', type: int, doc: later('ID of the customer.'), check: 'id' };
const addressId: Argument = { name: 'addressId', type: int, doc: later('ID of the address.'), check: 'id' };

/** Addresses of customers. They are listed one customer at a time. */
export const customerAddress: Resource = {
  name: 'customer_address',
  prefix: 'customerAddress',
  words: { one: later('address'), many: later('addresses') },
  storeTitle: 'Customer Address API',
  entity: addressEntity,
  idField: 'customer_address_id',
  labelField: 'street',
  faults: [
    {
      code: '100',
      meaning: 'data',
      message: 'Invalid address data. Details in error message.',
      doc: later('The address data was refused; the message lists what is missing.'),
    },
    {
      code: '101',
      meaning: 'owner',
      message: 'Customer not exists.',
      doc: later('There is no customer with this ID. For customers, the same code has another meaning.'),
    },
    { code: '102', meaning: 'missing', message: 'Address not exists.', doc: later('There is no address with this ID.') },
    {
      code: '103',
      meaning: 'not-deleted',
      message: 'Address not deleted. Details in error message.',
      doc: later('The address could not be deleted; the message says why.'),
    },
  ],
  operations: {
    list: {
      access: 'read',
      right: 'customer/address/info',
      title: later('List the addresses of a customer'),
      storeTitle: 'Retrieve customer addresses',
      doc: later('Returns all addresses of one customer.'),
      args: [customerId],
      result: { type: addressEntityArray, part: 'result', doc: later('The addresses.') },
      faults: ['owner'],
      notes: [later('Fault 101 means that there is no such customer; for customers it is about filters.')],
    },
    create: {
      access: 'write',
      right: 'customer/address/create',
      title: later('Create an address'),
      storeTitle: 'Create customer address',
      doc: later('Adds an address to a customer.'),
      args: [
        customerId,
        {
          name: 'addressData',
          type: addressEntityCreate,
          doc: later('The new address; name, street, city, telephone, postcode and country are required.'),
          check: 'address-create',
        },
      ],
      result: { type: int, part: 'result', doc: later('ID of the new address.') },
      faults: ['data', 'owner'],
      example: {
        addressData: {
          firstname: 'Jane',
          lastname: 'Doe',
          street: ['Main Street 1'],
          city: 'Berlin',
          country_id: 'DE',
          postcode: '10115',
          telephone: '030 1234567',
        },
      },
    },
    info: {
      access: 'read',
      right: 'customer/address/info',
      title: later('Read an address'),
      storeTitle: 'Retrieve address data',
      doc: later('Returns one address.'),
      args: [addressId],
      result: { type: addressEntity, part: 'info', doc: later('The address.') },
      faults: ['missing'],
    },
    update: {
      access: 'write',
      right: 'customer/address/update',
      title: later('Update an address'),
      storeTitle: 'Update customer address data',
      doc: later('Changes the given attributes of an address.'),
      args: [
        addressId,
        { name: 'addressData', type: addressEntityCreate, doc: later('The attributes to change.'), check: 'address-update' },
      ],
      result: { type: boolean, part: 'info', doc: later('True if the address was saved.') },
      faults: ['data', 'missing'],
      example: { addressData: { city: 'Hamburg', telephone: '040 1234567' } },
    },
    delete: {
      access: 'write',
      right: 'customer/address/delete',
      title: later('Delete an address'),
      storeTitle: 'Delete customer address',
      doc: later('Permanently deletes an address.'),
      args: [addressId],
      result: { type: boolean, part: 'info', doc: later('True if the address was deleted.') },
      faults: ['missing', 'not-deleted'],
    },
  },
  demo: { phpClass: 'Mage_Customer_Model_Address_Api', rows: [] },
};
