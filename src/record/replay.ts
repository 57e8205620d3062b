import type { ServerResponse } from 'node:http';
import { t } from '../l10n/texts';
import { MASK } from '../store/masking/mask';
import { unpacked } from './as-passed';
import { keptHeaders, readCassette, recordedBody, type Recorded } from './cassette';
import { bytesOf } from './kept-body';
import { listenOnLoopback, answerPlainText, type Arrived } from './loopback-server';
import { opensSession, comparisonKey, type RecordedCall } from './meaning';
import type { Traffic } from './traffic';
import { trafficAt } from './traffics';

/** How many times an exchange of the recording was used as the answer. */
export interface Use {
  readonly file: string;
  readonly method: string;
  readonly used: number;
}

/** A running replay. */
export interface Replay {
  /** The address that a program uses in place of the store's. */
  readonly url: string;
  readonly uses: () => readonly Use[];
  readonly close: () => Promise<void>;
}

/** Options of a replay. */
export interface ReplayOptions {
  readonly folder: string;
  /** Port to listen on; 0 for a free one. */
  readonly port: number;
  /** Called for each call without an answer in the recording. */
  readonly onUnknown?: ((asked: RecordedCall, nearest: Recorded | undefined) => void) | undefined;
}

interface Kept {
  readonly exchange: Recorded;
  used: number;
}

/**
 * Answers programs from a recording, without a store.
 * @throws {ToolkitError} of kind `input` when there is no recording, or the port is in use
 */
export async function startReplay(options: ReplayOptions): Promise<Replay> {
  const player = new Player(options, await readCassette(options.folder));
  const server = await listenOnLoopback(options.port, (arrived) => player.answer(arrived));
  player.own = `http://127.0.0.1:${server.port}`;
  return { url: player.own, uses: () => player.uses, close: () => server.close() };
}

class Player {
  own = '';
  readonly #all: readonly Kept[];
  readonly #byKey = new Map<string, Kept[]>();
  readonly #sessions = new Set<string>();

  constructor(
    private readonly options: ReplayOptions,
    exchanges: readonly Recorded[],
  ) {
    this.#all = exchanges.map((exchange) => ({ exchange, used: 0 }));
    for (const kept of this.#all) {
      const { key } = kept.exchange;
      const others = this.#byKey.get(key);
      if (others === undefined) this.#byKey.set(key, [kept]);
      else others.push(kept);
    }
  }

  get uses(): readonly Use[] {
    return this.#all.map(({ exchange: { file, method }, used }) => ({ file, method, used }));
  }

  async answer({ request, response, body }: Arrived): Promise<void> {
    const address = request.url ?? '/';
    const spoken = trafficAt(address);
    if (spoken === undefined) {
      answerPlainText(response, 404, t('A recording has only URLs of the API, such as /api/soap/, /api/v2_soap/ and /api/rest/v2/.'));
      return;
    }
    const { traffic, place, url } = spoken;
    if (!traffic.verbs.some((verb) => verb === request.method)) {
      response.setHeader('Allow', traffic.verbs.join(', '));
      answerPlainText(response, 405, t('Only {verbs} are supported.', { verbs: traffic.verbs.join(', ') }));
      return;
    }
    const asked = traffic.callOf({ request, readable: unpacked(request, body), place });
    const kept = this.#find(comparisonKey(place, asked));
    const ended = asked.session !== undefined && !this.#sessions.has(asked.session) && asked.method !== 'endSession';
    if (ended && kept?.exchange.outcome.startsWith('fault 5:') !== true) {
      // oxlint-disable-next-line house/spoken-texts -- The store's own words.
      traffic.answer(response, 'session', 'Session expired. Try to relogin.', asked);
      return;
    }
    if (kept === undefined) {
      this.#unknown(traffic, response, place, asked);
      return;
    }
    kept.used++;
    if (asked.method === 'endSession' && asked.session !== undefined) this.#sessions.delete(asked.session);
    await this.#send(traffic, response, kept.exchange, traffic.describes(url) ? address : undefined);
  }

  /** Exchanges of the same call, in their order. The last one is repeated. */
  #find(key: string): Kept | undefined {
    const kept = this.#byKey.get(key);
    return kept?.find(({ used }) => used === 0) ?? kept?.at(-1);
  }

  #unknown(traffic: Traffic, response: ServerResponse, place: string, asked: RecordedCall): void {
    const nearest = this.#all.find(({ exchange }) => exchange.method === asked.method)?.exchange;
    this.options.onUnknown?.(asked, nearest);
    const known =
      nearest === undefined
        ? t('It has no call of {method}.', { method: asked.method })
        : t('It has {method} at {place} with {arguments}.', {
            method: asked.method,
            place: nearest.place,
            arguments: JSON.stringify(nearest.arguments).slice(0, 300),
          });
    const text = t('The recording has no response to {method} at {place} with {args}. {known} Record this call too.', {
      method: asked.method,
      place,
      args: JSON.stringify(asked.args).slice(0, 300),
      known,
    });
    traffic.answer(response, 'unknown', text, asked);
  }

  async #send(traffic: Traffic, response: ServerResponse, exchange: Recorded, wsdlUrl: string | undefined): Promise<void> {
    const { status, body, headers, broken, method } = exchange;
    // No answer ends with a status below 200: a program would wait for the next one.
    if (status === undefined || status < 200 || body === undefined) {
      response.destroy();
      return;
    }
    const text = await recordedBody(this.options.folder, body);
    const bytes = bytesOf({ text, charset: exchange.charset, base64: exchange.base64 }, (kept) => {
      const live = opensSession(method) ? kept.replaceAll(MASK, () => this.#session(traffic)) : kept;
      if (wsdlUrl === undefined) return live;
      const path = wsdlUrl.replace(/[?&]wsdl(?:=[^&]*)?(?=&|$)/, '').replace(/\?$/, '');
      return live.replaceAll('{{address}}', `${this.own}${path}`.replaceAll('&', '&amp;'));
    });
    response.writeHead(
      status,
      // The file may have been edited. A header with a length or about the connection would make a program wait forever.
      headers.flatMap(([name, value]) => (keptHeaders.test(name) ? [name, value.replace('{{address}}', this.own)] : [])),
    );
    if (!broken) {
      response.end(bytes);
      return;
    }
    response.write(bytes, () => response.destroy());
  }

  #session(traffic: Traffic): string {
    const id = traffic.newSession();
    this.#sessions.add(id);
    return id;
  }
}
