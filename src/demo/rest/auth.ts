import { at } from '../data/attributes';
import type { Shop } from '../data/shop';
import { passwordMatches } from '../data/written';
import type { ApiUsers } from '../users';
import { RestError, unauthorized, type RestResult, type Thing } from './answer';
import type { Caller } from './caller';
import { loginLimit, RateLimit, tokenLimit } from './limits';
import { permissionsOf } from './rights';
import { TOKEN_LIFETIME_SECONDS, type Tokens } from './tokens';

type Body = Readonly<Record<string, unknown>>;

/** The operations on tokens: login, refresh and logout. */
export class Auth {
  readonly #requests: RateLimit;
  readonly #logins: RateLimit;

  constructor(
    private readonly shop: Shop,
    private readonly tokens: Tokens,
    private readonly users: ApiUsers,
    now: () => Date,
  ) {
    this.#requests = new RateLimit(tokenLimit, now);
    this.#logins = new RateLimit(loginLimit, now);
  }

  /** POST /auth/token. @param from address of the client, for the rate limit */
  token(body: Body, from: string, onUser: (name: string) => void): RestResult {
    this.#requests.count(from);
    const grant = textOf(body['grant_type']) ?? 'customer';
    switch (grant) {
      case 'api_user':
        return this.#forUser(body, onUser);
      case 'customer':
        return this.#forCustomer(body);
      case 'client_credentials':
        if (textOf(body['client_id']) === undefined || textOf(body['client_secret']) === undefined)
          throw invalidRequest('client_id and client_secret are required');
        throw new RestError(401, 'invalid_client', 'Invalid client credentials', true, { 'WWW-Authenticate': 'Bearer' });
      default:
        throw new RestError(400, 'unsupported_grant_type', 'Unsupported grant type. Use: customer, client_credentials, api_user');
    }
  }

  #forUser(body: Body, onUser: (name: string) => void): RestResult {
    const [name, key] = [textOf(body['username']), textOf(body['api_key'])];
    if (name !== undefined) onUser(name);
    if (name === undefined || key === undefined) throw invalidRequest('username and api_key are required');
    const user = this.users.find(name, key);
    if (user === undefined) throw new RestError(401, 'invalid_client', 'Invalid API credentials', true, { 'WWW-Authenticate': 'Bearer' });
    const apiUser = { id: this.users.all.indexOf(user) + 1, username: user.name };
    const token = this.tokens.issue({ kind: 'user', name: user.name });
    return answered({ ...tokenFields(token), apiUser, permissions: [...permissionsOf(user)] });
  }

  #forCustomer(body: Body): RestResult {
    const [email, password] = [textOf(body['email']), textOf(body['password'])];
    if (email === undefined || password === undefined) throw invalidRequest('Email and password are required');
    this.#logins.count(email.toLowerCase());
    const id = this.shop.customers.byEmail(email, '1');
    const row = id === undefined ? undefined : this.shop.customers.get(id);
    const isConfirmed = (row?.values[at.confirmation] ?? null) === null;
    if (row === undefined || !isConfirmed || !passwordMatches(row.values[at.passwordHash] ?? null, password)) throw unauthorized(true);
    const customer = {
      id: row.id,
      email: row.values[at.email] ?? '',
      firstName: row.values[at.firstname] ?? '',
      lastName: row.values[at.lastname] ?? '',
    };
    return answered({ ...tokenFields(this.tokens.issue({ kind: 'customer', id: row.id })), customer, cartItemsQty: 0 });
  }

  /** POST /auth/refresh: only for customers. An API user must log in again (wire maho-26.7 rest/233). */
  refresh(caller: Caller): RestResult {
    if (caller.kind !== 'customer') throw unauthorized(true);
    this.tokens.revoke(caller.token);
    return answered(tokenFields(this.tokens.issue({ kind: 'customer', id: caller.id })));
  }

  /** POST /auth/logout: succeeds also without a token (wire maho-26.7 rest/238). */
  logout(caller: Caller): RestResult {
    if (caller.kind !== 'nobody') this.tokens.revoke(caller.token);
    const content: Thing = { type: 'AuthToken', fields: { id: 'auth', success: true, message: 'Successfully logged out' } };
    return { status: 201, content, headers: { Location: '/api/rest/v2/auth_tokens/auth' } };
  }
}

function answered(fields: Thing['fields']): RestResult {
  return { status: 200, content: { type: 'AuthToken', fields } };
}

function tokenFields(token: string): Thing['fields'] {
  return { id: 'auth', token, token_type: 'Bearer', expires_in: TOKEN_LIFETIME_SECONDS };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function invalidRequest(message: string): RestError {
  return new RestError(400, 'invalid_request', message);
}
