import { dialectLabels } from '../../api/dialect';
import { menusOf } from '../../api/faults/advice';
import { generationOf } from '../../api/generations';
import { isList, isRecord, type SoapRecord } from '../../api/value';
import { ToolkitError } from '../../api/errors';
import { plural, t } from '../../l10n/texts';
import { StoreClient, type ClientPorts } from '../calls/client';
import { within } from '../calls/limit';
import { parseJson } from '../rest/json-text';
import { restRights } from '../../api/rest-limits';
import type { StoreConfig } from '../settings/config';
import type { Exchange } from '../wire/exchange';
import { header } from '../wire/transport';
import { failedFinding, finding, timedCheck, type Check, type Finding } from './check';

/** Time limit for SOAP to answer beside REST, in ms. It is not worth a long wait. */
const BESIDE_MS = 10_000;

/** Greatest difference between the store's clock and this computer's that is not reported, in ms. */
const CLOCK_MS = 60_000;

/** Options of the checks over REST. */
export interface RestDoctorOptions {
  readonly signal?: AbortSignal | undefined;
  /** Whether there are a user and a key to log in with. */
  readonly login?: boolean | undefined;
}

/** The last exchanges. The checks read facts from their answers beyond the results of the calls. */
interface Seen {
  latest?: Exchange;
  login?: Exchange;
}

/** A client over REST, with its exchanges for the checks. */
function restClient(config: StoreConfig, ports: ClientPorts): { readonly client: StoreClient; readonly seen: Seen } {
  const seen: Seen = {};
  const onExchange = (exchange: Exchange): void => {
    seen.latest = exchange;
    if (exchange.method === 'login') seen.login = exchange;
    ports.onExchange?.(exchange);
  };
  return { client: new StoreClient({ ...config, dialect: 'rest' }, { ...ports, onExchange }), seen };
}

/**
 * The checks from HTTP upwards over REST v2: whether it answers and is switched on, the token, the user's rights, whether the user is
 * limited to other store views, the clock, and the version as far as it can be told. Uses one token, since the store issues ten a minute.
 */
export async function* restService(config: StoreConfig, ports: ClientPorts, options: RestDoctorOptions): AsyncGenerator<Check> {
  const { client, seen } = restClient(config, ports);
  try {
    try {
      await client.describe(options.signal);
    } catch (error) {
      const answered = seen.latest?.responseHeaders !== undefined;
      if (answered && seen.latest !== undefined) yield webServer(seen.latest);
      yield failedFinding(answered ? 'rest' : 'http', error);
      return;
    }
    if (seen.latest !== undefined) yield webServer(seen.latest);
    yield finding('rest', 'ok', t('{protocol} at {url}', { protocol: `${dialectLabels.rest} v2`, url: client.url ?? '' }), {
      milliseconds: seen.latest?.timings.total,
      facts: { url: client.url },
    });
    yield clock(seen.latest);
    yield await dialects(client, options.signal);
    yield* asUser(client, seen, options);
  } finally {
    await client.close();
  }
}

/** The differences between REST and SOAP for customers, for users who have to choose. */
function restComparedWithSoap(): string {
  return t(
    'Over REST, customers can be read, created and changed. SOAP can also delete customers, write addresses, filter, move a customer to another website and set password hashes.',
  );
}

/** The finding for a store that answers over REST only. @param off the error of SOAP */
function restAlone(url: string, { code, words }: ToolkitError): Check {
  const soapOff = code === 'soap-switched-off';
  const dialect = dialectLabels.rest;
  return finding('dialects', 'ok', soapOff ? t('{dialect} only; SOAP is turned off', { dialect }) : t('{dialect} only', { dialect }), {
    why: restComparedWithSoap(),
    next: soapOff && words.next !== undefined ? t('To use SOAP too: {next}', { next: words.next }) : undefined,
    facts: { offered: [{ dialect: 'rest', url }], comparison: restComparedWithSoap(), soapOff },
  });
}

/**
 * Checks whether a store whose SOAP does not answer can be used over REST, and continues over REST if so.
 * @param off the error of SOAP
 * @returns whether REST answers
 */
export async function* insteadOfSoap(
  config: StoreConfig,
  ports: ClientPorts,
  off: ToolkitError,
  options: RestDoctorOptions,
): AsyncGenerator<Check, boolean> {
  const { client, seen } = restClient(config, ports);
  try {
    try {
      await client.describe(options.signal);
    } catch (error) {
      if (!(error instanceof ToolkitError) || options.signal?.aborted === true) throw error;
      return false;
    }
    const url = client.url ?? '';
    const { what, next } = off.words;
    const switchedOff = off.code === 'soap-switched-off';
    const text = switchedOff
      ? t('SOAP is turned off; REST v2 is available at {url}', { url })
      : t('SOAP does not respond; REST v2 is available at {url}', { url });
    yield finding('wsdl', 'warning', text, {
      why: switchedOff ? restComparedWithSoap() : `${restComparedWithSoap()} ${what}`,
      next:
        next === undefined ? t('REST is used for this store.') : t('REST is used for this store. To use SOAP instead: {next}', { next }),
      code: off.code,
      facts: { advice: { dialect: 'rest' } },
    });
    yield restAlone(url, off);
    yield* asUser(client, seen, options);
    return true;
  } finally {
    await client.close();
  }
}

/** The failure of a store that is set to a dialect of SOAP. If REST answers, the failure also advises to use REST. */
export async function adviseRest(failure: Check, config: StoreConfig, ports: ClientPorts, { signal }: RestDoctorOptions): Promise<Check> {
  const url = await restBeside(config, ports, signal);
  if (url === undefined) return failure;
  return {
    ...failure,
    why: `${failure.why ?? ''} ${t('REST v2 is available at {url}.', { url })} ${restComparedWithSoap()}`.trim(),
    next: `${failure.next ?? ''} ${t('Or use REST for the store: "dialect": "rest".')}`.trim(),
    facts: { ...failure.facts, advice: { dialect: 'rest' } },
  };
}

/** The address at which a store of SOAP also answers over REST; `undefined` if it does not. One request without a token. */
async function restBeside(config: StoreConfig, ports: ClientPorts, signal: AbortSignal | undefined): Promise<string | undefined> {
  const limit = within(BESIDE_MS, signal);
  const client = new StoreClient({ ...config, dialect: 'rest' }, ports);
  try {
    await client.describe(limit.signal);
    return client.url ?? '';
  } catch (error) {
    if (!(error instanceof ToolkitError) || signal?.aborted === true) throw error;
    return undefined;
  } finally {
    limit.end();
    await client.close();
  }
}

/** The dialects of a store of SOAP, with REST added if it answers too. One request without a token. */
export async function withRest(spoken: Check, config: StoreConfig, ports: ClientPorts, signal: AbortSignal | undefined): Promise<Check> {
  const url = await restBeside(config, ports, signal);
  if (url === undefined) return spoken;
  const offered = spoken.facts?.['offered'];
  const facts = {
    ...spoken.facts,
    comparison: restComparedWithSoap(),
    offered: [...(Array.isArray(offered) ? (offered as readonly unknown[]) : []), { dialect: 'rest', url }],
  };
  const text = t('{dialects}; {protocol} at {url}', { dialects: spoken.text, protocol: `${dialectLabels.rest} v2`, url });
  return { ...spoken, text, facts };
}

/** The other dialects of the shop. Asks for its WSDL, which needs no login. */
async function dialects(client: StoreClient, signal: AbortSignal | undefined): Promise<Check> {
  const own = { dialect: 'rest', url: client.url ?? '' };
  const limit = within(BESIDE_MS, signal);
  try {
    const { url, summary } = await client.wsdl(limit.signal);
    return finding(
      'dialects',
      'ok',
      t('{dialect}, and {other} at {url}', { dialect: dialectLabels.rest, other: dialectLabels[summary.dialect], url }),
      {
        why: restComparedWithSoap(),
        facts: { offered: [own, { dialect: summary.dialect, url }], comparison: restComparedWithSoap() },
      },
    );
  } catch (error) {
    if (!(error instanceof ToolkitError) || signal?.aborted === true) throw error;
    return restAlone(own.url, error);
  } finally {
    limit.end();
  }
}

/** The checks that need a token. */
async function* asUser(client: StoreClient, seen: Seen, { login: wanted, signal }: RestDoctorOptions): AsyncGenerator<Check> {
  if (wanted !== true) {
    yield finding('login', 'skipped', t('No API user is set.'));
    return;
  }
  const login = await timedCheck('login', async () => {
    await client.login(signal);
    return { state: 'ok', text: t('A token for {user}, for an hour', { user: client.config.user }) };
  });
  yield login;
  if (login.state !== 'ok') return;
  const permissions = permissionsIn(seen.login);
  yield finding('rights', 'ok', '', rightsOf(permissions));
  if (has(permissions, 'customers/read')) yield* asked(client, () => seen.latest, signal);
}

function webServer(exchange: Exchange): Check {
  const headers = exchange.responseHeaders ?? [];
  const server = header(headers, 'server');
  return finding('http', 'ok', server ?? t('Responds'), { milliseconds: exchange.timings.total, facts: { server } });
}

function clock(exchange: Exchange | undefined): Check {
  const date = Date.parse(header(exchange?.responseHeaders ?? [], 'date') ?? '');
  if (exchange === undefined || Number.isNaN(date)) return finding('clock', 'skipped', t('The store does not return its time.'));
  const behind = Math.round((exchange.startedAt + exchange.timings.total - date) / 1000);
  if (Math.abs(behind) * 1000 <= CLOCK_MS) return finding('clock', 'ok', t('Same as on this computer'), { facts: { seconds: behind } });
  return finding(
    'clock',
    'warning',
    behind > 0
      ? t('{seconds} s behind the clock of this computer', { seconds: behind })
      : t('{seconds} s ahead of the clock of this computer', { seconds: -behind }),
    {
      why: t('Tokens end after an hour by the clock of the store, and the times in its data use this clock.'),
      next: t('Correct the clock that is wrong.'),
      facts: { seconds: behind },
    },
  );
}

/** The permissions listed in the answer to the login. */
function permissionsIn(exchange: Exchange | undefined): readonly string[] {
  const value = parseJson(exchange?.response?.body ?? '')?.value;
  const list = isRecord(value) ? value['permissions'] : undefined;
  return isList(list) ? list.filter((permission) => typeof permission === 'string') : [];
}

function has(permissions: readonly string[], right: string): boolean {
  return permissions.includes('all') || permissions.includes(right);
}

/** The user's rights, by method, and the permissions that it lacks. */
function rightsOf(permissions: readonly string[]): Finding {
  const methods = Object.entries(restRights);
  const allowed = methods.filter(([, right]) => has(permissions, right)).map(([method]) => method);
  const denied = methods.filter(([, right]) => !has(permissions, right)).map(([method]) => method);
  const lacking = [...new Set(Object.values(restRights))].filter((right) => !has(permissions, right));
  const facts = { allowed, denied, lacking, permissions };
  if (denied.length === 0)
    return {
      state: 'ok',
      text: plural(allowed.length, 'All {count} customer methods that REST has', 'All {count} customer methods that REST has'),
      facts,
    };
  const { roles } = menusOf(generationOf('maho@26.7'));
  const soap = permissions.filter((permission) => /^customer(?:\/|$)/.test(permission));
  const why =
    soap.length === 0
      ? t('REST has its own permissions.')
      : t('REST has its own permissions. The role allows {rights}, which counts over SOAP only.', { rights: soap.join(', ') });
  const next = t("In the shop's admin, open the role under {roles} and allow {rights}.", { roles, rights: lacking.join(', ') });
  return allowed.length === 0
    ? { state: 'failed', code: 'no-rights', text: t('This API user has no permissions for customers over REST.'), why, next, facts }
    : {
        state: 'ok',
        text: t('{allowed}; not {denied}, which need {rights}', {
          allowed: allowed.join(', '),
          denied: denied.join(', '),
          rights: lacking.join(', '),
        }),
        facts,
      };
}

/** The checks that read a customer: whether the user is limited to other store views, and whether customers can be changed. */
async function* asked(client: StoreClient, latest: () => Exchange | undefined, signal: AbortSignal | undefined): AsyncGenerator<Check> {
  let first: SoapRecord | undefined;
  const binding = await timedCheck('stores', async () => {
    const { value } = await client.call('customer.list', {}, { signal, isEnough: () => true });
    first = (isList(value) ? value : []).find(isRecord);
    return { state: 'ok', text: t('Customers of all store views') };
  });
  yield binding;
  if (binding.state !== 'ok') return;
  const id = first?.['customer_id'];
  if (id === undefined) {
    yield finding('version', 'skipped', t('The store has no customer with an address to check this.'));
    return;
  }
  yield await timedCheck('version', async () => {
    await client.call('customer.info', { customerId: id }, { signal });
    const allow = header(latest()?.responseHeaders ?? [], 'allow') ?? '';
    if (allow === '') return { state: 'skipped', text: t('The store does not return its version.') };
    if (/\bPUT\b/.test(allow))
      return { state: 'ok', text: t('Maho 26.7.3 or later: customers can be changed'), facts: { allow, version: 'Maho 26.7' } };
    return {
      state: 'warning',
      text: t('Maho before 26.7.3: customers can be read and created over REST, but not changed.'),
      next: t('Update the shop, or change customers over SOAP.'),
      facts: { allow },
    };
  });
}
