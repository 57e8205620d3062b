import type { Generation } from '../../api/generations';
import { REST_BASE_PATH, REST_DOCUMENT_PATH } from '../../api/rest-api';
import type { Shop } from '../data/shop';
import type { ApiUsers } from '../users';
import * as addresses from './addresses';
import { accessDenied, badRequest, notFound, RestError, unauthorized, type RestResult } from './answer';
import { Auth } from './auth';
import { callerOf, type Caller } from './caller';
import * as customers from './customers';
import type { CustomerContext, Mail } from './customers';
import * as groups from './groups';
import { Idempotency } from './idempotency';
import { RateLimit, registerLimit } from './limits';
import { answerFormat, readJson } from './negotiate';
import { openApi } from './open-api';
import * as passwords from './passwords';
import { phpJson } from './php-json';
import { CustomerSearch } from './search';
import { allowed, matched, type Endpoint } from './routes';
import { storeList, storeNamed, USUAL_STORE } from './stores';
import { Tokens } from './tokens';
import { written, writtenError, type Written } from './written';

/** An HTTP request to the REST API. */
export interface IncomingRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly host: string;
  /** Address of the client, for rate limits. */
  readonly from: string;
  readonly header: (name: string) => string | undefined;
  readonly body: Buffer;
}

/** The parts of a request's log entry that the REST API sets. */
export interface RestNotes {
  method?: string;
  user?: string;
  fault?: { readonly code: string; readonly message: string };
}

/** The options of a demo store's REST API. */
export interface RestOptions {
  readonly shop: Shop;
  readonly generation: Generation;
  readonly users: ApiUsers;
  readonly now: () => Date;
  /** Whether customers can be changed, which Maho supports since 26.7.3. */
  readonly hasPut: boolean;
}

/** The REST API of a demo store, for the customer family. It does not depend on sockets. */
export class RestApi {
  readonly #context: CustomerContext;
  #tokens: Tokens;
  #auth: Auth;
  #answers: Idempotency;
  #registrations: RateLimit;
  #mails: Mail[] = [];
  /** Address of the client of the current request. */
  #from = '';

  constructor(private readonly options: RestOptions) {
    const { shop, generation, users, now } = options;
    this.#tokens = new Tokens(now);
    this.#auth = new Auth(shop, this.#tokens, users, now);
    this.#answers = new Idempotency(now);
    this.#registrations = new RateLimit(registerLimit, now);
    this.#context = {
      shop,
      generation,
      search: new CustomerSearch(shop),
      register: () => this.#registrations.count(this.#from),
      mail: (mail) => {
        this.#mails.push(mail);
        if (this.#mails.length > MAX_MAILS) this.#mails.shift();
      },
    };
  }

  /** Mails that the store would have sent, oldest first. */
  get mails(): readonly Mail[] {
    return this.#mails;
  }

  /** Removes all tokens, idempotency keys, rate limits and mails. */
  reset(): void {
    const { shop, users, now } = this.options;
    this.#tokens = new Tokens(now);
    this.#auth = new Auth(shop, this.#tokens, users, now);
    this.#answers = new Idempotency(now);
    this.#registrations = new RateLimit(registerLimit, now);
    this.#mails = [];
  }

  /**
   * Takes a snapshot of the stored responses by idempotency key. They belong to rows: a key must not return a customer that does not exist.
   * @returns a function that restores it, any number of times
   */
  snapshot(): () => void {
    const kept = this.#answers.copy();
    return () => {
      this.#answers = kept.copy();
    };
  }

  /** Removes the stored responses by idempotency key, because their rows are gone. */
  forgetKeys(): void {
    this.#answers = new Idempotency(this.options.now);
  }

  /** Ends every token, as if it had expired. */
  endTokens(): void {
    this.#tokens.revokeAll();
  }

  /**
   * Handles a request. Refusals become responses too.
   * @param deny whether the caller is refused whatever its rights
   */
  handle(request: IncomingRequest, notes: RestNotes, deny = false): Written {
    try {
      return this.#answer(request, notes, deny);
    } catch (error) {
      if (!(error instanceof RestError)) throw error;
      notes.fault = { code: `${error.status} ${error.error}`, message: error.message };
      return writtenError(error);
    }
  }

  #answer(request: IncomingRequest, notes: RestNotes, deny: boolean): Written {
    const { method, url, host } = request;
    this.#from = request.from;
    const address = new URL(url, 'http://shop.invalid');
    const { searchParams: query } = address;
    const pathname = decoded(address.pathname);
    if (pathname === REST_DOCUMENT_PATH && (method === 'GET' || method === 'HEAD')) {
      const body = phpJson(openApi(this.options.hasPut), 'ascii');
      return { status: 200, contentType: 'application/json; charset=utf-8', body, headers: DOCUMENT_HEADERS };
    }
    if (pathname.length > REST_BASE_PATH.length + 1 && pathname.endsWith('/') && allowed(pathname.slice(0, -1)) !== undefined)
      return redirect(`http://${host}${pathname.slice(0, -1)}${address.search}`);
    const found = matched(method, pathname, this.options.hasPut);
    const route = `${method} http://${host}${pathname}`;
    if (found === undefined) {
      const methods = allowed(pathname, this.options.hasPut);
      if (methods === undefined) throw notFound(`No route found for "${route}"`);
      const message = `No route found for "${route}": Method Not Allowed (Allow: ${methods.join(', ')})`;
      throw new RestError(405, 'method_not_allowed', message);
    }
    notes.method = `${method} ${pathname.slice(REST_BASE_PATH.length)}`;
    const format = answerFormat(request.header('accept'));
    const caller = callerOf(request.header('authorization'), this.#tokens, this.options.users);
    if (caller.kind === 'user') notes.user = caller.user.name;
    if (deny && caller.kind !== 'nobody') throw accessDenied();
    const store = query.get('store') ?? request.header('x-store-code');
    if (store !== null && store !== undefined && !storeNamed(store)) throw badRequest(`Unknown store: ${store.slice(0, 100)}`);
    if (caller.kind === 'user' && caller.user.stores !== undefined && !caller.user.stores.includes(store ?? USUAL_STORE))
      throw new RestError(403, 'forbidden', 'Token is not authorized for the requested store.');
    const key = this.#idempotencyKey(request, caller);
    const before = key === undefined ? undefined : this.#answers.find(key);
    if (before !== undefined) return before;
    const result = this.#run(found, caller, query, request, notes);
    const allow = allowed(pathname, this.options.hasPut)?.join(', ');
    const answer = written(allow === undefined ? result : { ...result, allow }, format, { method, query, host });
    if (key !== undefined) this.#answers.keep(key, answer);
    const tag = request.header('if-none-match');
    return tag !== undefined && tag === answer.headers['ETag'] ? unchanged(answer) : answer;
  }

  /** A key is valid only for its sender. */
  #idempotencyKey({ method, header }: IncomingRequest, caller: Caller): string | undefined {
    const key = header('x-idempotency-key');
    if (key === undefined || key === '' || (method !== 'POST' && method !== 'PUT')) return undefined;
    const sender = caller.kind === 'user' ? caller.user.name : caller.kind === 'customer' ? String(caller.id) : '';
    return `${caller.kind} ${sender} ${key}`;
  }

  #run(endpoint: Endpoint, caller: Caller, query: URLSearchParams, request: IncomingRequest, notes: RestNotes): RestResult {
    const { id } = endpoint;
    const { shop } = this.options;
    const body = (): Readonly<Record<string, unknown>> => readJson(request.header('content-type'), request.body);
    const sent = (): Readonly<Record<string, unknown>> => {
      if (caller.kind === 'nobody') throw unauthorized(false);
      return body();
    };
    switch (endpoint.name) {
      case 'token':
        return this.#auth.token(body(), request.from, (name) => {
          notes.user = name;
        });
      case 'refresh':
        return this.#auth.refresh(caller);
      case 'logout':
        return this.#auth.logout(caller);
      case 'customers':
        return customers.list(this.#context, caller, query);
      case 'customer-create':
        return customers.create(this.#context, caller, body());
      case 'me':
        return customers.readMe(this.#context, caller);
      case 'me-update':
        return customers.updateMe(this.#context, caller, sent());
      case 'password-change':
        return passwords.change(this.#context, caller, sent());
      case 'password-forget':
        return passwords.forget(this.#context, body());
      case 'password-reset':
        return passwords.reset(this.#context, body());
      case 'customer':
        return customers.read(this.#context, caller, id);
      case 'customer-update':
        return customers.update(this.#context, caller, id, sent());
      case 'addresses':
        return addresses.list(this.#context, caller, endpoint.isNested);
      case 'address-create':
        return addresses.create(this.#context, caller, sent());
      case 'address':
        return addresses.read(this.#context, caller, id);
      case 'address-update':
        return addresses.update(this.#context, caller, id, sent());
      case 'address-delete':
        return addresses.remove(this.#context, caller, id);
      case 'groups':
        return groups.list(shop, caller);
      case 'group-create':
        return groups.create(shop, caller, sent());
      case 'group':
        return groups.read(shop, caller, id);
      case 'group-update':
        return groups.update(shop, caller, id, sent());
      case 'group-delete':
        return groups.remove(shop, caller, id);
      case 'stores':
        return storeList(shop.config.storeViews, request.host, caller);
    }
  }
}

const DOCUMENT_HEADERS = { Vary: 'Authorization,Accept,X-Store-Code', 'Cache-Control': 'no-store, private, max-age=0' };

/** The largest number of stored mails. */
const MAX_MAILS = 500;

/** A path as the router reads it: percent-decoded. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch (error) {
    if (error instanceof URIError) return path;
    throw error;
  }
}

function unchanged({ headers }: Written): Written {
  const { Allow: _, ...others } = headers;
  return { status: 304, contentType: '', body: '', headers: others };
}

function redirect(to: string): Written {
  const body = `<!DOCTYPE html>\n<html>\n    <head>\n        <title>Redirecting to ${escaped(to)}</title>\n    </head>\n</html>\n`;
  return { status: 301, contentType: 'text/html; charset=utf-8', body, headers: { Location: to, 'Cache-Control': 'max-age=0' } };
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
