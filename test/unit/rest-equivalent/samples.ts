import type { SoapCall, Verdict } from '../../../src/rest-equivalent';

/** A value that stands for one that is not known. */
export const HIDDEN = '{{unknown}}';

/** A call, and what has to become of it. */
export interface Sample {
  readonly title: string;
  readonly call: SoapCall;
  readonly verdict: Verdict;
  /** `GET /customers?email=a@b.c`; `undefined` where there is no request. */
  readonly request: string | undefined;
  readonly body?: unknown;
  /** A part of each reason, in any order. */
  readonly reasons?: readonly string[];
}

const isUnknown = (value: unknown): boolean => value === HIDDEN;

/** Calls of every method with what their arguments bring. */
export const samples: readonly Sample[] = [
  { title: 'all customers', call: { method: 'customer.list', args: {} }, verdict: 'difference', request: 'GET /customers (paged)' },
  {
    title: 'one e-mail',
    call: { method: 'customer.list', args: { filters: { email: 'jane@example.com' } } },
    verdict: 'difference',
    request: 'GET /customers?email=jane@example.com (paged)',
    reasons: [],
  },
  {
    title: 'one e-mail as V2 has it',
    call: { method: 'customer.list', args: { filters: { complex_filter: [{ key: 'email', value: { key: 'eq', value: 'a@b.c' } }] } } },
    verdict: 'difference',
    request: 'GET /customers?email=a@b.c (paged)',
    reasons: [],
  },
  {
    title: 'an e-mail that is not known',
    call: { method: 'customer.list', args: { filters: { email: HIDDEN } }, isUnknown },
    verdict: 'difference',
    request: 'GET /customers?email={email} (paged)',
  },
  {
    title: 'part of an e-mail',
    call: { method: 'customer.list', args: { filters: { email: { like: '%@example.com' } } } },
    verdict: 'difference',
    request: 'GET /customers (paged, email like)',
    reasons: ['filter on email'],
  },
  {
    title: 'a group and a birthday',
    call: { method: 'customer.list', args: { filters: { group_id: { in: [1, 3] }, dob: '1980-01-02 00:00:00' } } },
    verdict: 'difference',
    request: 'GET /customers (paged, groupId in, dob eq)',
    reasons: ['filter on group_id', 'filter on dob'],
  },
  {
    title: 'what has changed',
    call: { method: 'customer.list', args: { filters: { updated_at: { from: '2026-01-01 00:00:00' } } } },
    verdict: 'difference',
    request: 'GET /customers (paged, updatedAt from)',
    reasons: ['changes since a time'],
  },
  {
    title: 'what must be empty',
    call: { method: 'customer.list', args: { filters: { group_id: 2 } }, empty: ['middlename'] },
    verdict: 'difference',
    request: 'GET /customers (paged, groupId eq, middlename null)',
    reasons: ['filter on group_id', 'filter on middlename'],
  },
  {
    title: 'a default address, of which lists have the one for bills alone',
    call: { method: 'customer.list', args: { filters: { default_billing: 5 } } },
    verdict: 'difference',
    request: 'GET /customers (paged, defaultBillingAddress eq)',
    reasons: ['filter on default_billing'],
  },
  {
    title: 'the other default address',
    call: { method: 'customer.list', args: { filters: { default_shipping: 5 } } },
    verdict: 'stays',
    request: undefined,
    reasons: ['do not contain default_shipping'],
  },
  {
    title: 'a condition without a value, which stores drop',
    call: { method: 'customer.list', args: { filters: { lastname: null, firstname: { eq: null } } } },
    verdict: 'difference',
    request: 'GET /customers (paged)',
    reasons: [],
  },
  {
    title: 'an operator that a program cannot apply',
    call: { method: 'customer.list', args: { filters: { firstname: { regexp: '^J' } } } },
    verdict: 'difference',
    request: 'GET /customers (paged)',
    reasons: ['filter on firstname', 'operator regexp'],
  },
  {
    title: 'alternatives',
    call: { method: 'customer.list', args: { filters: { customer_id: [{ eq: 1 }, { eq: 2 }] } } },
    verdict: 'difference',
    request: 'GET /customers (paged)',
    reasons: ['alternatives'],
  },
  {
    title: 'an attribute that REST does not have',
    call: { method: 'customer.list', args: { filters: { increment_id: '100000001' } } },
    verdict: 'stays',
    request: undefined,
    reasons: ['do not contain increment_id'],
  },
  {
    title: 'an attribute that a module added',
    call: { method: 'customer.list', args: { filters: { loyalty_points: { gt: 5 } } } },
    verdict: 'stays',
    request: undefined,
    reasons: ['do not contain loyalty_points'],
  },
  {
    title: 'an attribute that is called like a property of objects',
    call: { method: 'customer.list', args: { filters: { constructor: 'x' } } },
    verdict: 'stays',
    request: undefined,
    reasons: ['do not contain constructor'],
  },
  {
    title: 'a filter in a variable',
    call: { method: 'customer.list', args: { filters: HIDDEN }, isUnknown },
    verdict: 'difference',
    request: 'GET /customers (paged)',
    reasons: ['The filter cannot be read'],
  },
  {
    title: 'arguments in a variable',
    call: { method: 'customer.info', args: undefined },
    verdict: 'moves',
    request: 'GET /customers/{customerId}',
  },
  {
    title: 'one customer',
    call: { method: 'customer.info', args: { customerId: 7 } },
    verdict: 'moves',
    request: 'GET /customers/7',
    reasons: [],
  },
  {
    title: 'an ID that is a path',
    call: { method: 'customer.info', args: { customerId: '../groups?x=1' } },
    verdict: 'moves',
    request: 'GET /customers/%2E%2E%2Fgroups%3Fx%3D1',
  },
  {
    title: 'attributes that are there',
    call: { method: 'customer.info', args: { customerId: 7, attributes: ['email', 'group_id'] } },
    verdict: 'moves',
    request: 'GET /customers/7',
    reasons: ['cannot be selected'],
  },
  {
    title: 'attributes of which one is gone',
    call: { method: 'customer.info', args: { customerId: 7, attributes: ['email', 'password_hash'] } },
    verdict: 'difference',
    request: 'GET /customers/7',
    reasons: ['cannot be selected', 'not have password_hash'],
  },
  {
    title: 'attributes that are gone',
    call: { method: 'customer.info', args: { customerId: 7, attributes: ['password_hash'] } },
    verdict: 'stays',
    request: undefined,
    reasons: ['cannot be selected', 'not have password_hash'],
  },
  {
    title: 'a new customer',
    call: {
      method: 'customer.create',
      args: {
        customerData: {
          email: 'a@b.c',
          firstname: 'A',
          password: 'seven-or-more',
          website_id: '1',
          store_id: 1,
          group_id: '2',
          dob: '1980-01-02 00:00:00',
          is_active: '1',
          suffix: null,
        },
      },
    },
    verdict: 'difference',
    request: 'POST /customers',
    body: {
      email: 'a@b.c',
      firstname: 'A',
      password: 'seven-or-more',
      websiteId: 1,
      groupId: 2,
      dob: '1980-01-02',
      isActive: true,
    },
    reasons: ['store_id is ignored'],
  },
  {
    title: 'a new customer without password and website',
    call: { method: 'customer.create', args: { customerData: { email: 'a@b.c' } } },
    verdict: 'difference',
    request: 'POST /customers',
    body: { email: 'a@b.c', password: 'a-new-password' },
    reasons: ['Without websiteId', 'has no password'],
  },
  {
    title: 'an overwriting create',
    call: { method: 'customer.create', args: { customerData: { email: 'a@b.c', customer_id: 5 } } },
    verdict: 'stays',
    request: undefined,
    reasons: ['overwrites'],
  },
  {
    title: 'a change',
    call: { method: 'customer.update', args: { customerId: 7, customerData: { firstname: 'A', dob: '' } } },
    verdict: 'moves',
    request: 'PUT /customers/7',
    body: { firstname: 'A', dob: '' },
    reasons: [],
  },
  {
    title: 'a change with values that REST refuses',
    call: { method: 'customer.update', args: { customerId: 7, customerData: { group_id: 'two', dob: '31/12/1990' } } },
    verdict: 'difference',
    request: 'PUT /customers/7',
    body: { groupId: 'two', dob: '31/12/1990' },
    reasons: ['group_id must be', 'dob must be'],
  },
  {
    title: 'a change that moves the customer as well',
    call: { method: 'customer.update', args: { customerId: 7, customerData: { firstname: 'A', website_id: 2, customer_id: 7, vip: 1 } } },
    verdict: 'difference',
    request: 'PUT /customers/7',
    body: { firstname: 'A' },
    reasons: ['another website', 'customer_id must', 'does not know vip'],
  },
  {
    title: 'a new password by its hash',
    call: { method: 'customer.update', args: { customerId: 7, customerData: { password_hash: 'abc:de' } } },
    verdict: 'stays',
    request: undefined,
    reasons: ['password_hash cannot'],
  },
  {
    title: 'a key that is the prototype',
    call: {
      method: 'customer.update',
      args: { customerId: 7, customerData: JSON.parse('{"__proto__":"x","firstname":"A"}') as { firstname: string } },
    },
    verdict: 'difference',
    request: 'PUT /customers/7',
    body: { firstname: 'A' },
    reasons: ['does not know __proto__'],
  },
  {
    title: 'data in a variable',
    call: { method: 'customer.update', args: { customerId: HIDDEN, customerData: HIDDEN }, isUnknown },
    verdict: 'moves',
    request: 'PUT /customers/{customerId}',
    body: {},
    reasons: ['data of the customer cannot be read'],
  },
  { title: 'a deletion', call: { method: 'customer.delete', args: { customerId: 7 } }, verdict: 'stays', request: undefined },
  { title: 'groups', call: { method: 'customer_group.list', args: {} }, verdict: 'moves', request: 'GET /customer-groups (paged)' },
  {
    title: 'addresses',
    call: { method: 'customer_address.list', args: { customerId: 7 } },
    verdict: 'difference',
    request: 'GET /customers/7 (addresses)',
  },
  { title: 'one address', call: { method: 'customer_address.info', args: { addressId: 7 } }, verdict: 'stays', request: undefined },
  { title: 'a new address', call: { method: 'customer_address.create', args: { customerId: 7 } }, verdict: 'stays', request: undefined },
  { title: 'a login', call: { method: 'login', args: {} }, verdict: 'difference', request: undefined },
];
