import { at, customerSchema, indexOf, type Row } from '../data/attributes';
import { changed, randomKey, type Shop } from '../data/shop';
import { passwordHash, passwordMatches } from '../data/written';
import { badRequest, notFound, type RestResult } from './answer';
import { textField } from './body-fields';
import { needCustomer, type Caller } from './caller';
import { created, MIN_PASSWORD_CHARS, type CustomerContext } from './customers';
import { customerThing } from './shapes';

/**
 * Passwords of customers. None of these addresses was recorded: they, their fields and their refusals are from the store's API description
 * and the product's code.
 */

type Body = Readonly<Record<string, unknown>>;

const resetToken = indexOf(customerSchema, 'rp_token');
const resetTokenCreatedAt = indexOf(customerSchema, 'rp_token_created_at');

/** How long a token for setting a password is valid, in milliseconds: one day, the default of the product. */
const TOKEN_MS = 24 * 60 * 60 * 1000;

/** POST /customers/me/password */
export function change(context: CustomerContext, caller: Caller, body: Body): RestResult {
  const id = needCustomer(caller);
  const current = textField(body, 'currentPassword') ?? '';
  const wanted = textField(body, 'newPassword') ?? '';
  if (current === '') throw badRequest('Current password is required');
  if (wanted === '') throw badRequest('New password is required');
  checkLength(wanted);
  const row = context.shop.customers.get(id);
  if (row === undefined) throw notFound('Customer not found');
  if (!passwordMatches(row.values[at.passwordHash] ?? null, current)) throw badRequest('Current password is incorrect.');
  return created(customerThing(context, withPassword(context, row, wanted), 'written'));
}

/** POST /customers/forgot-password: the response is the same for known and unknown addresses. */
export function forget(context: CustomerContext, body: Body): RestResult {
  const email = textField(body, 'email', 'string') ?? '';
  if (email === '') throw badRequest('Email is required');
  const { shop } = context;
  const row = byEmail(shop, email);
  if (row !== undefined) {
    const token = randomKey();
    shop.change({ type: 'customer', row: changed(row, { [resetToken]: token, [resetTokenCreatedAt]: shop.now() }) });
    context.mail({ to: email, subject: 'reset-password', resetToken: token });
  }
  return created({ type: 'Customer', fields: { email, isSubscribed: false, addresses: [] } });
}

/** POST /customers/reset-password: a token can be used once. */
export function reset(context: CustomerContext, body: Body): RestResult {
  const email = textField(body, 'email', 'string') ?? '';
  const token = textField(body, 'resetToken') ?? '';
  const wanted = textField(body, 'newPassword') ?? '';
  if (email === '' || token === '' || wanted === '') throw badRequest('Email, reset token, and new password are required');
  checkLength(wanted);
  const row = byEmail(context.shop, email);
  if (row === undefined) throw badRequest('Invalid email or token.');
  const until = Date.parse(`${(row.values[resetTokenCreatedAt] ?? '').replace(' ', 'T')}Z`) + TOKEN_MS;
  const isNow = Date.parse(`${context.shop.now().replace(' ', 'T')}Z`) <= until;
  if (row.values[resetToken] !== token || !isNow) throw badRequest('Invalid or expired reset token.');
  withPassword(context, changed(row, { [resetToken]: null, [resetTokenCreatedAt]: null }), wanted);
  return created({ type: 'Customer', fields: { email, isSubscribed: false, addresses: [] } });
}

function checkLength(password: string): void {
  if (password.trim().length < MIN_PASSWORD_CHARS) throw badRequest(`New password must be at least ${MIN_PASSWORD_CHARS} characters`);
}

function withPassword({ shop, generation }: CustomerContext, before: Row, password: string): Row {
  const row = changed(before, { [at.passwordHash]: passwordHash(password, generation), [at.updatedAt]: shop.now() });
  shop.change({ type: 'customer', row });
  return row;
}

/** Only customers of the first website, because these requests cannot name another. */
function byEmail(shop: Shop, email: string): Row | undefined {
  const id = shop.customers.byEmail(email, '1');
  return id === undefined ? undefined : shop.customers.get(id);
}
