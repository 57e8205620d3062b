import type { ApiUser, ApiUsers } from '../users';
import { accessDenied, badToken, otherCustomersData, unauthorized } from './answer';
import { hasPermission, type RestPermission } from './rights';
import type { Tokens } from './tokens';

/** The sender of a request. */
export type Caller =
  | { readonly kind: 'nobody' }
  | { readonly kind: 'user'; readonly user: ApiUser; readonly token: string }
  | { readonly kind: 'customer'; readonly id: number; readonly token: string };

/**
 * The sender of a request by its `Authorization` header. `bearer` in lower case and HTTP Basic are not read as a token (wire maho-26.7
 * rest/021-022).
 * @throws {RestError} 401 for an invalid token, at every address
 */
export function callerOf(authorization: string | undefined, tokens: Tokens, users: ApiUsers): Caller {
  const token = /^Bearer (\S+)$/.exec(authorization ?? '')?.[1];
  if (token === undefined) return { kind: 'nobody' };
  const bearer = tokens.bearer(token);
  if (bearer.kind === 'customer') return { kind: 'customer', id: bearer.id, token };
  const user = users.all.find(({ name }) => name === bearer.name);
  if (user === undefined) throw badToken('API user account is inactive or not found');
  return { kind: 'user', user, token };
}

/** Checks that the caller has a right. @throws {RestError} 401 without a token, 403 without the right */
export function needRight(caller: Caller, right: RestPermission): void {
  if (caller.kind === 'nobody') throw unauthorized(false);
  if (caller.kind === 'customer' || !hasPermission(caller.user, right)) throw accessDenied();
}

/**
 * The customer of the caller's token, for the customer's own data. Service tokens are refused, whatever their rights (wire maho-26.7
 * rest/189-193).
 */
export function needCustomer(caller: Caller): number {
  if (caller.kind === 'nobody') throw unauthorized(false);
  if (caller.kind === 'customer') return caller.id;
  throw caller.user.rights === 'all' ? otherCustomersData() : accessDenied();
}
