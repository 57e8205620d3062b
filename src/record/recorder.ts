import { ToolkitError } from '../api/errors';
import { knownResources } from '../api/resources';
import { t } from '../l10n/texts';
import { guard } from '../store/calls/policy';
import { normalizeStoreUrl } from '../store/settings/config';
import type { HttpMethod } from '../store/http/method';
import { Exchange } from '../store/wire/exchange';
import { passedHeaders, unpacked } from './as-passed';
import { IdleQueue } from './idle-queue';
import { listenOnLoopback, answerPlainText, type Arrived } from './loopback-server';
import { hidingSecrets, type RecordedCall } from './meaning';
import type { RecorderOptions } from './options';
import { ByteBudget } from './byte-budget';
import { Passage, callForExchange, type RequestUnderWay } from './passage';
import type { ReceivedRequest, Traffic } from './traffic';
import { trafficAt } from './traffics';

/** How much of all answers is kept at a time, in bytes: of those under way and those that wait to be reported. */
const MAX_KEPT_BYTES = 160 * 1024 * 1024;

/** How long a call under way may take to end when the recorder is closed, in milliseconds. */
const CLOSE_GRACE_MS = 2000;

/** Number of secrets that are remembered, so that they are hidden if a later answer quotes them. */
const MAX_SECRETS = 200;

/** A running recorder. */
export interface Recorder {
  /** The address that a program uses in place of the store's. */
  readonly url: string;
  /**
   * Stops the recorder, and waits until every exchange is reported.
   * @param graceMs how long calls under way may take to end, in milliseconds; two seconds by default
   */
  readonly close: (graceMs?: number) => Promise<void>;
}

/**
 * Starts a server between a program and its store. It passes calls on, passes answers back while they arrive, and reports the exchanges.
 * @throws {ToolkitError} of kind `input` when it cannot listen, or for an address that is not a store's
 */
export async function startRecorder(options: RecorderOptions): Promise<Recorder> {
  const relay = new Relay(options);
  const server = await listenOnLoopback(options.port, (arrived) => relay.pass(arrived));
  relay.own = `http://127.0.0.1:${server.port}`;
  return {
    url: relay.own,
    close: async (graceMs = CLOSE_GRACE_MS) => {
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
  readonly #idleQueue: IdleQueue;
  /** Requests whose secrets are not known yet. They are read when no call passes. */
  readonly #unread: (() => RecordedCall)[] = [];
  readonly #underWay = new Set<Promise<void>>();
  readonly #budget: ByteBudget;
  readonly #cutOff = new AbortController();

  constructor(private readonly options: RecorderOptions) {
    this.#idleQueue = new IdleQueue(options.tellWithinMs);
    this.#budget = new ByteBudget(options.maxKeptBytes ?? MAX_KEPT_BYTES);
    const [first = ''] = normalizeStoreUrl(options.config.url);
    this.#shop = first.replace(/api(?:\.php\?type=\w+|\/(?:v2_)?soap\/|\/rest\/v2\/?)$/, '');
  }

  async pass({ request, response, body }: Arrived): Promise<void> {
    const spoken = trafficAt(request.url ?? '/');
    if (spoken === undefined) {
      answerPlainText(response, 404, t('Only URLs of the API are passed on, such as /api/soap/, /api/v2_soap/ and /api/rest/v2/.'));
      return;
    }
    const { traffic, place, url } = spoken;
    const verb = traffic.verbs.find((each) => each === request.method);
    if (verb === undefined) {
      response.setHeader('Allow', traffic.verbs.join(', '));
      answerPlainText(response, 405, t('Only {verbs} are passed on.', { verbs: traffic.verbs.join(', ') }));
      return;
    }
    const received: ReceivedRequest = { request, readable: unpacked(request, body), place };
    let read: RecordedCall | undefined;
    const asked = (): RecordedCall => (read ??= traffic.callOf(received));
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

  /** Waits until every exchange is reported. A call that hangs is cut off, and reported as cut off. */
  async end(graceMs: number): Promise<void> {
    const timer = setTimeout(() => this.#cutOff.abort(), graceMs);
    await Promise.allSettled(this.#underWay);
    clearTimeout(timer);
    await this.#idleQueue.end();
  }

  async #passOn(passing: RequestUnderWay): Promise<void> {
    const done = await this.#idleQueue.begin();
    try {
      this.#unread.push(passing.asked);
      const passage = new Passage(
        this.options,
        this.#shop,
        this.own,
        () => this.#secrets,
        (secrets) => this.#hide(secrets),
        this.#cutOff.signal,
        this.#budget,
      );
      const tell = await passage.run(passing);
      this.#idleQueue.add(passing.body.length + passage.keptBytes, async () => {
        // Also secrets of calls under way, since this answer may quote them.
        for (const asked of this.#unread.splice(0)) this.#hide(asked().secrets);
        try {
          await tell();
        } finally {
          this.#budget.give(passage.keptBytes);
        }
      });
    } finally {
      done();
    }
  }

  #tellRefused(traffic: Traffic, verb: HttpMethod, received: ReceivedRequest, asked: RecordedCall, refusal: ToolkitError): void {
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
      // The advice is left out: the reader of the exchange may not be the one who starts the recording.
      outcome: { kind: 'error', code: refusal.code, what: [refusal.words.what, refusal.words.why ?? ''].join(' ').trim() },
      junk: [],
    } as const;
    // Reported after the exchanges that came before.
    this.#idleQueue.add(readable.length, () => {
      const secrets = this.#secrets;
      onRefused(new Exchange({ ...parts, ...callForExchange(hidingSecrets(asked, secrets), readable), secrets }), refusal);
    });
  }

  /** The reason why the store's policy refuses a call. */
  #refusal(traffic: Traffic, received: ReceivedRequest, asked: () => RecordedCall): ToolkitError | undefined {
    const { config, allowWrites, registry = knownResources } = this.options;
    // Nothing is refused for such a store, so the request need not be checked.
    if (allowWrites === true || (config.readOnly !== true && config.environment !== 'production')) return undefined;
    try {
      const { reads, methods, unclear } = traffic.methodsRun(received, registry);
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
        next: t('Allow writes when you start the recording if the program may change this store.'),
      });
    }
  }

  #hide(secrets: readonly string[]): void {
    const seen = new Set(secrets.filter((secret) => secret.length >= 6));
    // Secrets that occur again are remembered longest: each login of a program returns another session, but sends the same key.
    if (seen.size > 0) this.#secrets = [...this.#secrets.filter((secret) => !seen.has(secret)), ...seen].slice(-MAX_SECRETS);
  }
}
