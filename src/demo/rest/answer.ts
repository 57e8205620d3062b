import type { Json } from './php-json';

/** Media types that the store supports. */
export type Format = 'application/json' | 'application/ld+json';

/** One object of a response, with its JSON-LD type. */
export interface Thing {
  readonly type: 'Customer' | 'Address' | 'CustomerGroup' | 'AuthToken' | 'Store' | 'Product' | 'Order';
  readonly fields: Readonly<Record<string, Json | undefined>>;
}

/** A page of a list. */
export interface ThingList {
  readonly type: Thing['type'];
  /** Path of the list. */
  readonly path: string;
  readonly members: readonly Thing[];
  readonly total: number;
  /** The requested paging; `undefined` for a list without pages. */
  readonly paging: Paging | undefined;
}

/** See {@link ThingList}. */
export interface Paging {
  /** Page, from 1. */
  readonly page: number;
  /** The requested number of members per page. The store returns at most 30, but computes pages with this number. */
  readonly perPage: number;
}

/** The result of a request, before it is written. */
export interface RestResult {
  readonly status: 200 | 201 | 204;
  readonly content: Thing | ThingList | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  /** Methods that the address supports, for `Allow`. */
  readonly allow?: string;
}

/** A refusal with the store's message. */
export class RestError extends Error {
  constructor(
    readonly status: number,
    readonly error: string,
    message: string,
    /** Whether the body repeats the status. Responses of the firewall do not. */
    readonly repeatsStatus = true,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}

/** A 400 response with a message. */
export function badRequest(message: string): RestError {
  return new RestError(400, 'bad_request', message);
}

/** A 404 response with a message. */
export function notFound(message = 'Not Found'): RestError {
  return new RestError(404, 'not_found', message);
}

/** A 403 response for a missing right. */
export function accessDenied(): RestError {
  return new RestError(403, 'forbidden', 'Access denied');
}

/** A 403 response for data of another customer. */
export function otherCustomersData(): RestError {
  return new RestError(403, 'forbidden', 'You can only access your own data');
}

/** A 401 response for a request without a required token. @param repeatsStatus as in {@link RestError} */
export function unauthorized(repeatsStatus: boolean): RestError {
  return new RestError(401, 'unauthorized', 'Authentication required', repeatsStatus, { 'WWW-Authenticate': 'Bearer' });
}

/** A 401 response for an invalid token. */
export function badToken(message: string): RestError {
  return new RestError(401, 'authentication_error', message, false);
}

/** A 429 response, which does not say how long to wait. */
export function tooMany(): RestError {
  return new RestError(429, 'too_many_requests', 'Too many requests. Please try again later.');
}
