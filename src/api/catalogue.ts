import {
  addressEntity,
  addressEntityArray,
  addressEntityCreate,
  apiEntity,
  arrayOfString,
  customerEntity,
  customerEntityArray,
  customerEntityToCreate,
  faultEntity,
  filtersType,
  groupEntityArray,
} from './entities';
import { any, boolean, int, list, string, type WireType } from './types';

/** One argument of a method, by its documented name. */
export interface Argument {
  readonly name: string;
  readonly type: WireType;
  readonly doc: string;
  readonly optional?: boolean;
  /** WS-I wants its element there, empty where nothing is given. */
  readonly emptyElement?: boolean;
}

/** A fault that a method can give by itself, apart from the global ones 0 to 6. */
export interface MethodFault {
  readonly code: string;
  readonly doc: string;
}

/**
 * One method of the API. The single description from which encoding, decoding, forms, schemas, WSDLs,
 * completions, snippets and reference pages come (design decision 1).
 */
export interface Method {
  /** Resource path as V1 calls it and as callers here name it, such as `customer.list`. */
  readonly id: string;
  /** Operation of V2 and WS-I, such as `customerCustomerList`. */
  readonly operation: string;
  readonly access: 'read' | 'write';
  /** Right that the API user's role needs, as the store's ACL names it. */
  readonly right: string;
  readonly title: string;
  readonly doc: string;
  /** In V1's positional order, without the session. */
  readonly args: readonly Argument[];
  readonly result: {
    readonly type: WireType;
    /** Name of the response part in V2; WS-I always says `result` (facts §1). */
    readonly part: string;
    readonly doc: string;
  };
  readonly faults: readonly MethodFault[];
}

const customerFaults = {
  data: { code: '100', doc: 'The customer data was refused; the message says what is wrong with it.' },
  filters: { code: '101', doc: 'A filter names an attribute that customers do not have.' },
  missing: { code: '102', doc: 'There is no customer with this ID.' },
  notDeleted: { code: '103', doc: 'The customer could not be deleted; the message says why.' },
} satisfies Record<string, MethodFault>;

const addressFaults = {
  data: { code: '100', doc: 'The address data was refused; the message lists what is missing.' },
  noCustomer: { code: '101', doc: 'There is no customer with this ID. For customers the same code means something else.' },
  missing: { code: '102', doc: 'There is no address with this ID.' },
  notDeleted: { code: '103', doc: 'The address could not be deleted; the message says why.' },
} satisfies Record<string, MethodFault>;

const customerId: Argument = { name: 'customerId', type: int, doc: 'ID of the customer.' };
const addressId: Argument = { name: 'addressId', type: int, doc: 'ID of the address.' };

/** The methods of the customer family. */
export const catalogue = [
  {
    id: 'customer.list',
    operation: 'customerCustomerList',
    access: 'read',
    right: 'customer/info',
    title: 'List customers',
    doc: 'Returns every customer that matches the filters, or all of them. There is no paging: use customer_id from and to.',
    args: [{ name: 'filters', type: filtersType, doc: 'Conditions on customer attributes; all of them must hold.', optional: true }],
    result: { type: customerEntityArray, part: 'storeView', doc: 'The customers, in no order that could be relied on.' },
    faults: [customerFaults.filters],
  },
  {
    id: 'customer.create',
    operation: 'customerCustomerCreate',
    access: 'write',
    right: 'customer/create',
    title: 'Create a customer',
    doc: 'Creates a customer. With the ID of an existing customer in the data, that customer is overwritten.',
    args: [{ name: 'customerData', type: customerEntityToCreate, doc: 'Attributes of the new customer; only the e-mail is required.' }],
    result: { type: int, part: 'result', doc: 'ID of the new customer.' },
    faults: [customerFaults.data],
  },
  {
    id: 'customer.info',
    operation: 'customerCustomerInfo',
    access: 'read',
    right: 'customer/info',
    title: 'Read a customer',
    doc: 'Returns one customer. V1 gives every attribute, V2 and WS-I those of the WSDL.',
    args: [customerId, { name: 'attributes', type: arrayOfString, doc: 'Attributes to return; the ID always comes along, unknown ones are ignored.', optional: true }],
    result: { type: customerEntity, part: 'customerInfo', doc: 'The customer.' },
    faults: [customerFaults.missing],
  },
  {
    id: 'customer.update',
    operation: 'customerCustomerUpdate',
    access: 'write',
    right: 'customer/update',
    title: 'Update a customer',
    doc: 'Changes the attributes that are given. An empty text clears an attribute, null leaves it, a password is ignored.',
    args: [customerId, { name: 'customerData', type: customerEntityToCreate, doc: 'The attributes to change.' }],
    result: { type: boolean, part: 'result', doc: 'True when the customer was saved.' },
    faults: [customerFaults.data, customerFaults.missing],
  },
  {
    id: 'customer.delete',
    operation: 'customerCustomerDelete',
    access: 'write',
    right: 'customer/delete',
    title: 'Delete a customer',
    doc: 'Deletes a customer for good, without any confirmation.',
    args: [customerId],
    result: { type: boolean, part: 'result', doc: 'True when the customer is gone.' },
    faults: [customerFaults.missing, customerFaults.notDeleted],
  },
  {
    id: 'customer_group.list',
    operation: 'customerGroupList',
    access: 'read',
    right: 'customer',
    title: 'List customer groups',
    doc: 'Returns all customer groups with their IDs and names.',
    args: [],
    result: { type: groupEntityArray, part: 'result', doc: 'The groups.' },
    faults: [],
  },
  {
    id: 'customer_address.list',
    operation: 'customerAddressList',
    access: 'read',
    right: 'customer/address/info',
    title: 'List the addresses of a customer',
    doc: 'Returns all addresses of one customer.',
    args: [customerId],
    result: { type: addressEntityArray, part: 'result', doc: 'The addresses.' },
    faults: [addressFaults.noCustomer],
  },
  {
    id: 'customer_address.create',
    operation: 'customerAddressCreate',
    access: 'write',
    right: 'customer/address/create',
    title: 'Create an address',
    doc: 'Adds an address to a customer.',
    args: [customerId, { name: 'addressData', type: addressEntityCreate, doc: 'The new address; name, street, city, telephone, postcode and country are required.' }],
    result: { type: int, part: 'result', doc: 'ID of the new address.' },
    faults: [addressFaults.data, addressFaults.noCustomer],
  },
  {
    id: 'customer_address.info',
    operation: 'customerAddressInfo',
    access: 'read',
    right: 'customer/address/info',
    title: 'Read an address',
    doc: 'Returns one address.',
    args: [addressId],
    result: { type: addressEntity, part: 'info', doc: 'The address.' },
    faults: [addressFaults.missing],
  },
  {
    id: 'customer_address.update',
    operation: 'customerAddressUpdate',
    access: 'write',
    right: 'customer/address/update',
    title: 'Update an address',
    doc: 'Changes the attributes of an address that are given.',
    args: [addressId, { name: 'addressData', type: addressEntityCreate, doc: 'The attributes to change.' }],
    result: { type: boolean, part: 'info', doc: 'True when the address was saved.' },
    faults: [addressFaults.data, addressFaults.missing],
  },
  {
    id: 'customer_address.delete',
    operation: 'customerAddressDelete',
    access: 'write',
    right: 'customer/address/delete',
    title: 'Delete an address',
    doc: 'Deletes an address for good.',
    args: [addressId],
    result: { type: boolean, part: 'info', doc: 'True when the address is gone.' },
    faults: [addressFaults.missing, addressFaults.notDeleted],
  },
] as const satisfies readonly Method[];

/** Names of the catalogue's methods. */
export type MethodId = (typeof catalogue)[number]['id'];

/**
 * The methods of the protocol itself, which manage sessions and describe the API. They are operations of their
 * own in every dialect, V1 included. Not part of {@link catalogue} because callers do not pass a session to them.
 */
export interface ProtocolOperation {
  readonly id: 'login' | 'startSession' | 'endSession' | 'resources' | 'globalFaults' | 'resourceFaults' | 'call' | 'multiCall';
  readonly doc: string;
  /** In the order of the WSDLs, session included. */
  readonly args: readonly Argument[];
  readonly result: WireType;
  /** V1's types where they are looser than V2's. */
  readonly v1Result?: WireType;
  /** `call` and `multiCall` exist in V1 alone as far as customers are concerned (facts §3). */
  readonly v1Only?: boolean;
}

const sessionId: Argument = { name: 'sessionId', type: string, doc: 'Session from login.' };
const fixedArray = list('FixedArray', any);

/** See {@link ProtocolOperation}. */
export const protocolOperations: readonly ProtocolOperation[] = [
  {
    id: 'call',
    doc: 'Calls any method by its path.',
    args: [sessionId, { name: 'resourcePath', type: string, doc: 'Path such as customer.list.' }, { name: 'args', type: any, doc: 'List of positional arguments.' }],
    result: any,
    v1Only: true,
  },
  {
    id: 'multiCall',
    doc: 'Calls several methods in one request.',
    args: [sessionId, { name: 'calls', type: fixedArray, doc: 'List of path and arguments.' }, { name: 'options', type: any, doc: 'Map; break=1 stops at the first fault.' }],
    result: fixedArray,
    v1Only: true,
  },
  { id: 'endSession', doc: 'Ends a session.', args: [sessionId], result: boolean },
  {
    id: 'login',
    doc: 'Opens a session.',
    args: [
      { name: 'username', type: string, doc: 'API user.' },
      { name: 'apiKey', type: string, doc: 'API key.' },
    ],
    result: string,
  },
  { id: 'resources', doc: 'Lists what this API user may call.', args: [sessionId], result: list('ArrayOfApis', apiEntity), v1Result: fixedArray },
  { id: 'globalFaults', doc: 'Lists the faults any method can give.', args: [sessionId], result: list('ArrayOfExistsFaltures', faultEntity), v1Result: fixedArray },
  {
    id: 'resourceFaults',
    doc: 'Lists the faults of one resource.',
    args: [{ name: 'resourceName', type: string, doc: 'Resource such as customer.' }, sessionId],
    result: list('ArrayOfExistsFaltures', faultEntity),
    v1Result: fixedArray,
  },
  { id: 'startSession', doc: 'Opens a session without a user.', args: [], result: string },
];

/** Finds a method by its path or by its V2 operation; `undefined` when the catalogue does not know it. */
export function findMethod(name: string): Method | undefined {
  return byName.get(name);
}

/** Finds an operation of the protocol itself. */
export function findProtocolOperation(name: string): ProtocolOperation | undefined {
  return protocolOperations.find((operation) => operation.id === name);
}

const byName = new Map<string, Method>(catalogue.flatMap((method: Method) => [[method.id, method] as const, [method.operation, method] as const]));
