// Sends the recorded requests to the REST API of Maho 26.7.4 to a demo store that holds what the recorded store held.
import { readFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { resolve } from 'node:path';
import { startDemoStore, type DemoStore, type SeedRecord } from '../../src/demo';
import { restRecordings, wireFile, type RestRecording } from '../support/wire';
import { firstDifference, type Replayed } from './replay';

/** One answer, as far as it is compared. */
interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Headers whose values have to be the same. */
const COMPARED = ['content-type', 'location', 'www-authenticate', 'x-idempotency-replayed', 'allow', 'vary', 'cache-control'] as const;

/** Replays every recording in its order. */
export async function replayRest(): Promise<readonly Omit<Replayed, 'sameBytes'>[]> {
  let clock = new Date(0);
  const demo = await startDemoStore({ product: 'maho@26.7', seedFile: seed(), now: () => clock });
  try {
    const replay = new RestReplay(demo);
    const results: Omit<Replayed, 'sameBytes'>[] = [];
    for (const recording of restRecordings()) {
      const late = /expired/.test(recording.name) ? ONE_HOUR_MS : 0;
      clock = new Date(Date.parse(recording.response.headers['Date'] ?? '') + late);
      results.push({ name: recording.name, difference: await replay.difference(recording) });
    }
    return results;
  } finally {
    await demo.close();
  }
}

/** The recorded store issued a token that lasts a second; here the clock goes on. */
const ONE_HOUR_MS = 3_601_000;

/** What the recorded store held: of the addresses that customers name, only the first was there. */
function seed(): readonly SeedRecord[] {
  const customers = JSON.parse(readFileSync(resolve(import.meta.dirname, '../fixtures/seed-customers-26.7.json'), 'utf8')) as SeedRecord[];
  const utc = (value: unknown): string => new Date(`${String(value).replace(' ', 'T')}-05:00`).toISOString().slice(0, 19).replace('T', ' ');
  const expected = JSON.parse(wireFile('expected/maho-v1.json', 'maho@26.7')) as Record<
    string,
    { readonly value?: readonly Readonly<Record<string, unknown>>[] }
  >;
  const addresses = (expected['163-address-list']?.value ?? []).map((address) =>
    Object.fromEntries(Object.entries(address).filter(([key]) => !key.startsWith('is_default'))),
  );
  return customers.map((customer): SeedRecord => {
    const record = { ...customer, created_at: utc(customer['created_at']) };
    return String(customer['customer_id']) === '1'
      ? { ...record, addresses }
      : { ...record, default_billing: null, default_shipping: null };
  });
}

class RestReplay {
  /** Tokens by who has them. Recordings say `<token>` in the place of each. */
  readonly #tokens = new Map<string, string>();
  #entityTag = '';

  constructor(private readonly demo: DemoStore) {}

  async difference(recording: RestRecording): Promise<string | undefined> {
    const { name, request, response } = recording;
    const { pathname, search } = new URL(request.url);
    const holder = await this.#holder(name);
    const headers = Object.fromEntries(
      Object.entries(request.headers)
        .filter(([key]) => !['host', 'content-length', 'user-agent', 'origin'].includes(key.toLowerCase()))
        .map(([key, value]) => [key, this.#value(value, name, holder)]),
    );
    if (name.includes('protocol-off')) headers['X-Demo-Fault'] = 'rest-off';
    const ours = await this.#send(request.method, pathname + search, headers, request.body);
    this.#learn(name, ours);
    const theirs = { status: response.status, headers: lowered(response.headers), body: response.body };
    return difference(ours, theirs);
  }

  /** Whose token a recording was made with, by what its name says. */
  async #holder(name: string): Promise<string> {
    if (/-(?:limited|create-limited)/.test(name)) return 'limited';
    if (/-reader-/.test(name)) return await this.#given('reader', 'reader12345');
    if (/-store-bound-/.test(name)) return await this.#given('bound', 'bound12345');
    if (/-writer-/.test(name)) return await this.#given('writer', 'writer12345');
    const number = Number.parseInt(name, 10);
    return number >= FIRST_OF_CUSTOMER && number <= LAST_OF_CUSTOMER ? 'customer' : 'apiUser';
  }

  /** The recorded user got the rights from its admin; here it is another user. */
  async #given(user: string, key: string): Promise<string> {
    if (!this.#tokens.has(user)) {
      const body = JSON.stringify({ grant_type: 'api_user', username: user, api_key: key });
      const answer = await this.#send('POST', '/api/rest/v2/auth/token', { 'Content-Type': 'application/json' }, body);
      this.#tokens.set(user, tokenIn(answer.body));
    }
    return user;
  }

  #value(value: string, name: string, holder: string): string {
    const token = this.#tokens.get(holder) ?? '';
    // The last character of a signature of 32 bytes holds bits that count for nothing, so the first one is changed.
    const signature = token.lastIndexOf('.') + 1;
    const forged = token.slice(0, signature) + (token[signature] === 'A' ? 'B' : 'A') + token.slice(signature + 1);
    return value.replace('<token>', name.includes('bad-signature') ? forged : token).replace(/^"[0-9a-f]{32}"$/, this.#entityTag);
  }

  #learn(name: string, { status, headers, body }: Answer): void {
    if (/-customer-1$/.test(name)) this.#entityTag = headers['etag'] ?? '';
    if (!/-auth-(?:ok|limited|customer|short-lived|again)/.test(name) || status !== 200) return;
    this.#tokens.set(name.includes('auth-limited') ? 'limited' : name.includes('auth-customer') ? 'customer' : 'apiUser', tokenIn(body));
  }

  async #send(method: string, path: string, headers: Readonly<Record<string, string>>, body: string | null): Promise<Answer> {
    return await new Promise((done, reject) => {
      const length = body === null ? {} : { 'Content-Length': Buffer.byteLength(body) };
      const sent = httpRequest(
        { host: '127.0.0.1', port: this.demo.ports.rpc, method, path, headers: { ...headers, ...length } },
        (answer) => {
          const chunks: Buffer[] = [];
          answer.on('data', (chunk: Buffer) => chunks.push(chunk));
          answer.on('error', reject);
          answer.on('end', () => {
            const pairs = Object.entries(answer.headers).map(([key, value]) => [key, String(value)] as const);
            done({ status: answer.statusCode ?? 0, headers: Object.fromEntries(pairs), body: Buffer.concat(chunks).toString('utf8') });
          });
        },
      );
      sent.on('error', reject);
      sent.end(body ?? undefined);
    });
  }
}

/** Recordings that were made with a customer's token. */
const FIRST_OF_CUSTOMER = 208;
const LAST_OF_CUSTOMER = 222;

function tokenIn(body: string): string {
  return /"token":"([\w.-]+)"/.exec(body)?.[1] ?? '';
}

function lowered(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([key, value]) => [key.toLowerCase(), value]));
}

/** Hosts and ports are the machine's, tokens are random. */
function comparable(text: string): string {
  return text.replace(/http:(?:\\?\/){2}127\.0\.0\.1:\d+/g, 'HOST').replace(/"token":"[^"]*"/, '"token":"•"');
}

function difference(ours: Answer, theirs: Answer): string | undefined {
  if (ours.status !== theirs.status) return `HTTP ${ours.status} instead of ${theirs.status}: ${ours.body.slice(0, 120)}`;
  for (const name of COMPARED) {
    const [our, their] = [ours, theirs].map(({ headers }) => comparable(headers[name] ?? ''));
    if (our?.toLowerCase() !== their?.toLowerCase()) return `${name}: ${our ?? ''} instead of ${their ?? ''}`;
  }
  if (theirs.headers['content-type']?.includes('json') !== true) return undefined;
  if (!/^[[{]/.test(theirs.body)) return `another document of ${ours.body.length} characters`;
  return firstDifference(JSON.parse(comparable(ours.body)), JSON.parse(comparable(theirs.body)), '');
}
