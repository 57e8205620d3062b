import type { Json } from './php-json';

/** Media types that the store speaks. */
export type Format = 'application/json' | 'application/ld+json';

/** One object of an answer, and what JSON-LD calls it. */
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
  /** How the pages were asked for; `undefined` for lists that have none. */
  readonly paging: Paging | undefined;
}

/** See {@link ThingList}. */
export interface Paging {
  /** Page, from 1. */
  readonly page: number;
  /** Members of a page as asked for; the store gives at most 30 and reckons with this number. */
  readonly perPage: number;
}

/** What a request brought, before it becomes bytes. */
export interface RestResult {
  readonly status: 200 | 201 | 204;
  readonly content: Thing | ThingList | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  /** Methods that the address takes, for `Allow`. */
  readonly allow?: string;
}

/** A refusal, as the store words it. */
export class RestError extends Error {
  constructor(
    readonly status: number,
    readonly error: string,
    message: string,
    /** Whether the body repeats the status; those of the firewall do not. */
    readonly repeatsStatus = true,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}

/** 400 with a text. */
export function badRequest(message: string): RestError {
  return new RestError(400, 'bad_request', message);
}

/** 404 with a text. */
export function notFound(message = 'Not Found'): RestError {
  return new RestError(404, 'not_found', message);
}

/** 403 for a right that is missing. */
export function accessDenied(): RestError {
  return new RestError(403, 'forbidden', 'Access denied');
}

/** 403 for what belongs to somebody else. */
export function notYours(): RestError {
  return new RestError(403, 'forbidden', 'You can only access your own data');
}

/** 401 for a request without a token where one is needed. @param repeatsStatus as in {@link RestError} */
export function unauthorized(repeatsStatus: boolean): RestError {
  return new RestError(401, 'unauthorized', 'Authentication required', repeatsStatus, { 'WWW-Authenticate': 'Bearer' });
}

/** 401 for a token that cannot be used. */
export function badToken(message: string): RestError {
  return new RestError(401, 'authentication_error', message, false);
}

/** 429, which names no time to wait. */
export function tooMany(): RestError {
  return new RestError(429, 'too_many_requests', 'Too many requests. Please try again later.');
}
