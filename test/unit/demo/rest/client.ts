import type { TestContext } from 'node:test';
import { startDemoStore, type DemoStore, type DemoStoreOptions } from '../../../../src/demo';

type Body = Readonly<Record<string, unknown>>;

/** A response with its body as JSON. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body & { readonly member?: readonly Body[] };
}

/** A client of the REST API of a demo store. */
export class Rest {
  #token: string | undefined;

  constructor(readonly demo: DemoStore) {}

  static async of(t: TestContext, options: DemoStoreOptions = {}, user = 'apiUser', key = 'apiKey12345'): Promise<Rest> {
    const demo = await startDemoStore(options);
    t.after(() => demo.close());
    const rest = new Rest(demo);
    await rest.login(user, key);
    return rest;
  }

  async login(username = 'apiUser', key = 'apiKey12345'): Promise<Answer> {
    // An expired token is refused everywhere, even in a request for a new one.
    this.#token = undefined;
    const answer = await this.ask('POST', '/auth/token', { grant_type: 'api_user', username, api_key: key });
    if (answer.status === 200) this.#token = String(answer.body['token']);
    return answer;
  }

  /** Continues with the token of a customer. @returns the status of the response to the login */
  async loginAs(email: string, password: string): Promise<number> {
    this.#token = undefined;
    const answer = await this.ask('POST', '/auth/token', { email, password });
    if (answer.status === 200) this.#token = String(answer.body['token']);
    return answer.status;
  }

  async ask(method: string, path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    const authorization = this.#token === undefined ? {} : { Authorization: `Bearer ${this.#token}` };
    const type = body === undefined ? {} : { 'Content-Type': 'application/json' };
    const response = await fetch(`${this.demo.restUrl ?? ''}${path}`, {
      method,
      headers: { ...authorization, ...type, ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: (text === '' ? {} : JSON.parse(text)) as Answer['body'] };
  }
}

/** A customer who is not in the store yet. */
export const newcomer = { email: 'new@example.com', firstname: 'New', lastname: 'Comer', password: 'Passw0rd!' };
