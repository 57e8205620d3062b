import { at, customerSchema, indexOf, type Row, type Values } from '../data/attributes';
import { parseDateTime } from '../data/dates';
import { randomKey } from '../data/shop';
import { passwordHash, storedText } from '../data/written';
import { accessDenied, badRequest, notFound, otherCustomersData, RestError, unauthorized, type RestResult, type Thing } from './answer';
import { customerFields, setsServiceFields, type CustomerFields, type CustomerTexts } from './body-fields';
import { needCustomer, needRight, type Caller } from './caller';
import { hasPermission } from './rights';
import { pageOf, pagingOf, type CustomerSearch } from './search';
import { customerThing, type ShapeContext } from './shapes';

/** Path of the customers. */
export const CUSTOMERS = '/api/rest/v2/customers';

/** A mail that the store would have sent. */
export interface Mail {
  readonly to: string;
  readonly subject: 'welcome' | 'reset-password';
  /** The token in the mail's link, which allows setting a password. */
  readonly resetToken?: string;
}

/** The context for requests about customers. */
export interface CustomerContext extends ShapeContext {
  readonly search: CustomerSearch;
  /** Counts a public registration. @throws {RestError} 429 when there were too many */
  readonly register: () => void;
  readonly mail: (mail: Mail) => void;
}

/** GET /customers */
export function list(context: CustomerContext, caller: Caller, query: URLSearchParams): RestResult {
  needRight(caller, 'customers/read');
  const paging = pagingOf(query);
  const { rows, total } = pageOf(context.search.find(query), paging);
  const members = rows.map((row) => customerThing(context, row, 'list'));
  return { status: 200, content: { type: 'Customer', path: CUSTOMERS, members, total, paging } };
}

/** GET /customers/{id} */
export function read(context: CustomerContext, caller: Caller, id: number): RestResult {
  if (caller.kind === 'customer') {
    if (caller.id !== id) throw otherCustomersData();
  } else needRight(caller, 'customers/read');
  return { status: 200, content: ownView(caller, customerThing(context, load(context, id), 'single')) };
}

/** GET /customers/me */
export function readMe(context: CustomerContext, caller: Caller): RestResult {
  if (caller.kind === 'nobody') throw unauthorized(false);
  if (caller.kind === 'user') throw notFound();
  return read(context, caller, caller.id);
}

/** PUT /customers/me */
export function updateMe(context: CustomerContext, caller: Caller, body: Readonly<Record<string, unknown>>): RestResult {
  const result = update(context, caller, needCustomer(caller), body);
  const { content } = result;
  return content !== undefined && 'fields' in content ? { ...result, content: ownView(caller, content) } : result;
}

/** Customers cannot see their own tax number. */
function ownView(caller: Caller, thing: Thing): Thing {
  return caller.kind === 'customer' ? { ...thing, fields: { ...thing.fields, taxvat: undefined } } : thing;
}

/**
 * POST /customers. Without a token that may create customers, this is the public registration: the customer must confirm the e-mail address
 * first, and only five registrations per hour are accepted (wire maho-26.7 rest/140-148).
 */
export function create(context: CustomerContext, caller: Caller, body: Readonly<Record<string, unknown>>): RestResult {
  if ((body['id'] ?? null) !== null) throw badRequest('Update is not allowed for this operation.');
  const fields = customerFields(body);
  const isService = caller.kind === 'user' && hasPermission(caller.user, 'customers/create');
  if (!isService && setsServiceFields(fields)) throw caller.kind === 'nobody' ? unauthorized(true) : accessDenied();
  if (!isService) context.register();
  const { email, password } = required(fields);
  const { shop } = context;
  const websiteId = String(fields.websiteId ?? 1);
  if (!shop.hasWebsite(websiteId)) throw badRequest(`Website ${websiteId} does not exist`);
  check(context, fields);
  refuseTaken(context, email, websiteId, undefined);
  const view = shop.config.storeViews.find((one) => one.websiteId === websiteId);
  const now = shop.now();
  const id = shop.customers.takeId();
  const values: Values = customerSchema.attributes.map(() => null);
  values[at.id] = String(id);
  values[at.websiteId] = websiteId;
  values[at.storeId] = view?.id ?? '0';
  values[at.createdIn] = view?.name ?? null;
  values[at.groupId] = '1';
  values[at.disableGroupChange] = '0';
  values[at.createdAt] = now;
  values[at.updatedAt] = now;
  values[at.passwordHash] = passwordHash(password, context.generation);
  values[at.confirmation] = isService ? null : randomKey();
  write(values, fields);
  const row = { id, values };
  shop.change({ type: 'customer', row });
  if (isService) context.mail({ to: email, subject: 'welcome' });
  const thing = echoed(customerThing(context, row, 'written'), {
    ...fields,
    firstname: fields.firstname ?? '',
    lastname: fields.lastname ?? '',
  });
  return created(thing);
}

/** The response to a POST. Its Location is a mistake of the store: it does not lead to the customer (wire maho-26.7 rest/105). */
export function created(content: Thing): RestResult {
  return { status: 201, content, headers: { Location: `${CUSTOMERS}/me`, 'Content-Location': `${CUSTOMERS}/me.json` } };
}

function required({ email, password }: CustomerFields): { readonly email: string; readonly password: string } {
  if (email === undefined || email === '') throw badRequest('Email is required');
  if (password === undefined || password === '') throw badRequest('Password is required');
  if (password.trim().length < MIN_PASSWORD_CHARS) throw badRequest(`Password must be at least ${MIN_PASSWORD_CHARS} characters`);
  return { email, password };
}

/** Minimum length of a password in characters, without spaces around it. */
export const MIN_PASSWORD_CHARS = 7;

/** PUT /customers/{id}: changes only the fields that are sent. */
export function update(context: CustomerContext, caller: Caller, id: number, body: Readonly<Record<string, unknown>>): RestResult {
  if (caller.kind === 'customer') {
    if (caller.id !== id) throw otherCustomersData();
  } else needRight(caller, 'customers/write');
  // An ID in the body causes a PHP error (wire maho-26.7 rest/173).
  if ((body['id'] ?? null) !== null) throw new RestError(500, 'internal_server_error', 'An internal error occurred');
  const fields = customerFields(body);
  if (caller.kind === 'customer' && setsServiceFields(fields)) throw accessDenied();
  const row = context.shop.customers.get(id);
  if (row === undefined) throw notFound('Customer not found');
  if (fields.websiteId !== undefined && String(fields.websiteId) !== (row.values[at.websiteId] ?? '0'))
    throw badRequest('websiteId can only be set when creating a customer');
  check(context, fields);
  if (fields.email !== undefined && fields.email !== '') refuseTaken(context, fields.email, row.values[at.websiteId] ?? '0', id);
  const values = [...row.values];
  // An empty e-mail address does not change the stored one (wire maho-26.7 rest/162).
  write(values, { ...fields, email: fields.email === '' ? undefined : fields.email });
  const isChanged = values.some((value, place) => value !== (row.values[place] ?? null));
  // If nothing changed, the store responds with the loaded customer, with times in its own zone (wire maho-26.7 rest/162, 176).
  if (!isChanged) return { status: 200, content: withoutAddresses(customerThing(context, row, 'single')) };
  values[at.updatedAt] = context.shop.now();
  const changed = { id, values };
  context.shop.change({ type: 'customer', row: changed });
  return { status: 200, content: echoed(customerThing(context, changed, 'written'), fields) };
}

function withoutAddresses(thing: Thing): Thing {
  return { ...thing, fields: { ...thing.fields, defaultBillingAddress: undefined, defaultShippingAddress: undefined, addresses: [] } };
}

function load({ shop }: CustomerContext, id: number): Row {
  const row = shop.customers.get(id);
  if (row === undefined) throw notFound();
  return row;
}

function check({ shop }: CustomerContext, { email, groupId, gender, dob }: CustomerFields): void {
  if (email !== undefined && email !== '' && !EMAIL.test(email)) throw badRequest('Invalid email address');
  if (groupId !== undefined && shop.groups.get(groupId) === undefined) throw badRequest(`Customer group ${groupId} does not exist`);
  if (gender !== undefined && gender !== 0 && !GENDERS.includes(gender)) throw badRequest(`Invalid gender option: ${gender}`);
  if (dob === undefined || dob === '') return;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(dob) || parseDateTime(dob) === undefined) throw badRequest('Invalid date for dob; use Y-m-d format.');
  if (dob > shop.now().slice(0, dob.length)) throw badRequest('Date of birth cannot be in the future.');
}

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@.]+$/;

/** Values of gender: male, female, not specified. */
const GENDERS: readonly number[] = [1, 2, 3];

function refuseTaken({ shop }: CustomerContext, email: string, websiteId: string, own: number | undefined): void {
  const holder = shop.customers.byEmail(email, websiteId);
  if (holder !== undefined && holder !== own) throw new RestError(409, 'conflict', 'A customer with this email already exists');
}

const texts = [
  'email',
  'firstname',
  'lastname',
  'prefix',
  'middlename',
  'suffix',
  'taxvat',
] as const satisfies readonly (keyof CustomerTexts)[];

/** Sets the values that were sent. An empty text is stored as no value. */
function write(values: Values, fields: CustomerFields): void {
  const set = (code: string, value: string | null): void => {
    values[indexOf(customerSchema, code)] = value;
  };
  for (const name of texts) {
    const value = fields[name];
    if (value !== undefined) set(name, value === '' ? null : storedText(value));
  }
  if (fields.dob !== undefined) set('dob', fields.dob === '' ? null : `${fields.dob} 00:00:00`);
  if (fields.gender !== undefined) set('gender', fields.gender === 0 ? null : String(fields.gender));
  if (fields.groupId !== undefined) set('group_id', String(fields.groupId));
  if (fields.isActive !== undefined) set('is_active', fields.isActive ? '1' : '0');
  if (fields.disableAutoGroupChange !== undefined) set('disable_auto_group_change', fields.disableAutoGroupChange ? '1' : '0');
}

/** Fields that are missing in the response to a write if they were sent empty (wire maho-26.7 rest/151, 162). */
const NOT_ECHOED: readonly string[] = ['email', 'taxvat'];

/** The response to a write contains texts as they were sent, not as they were stored (wire maho-26.7 rest/127-128, 151). */
function echoed(thing: Thing, fields: CustomerFields): Thing {
  const sent = Object.fromEntries(
    texts.flatMap((name) =>
      fields[name] === undefined || (fields[name] === '' && NOT_ECHOED.includes(name)) ? [] : [[name, fields[name]] as const],
    ),
  );
  const merged = { ...thing.fields, ...sent };
  const fullName = [merged['firstname'], merged['lastname']]
    .map((name) => (typeof name === 'string' ? name : ''))
    .join(' ')
    .trim();
  return { ...thing, fields: { ...merged, fullName } };
}
