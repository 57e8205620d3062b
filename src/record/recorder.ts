import { ToolkitError } from '../api/errors';
import { knownResources } from '../api/resources';
import { t } from '../l10n/texts';
import { guard } from '../store/calls/policy';
import { normalizeStoreUrl } from '../store/settings/config';
import type { HttpMethod } from '../store/http/method';
import { Exchange } from '../store/wire/exchange';
import { passedHeaders, unpacked } from './as-passed';
import { Later } from './later';
import { listenOnLoopback, plain, type Arrived } from './loopback-server';
import { hiding, type Asked } from './meaning';
import type { RecorderOptions } from './options';
import { Room } from './room';
import { Passage, whatWasAsked, type Passing } from './passage';
import type { Received, Traffic } from './traffic';
import { trafficAt } from './traffics';

/** How much of all answers is held at a time, in bytes: those on their way and those that wait to be told. */
const MAX_KEPT_BYTES = 160 * 1024 * 1024;

/** How long a call that is under way may take to end when the recorder is closed, in milliseconds. */
const GRACE_MS = 2000;

/** Secrets that are remembered, so that they are hidden wherever a later answer quotes them. */
const MAX_SECRETS = 200;

/** A recorder that runs. */
export interface Recorder {
  /** What a program takes for the address of the store. */
  readonly url: string;
  /**
   * Ends it, and waits until each exchange was told.
   * @param graceMs how long calls that are under way may take to end, in milliseconds; two seconds where missing
   */
  readonly close: (graceMs?: number) => Promise<void>;
}

/**
 * Stands between a program and its store: hands calls on, answers too while they arrive, and tells what passed.
 * @throws {ToolkitError} of kind `input` when it cannot listen, or for an address that is not a store's
 */
export async function startRecorder(options: RecorderOptions): Promise<Recorder> {
  const relay = new Relay(options);
  const server = await listenOnLoopback(options.port, (arrived) => relay.pass(arrived));
  relay.own = `http://127.0.0.1:${server.port}`;
  return {
    url: relay.own,
    close: async (graceMs = GRACE_MS) => {
      await server.close();
      options.transport.close();
      await relay.end(graceMs);
    },
  };
}

class Relay {
  own = '';
  /** Address of the shop, with a slash at its end. */
  readonly #shop: string;
  #secrets: readonly string[] = [];
  readonly #later: Later;
  /** Requests whose secrets are not known yet: they are read when nothing passes. */
  readonly #unread: (() => Asked)[] = [];
  readonly #underWay = new Set<Promise<void>>();
  readonly #room: Room;
  readonly #cutOff = new AbortController();

  constructor(private readonly options: RecorderOptions) {
    this.#later = new Later(options.tellWithinMs);
    this.#room = new Room(options.maxKeptBytes ?? MAX_KEPT_BYTES);
    const [first = ''] = normalizeStoreUrl(options.config.url);
    this.#shop = first.replace(/api(?:\.php\?type=\w+|\/(?:v2_)?soap\/|\/rest\/v2\/?)$/, '');
  }

  async pass({ request, response, body }: Arrived): Promise<void> {
    const spoken = trafficAt(request.url ?? '/');
    if (spoken === undefined) {
      plain(response, 404, t('Only the addresses of the API are passed on, such as /api/soap/, /api/v2_soap/ and /api/rest/v2/.'));
      return;
    }
    const { traffic, place, url } = spoken;
    const verb = traffic.verbs.find((each) => each === request.method);
    if (verb === undefined) {
      response.setHeader('Allow', traffic.verbs.join(', '));
      plain(response, 405, t('Only {verbs} are passed on here.', { verbs: traffic.verbs.join(', ') }));
      return;
    }
    const received: Received = { request, readable: unpacked(request, body), place };
    let read: Asked | undefined;
    const asked = (): Asked => (read ??= traffic.asked(received));
    const refusal = this.#refusal(traffic, received, asked);
    if (refusal !== undefined) {
      this.#tellRefused(traffic, verb, received, asked(), refusal);
      traffic.answer(response, 'refused', refusal.message, asked());
      return;
    }
    const passing = this.#passOn({ ...received, response, body, asked, traffic, verb, isWsdl: traffic.describes(url) });
    this.#underWay.add(passing);
    await passing.finally(() => this.#underWay.delete(passing));
  }

  /** Waits until everything that passed was told. A call that hangs is cut off, and told as such. */
  async end(graceMs: number): Promise<void> {
    const timer = setTimeout(() => this.#cutOff.abort(), graceMs);
    await Promise.allSettled(this.#underWay);
    clearTimeout(timer);
    await this.#later.end();
  }

  async #passOn(passing: Passing): Promise<void> {
    const done = await this.#later.begin();
    try {
      this.#unread.push(passing.asked);
      const passage = new Passage(
        this.options,
        this.#shop,
        this.own,
        () => this.#secrets,
        (secrets) => this.#hide(secrets),
        this.#cutOff.signal,
        this.#room,
      );
      const tell = await passage.run(passing);
      this.#later.add(passing.body.length + passage.keptBytes, async () => {
        // Secrets of calls that are under way too: this answer may quote them.
        for (const asked of this.#unread.splice(0)) this.#hide(asked().secrets);
        try {
          await tell();
        } finally {
          this.#room.give(passage.keptBytes);
        }
      });
    } finally {
      done();
    }
  }

  #tellRefused(traffic: Traffic, verb: HttpMethod, received: Received, asked: Asked, refusal: ToolkitError): void {
    const { request, readable } = received;
    const { onRefused, config } = this.options;
    if (onRefused === undefined) return;
    this.#hide(asked.secrets);
    const parts = {
      store: config.name,
      dialect: traffic.dialectOf(received),
      startedAt: Date.now(),
      request: { method: verb, url: this.#shop, headers: Object.entries(passedHeaders(request)), body: readable },
      response: undefined,
      timings: { total: 0 },
      // What to do is said where it is shown: a recording is started elsewhere than what a window watches.
      outcome: { kind: 'error', code: refusal.code, what: [refusal.words.what, refusal.words.why ?? ''].join(' ').trim() },
      junk: [],
    } as const;
    // Behind what passed before it.
    this.#later.add(readable.length, () => {
      const secrets = this.#secrets;
      onRefused(new Exchange({ ...parts, ...whatWasAsked(hiding(asked, secrets), readable), secrets }), refusal);
    });
  }

  /** Why the store's policy does not let a call pass. */
  #refusal(traffic: Traffic, received: Received, asked: () => Asked): ToolkitError | undefined {
    const { config, allowWrites, registry = knownResources } = this.options;
    // Nothing is refused for such a store, so there is nothing to look for in the request.
    if (allowWrites === true || (config.readOnly !== true && config.environment !== 'production')) return undefined;
    try {
      const { reads, methods, unclear } = traffic.runs(received, registry);
      if (reads === true) return undefined;
      if (unclear !== undefined || methods.length === 0) guard(config, 'envelope', false, unclear ?? t('It cannot be read.'), registry);
      for (const each of methods) guard(config, each, false, undefined, registry);
      return undefined;
    } catch (error) {
      if (!(error instanceof ToolkitError)) throw error;
      return new ToolkitError('policy', {
        code: error.code,
        what:
          error.code === 'read-only'
            ? t('{name} is read-only, so {method} was not passed on.', { name: config.name, method: asked().method })
            : t('{name} is a production store, so {method} was not passed on.', { name: config.name, method: asked().method }),
        why: error.words.why,
        next: t('Allow writes when the recording is started if the program may change this store.'),
      });
    }
  }

  #hide(secrets: readonly string[]): void {
    const seen = new Set(secrets.filter((secret) => secret.length >= 6));
    // What comes again is remembered longest: each login of a program brings another session, and the same key.
    if (seen.size > 0) this.#secrets = [...this.#secrets.filter((secret) => !seen.has(secret)), ...seen].slice(-MAX_SECRETS);
  }
}
