import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { ToolkitError, type ErrorWords } from '../../api/errors';
import type { Reply } from '../endpoint';
import { checked, checkedRule, orders } from './schemas';
import type { StoreControl } from './store-control';

/** Path of the HTTP interface by which programs control a store. */
export const CONTROL_PATH = '/__demo/';

/** Minimum length of a chosen token, in characters. */
const MIN_TOKEN_CHARS = 8;

type Order = (store: StoreControl, given: unknown) => unknown;

const nothing = (run: (store: StoreControl) => unknown, order: string): Order => {
  return (store, given) => {
    checked(orders.nothing, given, order);
    return run(store);
  };
};

/** The orders, by method and path after {@link CONTROL_PATH}. */
const routes: Readonly<Record<string, Order>> = {
  'GET ': (store) => state(store),
  'GET calls': ({ requests }) => ({ calls: requests }),
  'GET mails': ({ mails }) => ({ mails }),
  'POST calls/clear': nothing((store) => {
    store.clearRequests();
  }, 'calls/clear'),
  'POST reset': nothing((store) => store.reset(), 'reset'),
  'POST seed': (store, given) => {
    const seed = checked(orders.seed, given, 'seed');
    return store.load('records' in seed ? seed.records : seed);
  },
  'POST snapshot': (store, given) => {
    store.snapshot(checked(orders.snapshot, given, 'snapshot').name);
  },
  'POST restore': (store, given) => store.restore(checked(orders.snapshot, given, 'restore').name),
  'POST faults': (store, given) => {
    store.addFault(checkedRule(given));
  },
  'POST faults/clear': nothing((store) => {
    store.clearFaults();
  }, 'faults/clear'),
  'POST clock': (store, given) => {
    store.setClock(checked(orders.clock, given, 'clock'));
  },
  'POST session': (store, given) => {
    store.setSessionTimeout(checked(orders.session, given, 'session').timeout);
  },
  'POST session/end': nothing((store) => {
    store.endSessions();
  }, 'session/end'),
  'POST users': (store, given) => {
    store.setUsers(checked(orders.users, given, 'users').users);
  },
};

/** The state of the store, which is the response to every order without a result of its own. */
function state(store: StoreControl): object {
  return {
    customers: store.customers(),
    now: store.now,
    calls: store.requests.length,
    faults: store.faults,
    rules: store.faultRules,
    users: store.users.map(({ user, rights }) => ({ user, rights })),
  };
}

/** The HTTP interface by which programs in any language control a store. It refuses web pages. */
export class ControlOverHttp {
  /** Required in each request if it is set. */
  readonly token: string | undefined;

  /**
   * @param wanted the chosen token
   * @param loopback whether only this machine can reach the store; otherwise a token is generated when none was chosen
   * @throws {ToolkitError} of kind `input` for a token that is too short
   */
  constructor(
    private readonly store: StoreControl,
    wanted: string | undefined,
    loopback: boolean,
  ) {
    if (wanted !== undefined && (wanted.length < MIN_TOKEN_CHARS || !/^[\x21-\x7e]+$/.test(wanted))) {
      throw new ToolkitError('input', {
        code: 'control-token',
        what: 'This token cannot be used to control the demo store.',
        why: `A token has at least ${MIN_TOKEN_CHARS} characters: ASCII letters, digits and symbols, without spaces.`,
        next: loopback ? 'Use another token, or leave it out.' : 'Use another token, or leave it out to generate one.',
      });
    }
    this.token = wanted ?? (loopback ? undefined : randomBytes(16).toString('hex'));
  }

  /** Whether a request is for this interface. The path is compared as it was sent, so no other spelling of it is accepted. */
  static isAsked(url: string): boolean {
    return url.startsWith(CONTROL_PATH);
  }

  /**
   * Why a request is refused before its body is read; `undefined` when it is accepted. Every check is a defence against web pages in a
   * browser on this machine. A browser sends an Origin header with anything but a simple read, must ask before it sends JSON to another
   * site, and is never given that permission.
   */
  refusal(request: IncomingMessage): Reply | undefined {
    const { headers, method } = request;
    if (headers.origin !== undefined || headers['sec-fetch-site'] !== undefined || headers.referer !== undefined) {
      return failed(403, {
        code: 'control-browser',
        what: 'Web pages cannot control the demo store.',
        why: 'This request is from a browser: It has the header Origin, Referer or Sec-Fetch-Site.',
        next: 'Control it from a program, or with curl.',
      });
    }
    if (this.token !== undefined && !same(headers.authorization ?? '', `Bearer ${this.token}`)) {
      return failed(401, {
        code: 'control-token',
        what: 'This demo store requires a token, and the request has another one or none.',
        next: 'Send the header "Authorization: Bearer TOKEN" with the token of the store. The store prints it when it starts.',
      });
    }
    if (method === 'POST' && !/^application\/json\s*(?:;|$)/i.test(headers['content-type'] ?? '')) {
      return failed(415, {
        code: 'control-json',
        what: 'The demo store accepts orders only as JSON.',
        why: 'Other formats could come from a web page.',
        next: 'Send the header "Content-Type: application/json". For an order without input, send {}.',
      });
    }
    return undefined;
  }

  /** Carries out a request that was not refused. */
  async answer(request: IncomingMessage, body: Buffer): Promise<Reply> {
    const path = (request.url ?? '').slice(CONTROL_PATH.length);
    const order = `${request.method ?? ''} ${path}`;
    const run = Object.hasOwn(routes, order) ? routes[order] : undefined;
    if (run === undefined) return unknownOrder(order);
    try {
      const said = await run(this.store, request.method === 'POST' ? parsed(body) : undefined);
      return json(200, said ?? state(this.store));
    } catch (error) {
      if (error instanceof ToolkitError) return failed(400, error.words);
      throw error;
    }
  }
}

function unknownOrder(order: string): Reply {
  const [method = '', path = ''] = order.split(' ', 2);
  const elsewhere = Object.keys(routes).find((route) => route.split(' ')[1] === path);
  const known = Object.keys(routes).map((route) => route.replace(' ', ` ${CONTROL_PATH}`));
  return failed(elsewhere === undefined ? 404 : 405, {
    code: 'control-unknown',
    what: `The demo store has no order "${method.slice(0, 20)} ${CONTROL_PATH}${path.slice(0, 60)}".`,
    next: `Use one of ${known.join(', ')}.`,
  });
}

/** @throws {ToolkitError} of kind `input` */
function parsed(body: Buffer): unknown {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(body);
    return text.trim() === '' ? {} : JSON.parse(text);
  } catch (error) {
    throw new ToolkitError(
      'input',
      {
        code: 'control-json',
        what: 'The body of this order is not valid JSON in UTF-8.',
        why: error instanceof Error ? error.message.slice(0, 200) : undefined,
        next: 'Send JSON. For an order without input, send {}.',
      },
      { cause: error },
    );
  }
}

function json(status: number, value: unknown): Reply {
  return { status, contentType: 'application/json; charset=utf-8', body: `${JSON.stringify(value)}\n`, fault: undefined };
}

function failed(status: number, { code, what, why, next }: ErrorWords): Reply {
  return json(status, { error: { code, what, why, next } });
}

/** Compares in constant time, so that the duration does not tell how many characters are right. */
function same(given: string, wanted: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}
