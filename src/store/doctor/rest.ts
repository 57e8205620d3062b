import { dialectLabels } from '../../api/dialect';
import { menusOf } from '../../api/faults/advice';
import { generationOf } from '../../api/generations';
import { isList, isRecord, type SoapRecord } from '../../api/value';
import { StoreClient, type ClientPorts } from '../calls/client';
import { parseJson } from '../rest/json-text';
import { restRights } from '../../api/rest-limits';
import type { StoreConfig } from '../settings/config';
import type { Exchange } from '../wire/exchange';
import { header } from '../wire/transport';
import { failed, found, timed, type Check, type Finding } from './check';

/** How far the store's clock may be from this computer's before it is said, in ms. */
const CLOCK_MS = 60_000;

/** What a check over REST may need. */
export interface RestDoctorOptions {
  readonly signal?: AbortSignal | undefined;
  /** Whether there are a user and a key to log in with. */
  readonly login?: boolean | undefined;
}

/**
 * Everything below HTTP, over REST v2: whether it answers and is switched on, the token, what the user may do, whether it is bound to other
 * store views, the clock, and the version as far as it can be told. One token is asked for: the store gives ten a minute.
 */
export async function* restService(config: StoreConfig, ports: ClientPorts, options: RestDoctorOptions): AsyncGenerator<Check> {
  let latest: Exchange | undefined;
  let loggedIn: Exchange | undefined;
  const onExchange = (exchange: Exchange): void => {
    latest = exchange;
    if (exchange.method === 'login') loggedIn = exchange;
    ports.onExchange?.(exchange);
  };
  const client = new StoreClient({ ...config, dialect: 'rest' }, { ...ports, onExchange });
  try {
    try {
      await client.describe(options.signal);
    } catch (error) {
      if (latest?.responseHeaders !== undefined) yield webServer(latest);
      yield failed(latest?.responseHeaders === undefined ? 'http' : 'rest', error);
      return;
    }
    if (latest !== undefined) yield webServer(latest);
    yield found('rest', 'ok', `${dialectLabels.rest} v2 at ${client.url ?? ''}`, {
      milliseconds: latest?.timings.total,
      facts: { url: client.url },
    });
    yield clock(latest);
    if (options.login !== true) {
      yield found('login', 'skipped', 'No API user was given.');
      return;
    }
    const login = await timed('login', async () => {
      await client.login(options.signal);
      return { state: 'ok', text: `A token for ${config.user}, for an hour` };
    });
    yield login;
    if (login.state !== 'ok') return;
    const permissions = permissionsIn(loggedIn);
    const rights = rightsOf(permissions);
    yield found('rights', 'ok', '', rights);
    if (!has(permissions, 'customers/read')) return;
    yield* asked(client, () => latest, options.signal);
  } finally {
    await client.close();
  }
}

function webServer(exchange: Exchange): Check {
  const headers = exchange.responseHeaders ?? [];
  const server = header(headers, 'server');
  return found('http', 'ok', server ?? 'Answers', { milliseconds: exchange.timings.total, facts: { server } });
}

function clock(exchange: Exchange | undefined): Check {
  const date = Date.parse(header(exchange?.responseHeaders ?? [], 'date') ?? '');
  if (exchange === undefined || Number.isNaN(date)) return found('clock', 'skipped', 'The store does not tell its time.');
  const behind = Math.round((exchange.startedAt + exchange.timings.total - date) / 1000);
  if (Math.abs(behind) * 1000 <= CLOCK_MS) return found('clock', 'ok', 'As this computer’s', { facts: { seconds: behind } });
  return found('clock', 'warning', `${Math.abs(behind)} s ${behind > 0 ? 'behind' : 'ahead of'} this computer’s`, {
    why: 'Tokens end after an hour by the clock of the store, and its times are by it.',
    next: 'Correct the clock of the one that is wrong.',
    facts: { seconds: behind },
  });
}

/** Permissions as the answer to the login lists them. */
function permissionsIn(exchange: Exchange | undefined): readonly string[] {
  const value = parseJson(exchange?.response?.body ?? '')?.value;
  const list = isRecord(value) ? value['permissions'] : undefined;
  return isList(list) ? list.filter((permission) => typeof permission === 'string') : [];
}

function has(permissions: readonly string[], right: string): boolean {
  return permissions.includes('all') || permissions.includes(right);
}

function rightsOf(permissions: readonly string[]): Finding {
  const wanted = [...new Set(Object.values(restRights))];
  const denied = wanted.filter((right) => !has(permissions, right));
  const allowed = wanted.filter((right) => !denied.includes(right));
  const facts = { allowed, denied, permissions };
  const { roles } = menusOf(generationOf('maho@26.7'));
  const soap = permissions.filter((permission) => /^customer(?:\/|$)/.test(permission));
  const why =
    soap.length === 0
      ? 'REST has permissions of its own, and the role has none of these.'
      : `The role allows ${soap.join(', ')} over SOAP; REST has permissions of its own.`;
  const next = `In the shop’s admin, open the role under ${roles} and allow ${denied.join(', ')}.`;
  if (allowed.length === 0)
    return { state: 'failed', code: 'no-rights', text: 'This API user may do nothing with customers over REST.', why, next, facts };
  if (denied.length === 0) return { state: 'ok', text: `All ${allowed.length} permissions for customers and groups`, facts };
  return { state: 'ok', text: `${allowed.join(', ')}; not ${denied.join(', ')}`, facts };
}

/** What a look at a customer tells: whether the user is bound to other store views, and whether customers can be changed. */
async function* asked(client: StoreClient, latest: () => Exchange | undefined, signal: AbortSignal | undefined): AsyncGenerator<Check> {
  let first: SoapRecord | undefined;
  const binding = await timed('stores', async () => {
    const { value } = await client.call('customer.list', {}, { signal, enough: () => true });
    first = (isList(value) ? value : []).find(isRecord);
    return { state: 'ok', text: 'Customers of all store views' };
  });
  yield binding;
  if (binding.state !== 'ok') return;
  const id = first?.['customer_id'];
  if (id === undefined) {
    yield found('version', 'skipped', 'The store has no customer whose address would tell it.');
    return;
  }
  yield await timed('version', async () => {
    await client.call('customer.info', { customerId: id }, { signal });
    const allow = header(latest()?.responseHeaders ?? [], 'allow') ?? '';
    if (allow === '') return { state: 'skipped', text: 'The store does not tell it.' };
    if (/\bPUT\b/.test(allow)) return { state: 'ok', text: 'Maho 26.7.3 or later: customers can be changed', facts: { allow } };
    return {
      state: 'warning',
      text: 'Maho before 26.7.3: customers can be read and created over REST, but not changed.',
      next: 'Update the shop, or change customers over SOAP.',
      facts: { allow },
    };
  });
}
