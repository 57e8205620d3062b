import { dialectLabels, isSoap, type Dialect } from '../../api/dialect';
import { facets, type ProtocolName } from '../../api/dialect-facets';
import { ToolkitError } from '../../api/errors';
import { plural, translated, t } from '../../l10n/texts';
import type { WsdlSummary } from '../../soap/wsdl/wsdl';
import type { FailureCode } from '../../api/faults/faults';
import type { Generation } from '../../api/generations';
import { StoreClient, type ClientPorts } from '../calls/client';
import { certificates, defaultTimeouts, normalizeStoreUrl, type StoreConfig } from '../settings/config';
import { within } from '../calls/limit';
import { checksFor, checkTitles, failedFinding, finding, timedCheck, wordsOf, type Check, type CheckId, type Finding } from './check';
import type { KnownGeneration } from './generation';
import { noteOf } from '../wire/note';
import { addressesOf, portOf, reach, shakeHands, type ProbeOptions } from './probes';
import { isLoopback } from '../wire/loopback';
import { header } from '../wire/transport';
import { restBases } from '../rest/places';
import { rights } from './rights';
import { description } from './description';
import { askVersion, type NoVersion, type StoreVersion } from './version';

/** The extent of the doctor's checks. */
export interface DoctorOptions {
  readonly signal?: AbortSignal | undefined;
  /** Log in and check the rights, which needs user and key. Otherwise these checks are skipped. */
  readonly login: boolean;
  /**
   * `used`: calls go through a proxy, which does the name lookup, connection and encryption, so these are not checked. `possible`: calls
   * may go through a proxy, so a failure of these checks is only a warning.
   */
  readonly proxy?: 'used' | 'possible' | undefined;
}

/**
 * Checks everything from the name lookup to the rights of the API user. Says what works, what does not, and what to do. Each
 * finding comes as soon as it is known. A failed check is a finding too, not an error. Nothing is changed in the store.
 */
export async function* diagnose(config: StoreConfig, ports: ClientPorts, options: DoctorOptions): AsyncGenerator<Check> {
  const done = new Set<CheckId>();
  let stop = false;
  for await (const check of walk(config, ports, options)) {
    done.add(check.id);
    stop ||= check.state === 'failed';
    yield check;
  }
  for (const id of checksFor(protocolOf(config)))
    if (!done.has(id))
      yield {
        id,
        title: translated(checkTitles[id]),
        state: 'skipped',
        text: stop ? t('Not checked because an earlier check failed.') : t('Does not apply.'),
      };
}

async function* walk(config: StoreConfig, ports: ClientPorts, options: DoctorOptions): AsyncGenerator<Check> {
  let url: URL;
  try {
    const candidates =
      protocolOf(config) === 'rest'
        ? restBases(config.url)
        : normalizeStoreUrl(config.url, config.dialect !== undefined && isSoap(config.dialect) ? config.dialect : undefined);
    url = new URL(candidates[0] ?? '');
    yield finding(
      'url',
      'ok',
      candidates.length === 1
        ? url.href
        : t('{url}, searched for the API at {paths}', {
            url: url.origin,
            paths: candidates.map((candidate) => candidate.slice(url.origin.length)).join(', '),
          }),
      { facts: { candidates } },
    );
  } catch (error) {
    yield failedFinding('url', error);
    return;
  }
  if (options.proxy === 'used') {
    for (const id of ['lookup', 'tcp', 'tls'] as const) yield finding(id, 'skipped', t('Calls go through a proxy.'));
  } else {
    let reached = true;
    for await (const check of network(url, config, options)) {
      if (check.state === 'failed' && check.id !== 'tls' && options.proxy === 'possible') {
        yield { ...check, state: 'warning', next: t('Calls may still go through a proxy. The next checks show it.') };
        break;
      }
      yield check;
      // If the certificate is not trusted, HTTP is still tried: it then fails with its own explanation.
      if (check.state === 'failed' && check.id !== 'tls') reached = false;
      if (check.state === 'failed') break;
    }
    if (!reached) return;
  }

  if (protocolOf(config) === 'rest') {
    const { restService } = await import('./rest');
    yield* restService(config, ports, options);
    return;
  }
  const client = new StoreClient(config, ports);
  try {
    yield* service(client, url, ports, options);
  } finally {
    await client.close();
  }
}

/** Failures in place of a WSDL after which the shop may still have REST. */
const perhapsRest: ReadonlySet<string> = new Set<FailureCode>(['soap-switched-off', 'rest-instead', 'not-found']);

/** The checks below HTTP. */
async function* network(url: URL, config: StoreConfig, { signal }: DoctorOptions): AsyncGenerator<Check> {
  const probe: ProbeOptions = { timeout: config.timeouts?.connect ?? defaultTimeouts.connect, signal };
  yield await timedCheck('lookup', async () => {
    const addresses = await addressesOf(url, probe);
    return { state: 'ok', text: addresses.join(', '), facts: { addresses } };
  });
  yield await timedCheck('tcp', async () => {
    await reach(url, probe);
    return { state: 'ok', text: t('Port {port} is open', { port: portOf(url) }) };
  });
  if (url.protocol !== 'https:') {
    yield isLoopback(url.hostname)
      ? finding('tls', 'skipped', t('Plain http, but only on this computer'))
      : finding('tls', 'warning', t('The API key and all data are sent without encryption.'), { next: t('Use https.') });
    return;
  }
  yield await timedCheck('tls', async () => {
    const ca = config.caFile === undefined ? undefined : await certificates(config.caFile);
    const { untrusted, protocol, subject, issuer, validTo } = await shakeHands(url, { ...probe, ca });
    const facts = { protocol, subject, issuer, validTo };
    if (untrusted !== undefined) return { ...wordsOf(untrusted), state: 'failed', facts };
    const days = validTo === undefined ? undefined : Math.floor((validTo.getTime() - Date.now()) / 86_400_000);
    const text = certificateText(protocol, subject ?? url.hostname, issuer, days);
    return { state: days !== undefined && days < 14 ? 'warning' : 'ok', text, facts };
  });
}

/** The checks of web server, WSDL, login and rights. */
async function* service(client: StoreClient, url: URL, ports: ClientPorts, options: DoctorOptions): AsyncGenerator<Check> {
  let summary: WsdlSummary;
  let generation: KnownGeneration | undefined;
  let dialects: Check;
  try {
    const { url: address, exchange, summary: seen, generation: told } = await client.wsdl(options.signal);
    generation = told;
    summary = seen;
    yield webServer(exchange);
    yield* description(address, summary, exchange.timings.total, await flaws(client, options.signal), generation, client.registry);
    dialects = await offered(client, address, summary.dialect, options);
    if (told?.generation.restPath !== undefined) {
      const { withRest } = await import('./rest');
      dialects = await withRest(dialects, client.config, ports, options.signal);
    }
    yield dialects;
  } catch (error) {
    const { exchange } = noteOf(error);
    if (exchange?.response === undefined) yield failedFinding('http', error);
    else {
      yield webServer(exchange);
      // SOAP is switched off in a new shop of Maho 26.7.
      if (error instanceof ToolkitError && perhapsRest.has(error.code)) {
        const { adviseRest, insteadOfSoap } = await import('./rest');
        if (client.config.dialect !== undefined) {
          // The settings ask for SOAP: the check stays failed, with advice to use REST.
          yield await adviseRest(failedFinding('wsdl', error), client.config, ports, options);
          return;
        }
        if (yield* insteadOfSoap(client.config, ports, error, options)) return;
      }
      yield failedFinding('wsdl', error);
    }
    return;
  }
  if (!options.login) {
    yield finding('login', 'skipped', t('No API user is set.'));
    return;
  }
  const login = await timedCheck('login', async () => {
    await client.login(options.signal);
    return { state: 'ok', text: t('As {user}', { user: client.config.user }) };
  });
  const beside = login.code === 'gateway-lengths' || login.code === 'length-unclear' ? await overV1(client, ports, options) : undefined;
  yield beside === undefined ? login : { ...login, ...beside.finding };
  // If the other address answers, one of the two dialects is V1.
  if (login.state === 'ok') yield* granted(client, summary, generation?.generation, { ...options, v1Beside: dialects.state === 'ok' });
  else if (beside !== undefined) {
    try {
      const { summary: seen } = await beside.client.wsdl(options.signal);
      yield* granted(beside.client, seen, generation?.generation, { ...options, v1Beside: false });
    } finally {
      await beside.client.close();
    }
  }
}

/** The checks that need a session: version and rights. The version, if known, tells where the admin has the rights. */
async function* granted(
  client: StoreClient,
  summary: WsdlSummary,
  generation: Generation | undefined,
  { signal, v1Beside }: Pick<DoctorOptions, 'signal'> & { readonly v1Beside: boolean },
): AsyncGenerator<Check> {
  let told: StoreVersion | NoVersion = 'unknown';
  yield await timedCheck('version', async () => {
    told = await askVersion(client, summary, { signal, v1Beside });
    return versionFinding(told, generation);
  });
  yield await rights(client, summary, versionTold(told)?.generation ?? generation, signal);
}

function versionTold(told: StoreVersion | NoVersion): StoreVersion | undefined {
  return typeof told === 'string' ? undefined : told;
}

/** A version that is unknown is not a problem, since nothing depends on it. */
function versionFinding(told: StoreVersion | NoVersion, generation: Generation | undefined): Finding {
  const seen = generation === undefined ? '' : ` ${t('Its WSDL and headers indicate {product}.', { product: generation.label })}`;
  if (told === 'refused') return { state: 'skipped', text: `${t('This API user may not read the version.')}${seen}` };
  if (told === 'unanswered') return { state: 'skipped', text: `${t('No response contains the version.')}${seen}` };
  if (told === 'unknown') return { state: 'skipped', text: `${t('The store does not return its version.')}${seen}` };
  const { name, method, generation: known } = told;
  const why =
    known === undefined
      ? t(
          'This version was not compared with the versions that the toolkit knows. In details, it may behave like the version before or after it.',
        )
      : undefined;
  return { state: 'ok', text: name, why, facts: { version: name, method, generation: known?.id } };
}

/** A login over V1, for a store whose answers over V2 and WS-I do not arrive. @returns `undefined` when V1 does not work either */
async function overV1(
  client: StoreClient,
  ports: ClientPorts,
  { signal }: DoctorOptions,
): Promise<{ readonly client: StoreClient; readonly finding: Partial<Check> } | undefined> {
  const v1 = new StoreClient({ ...client.config, dialect: 'v1' }, ports);
  try {
    await v1.login(signal);
  } catch (error) {
    await v1.close();
    if (!(error instanceof ToolkitError) || signal?.aborted === true) throw error;
    return undefined;
  }
  // Hosts offer to save the dialect, so the finding has it as data.
  return { client: v1, finding: { state: 'warning', next: t('V1 works: use V1 for this store.'), facts: { advice: { dialect: 'v1' } } } };
}

function webServer(exchange: ReturnType<typeof noteOf>['exchange']): Check {
  const response = exchange?.response;
  const server = response === undefined ? undefined : header(response.headers, 'server');
  const status = response === undefined ? t('Responds') : `HTTP ${response.status}`;
  return finding('http', 'ok', server === undefined ? status : `${status}, ${server}`, {
    milliseconds: exchange?.timings.total,
    facts: { status: response?.status, server },
  });
}

/** Time limit for the other address, in milliseconds. It is not worth a long wait. */
const BESIDE_MS = 10_000;

/** The dialects of the shop, at this address and at the other one. V1 beside the others can do what they cannot (facts §4, §7). */
async function offered(client: StoreClient, url: string, dialect: Dialect, { signal }: DoctorOptions): Promise<Check> {
  const own = { dialect, url };
  return await timedCheck('dialects', async () => {
    const limit = within(BESIDE_MS, signal);
    try {
      const other = await client.beside(limit.signal);
      if (other !== undefined) {
        const beside = { dialect: other.summary.dialect, url: other.url };
        return {
          state: 'ok',
          text: t('{dialect}, and {other} at {url}', {
            dialect: dialectLabels[dialect],
            other: dialectLabels[beside.dialect],
            url: beside.url,
          }),
          facts: { offered: [own, beside] },
        };
      }
      return alone(own, undefined);
    } catch (error) {
      if (!(error instanceof ToolkitError) || signal?.aborted === true) throw error;
      return alone(
        own,
        limit.timedOut ? t('The other URL did not respond within {seconds} seconds.', { seconds: BESIDE_MS / 1000 }) : error.words.what,
      );
    } finally {
      limit.end();
    }
  });
}

function alone(own: { readonly dialect: Dialect; readonly url: string }, why: string | undefined): Finding {
  const text = t('{dialect} only', { dialect: dialectLabels[own.dialect] });
  const facts = { offered: [own] };
  if (facets[own.dialect].allAttributes) return { state: 'ok', text, why, facts };
  return {
    state: 'warning',
    text,
    why,
    next: t(
      'The store works without V1, except for features that need V1: reading the gender, importing in batches, and exporting every attribute.',
    ),
    facts,
  };
}

/** The mistakes in a WSDL that can be used even so, one sentence each. */
async function flaws(client: StoreClient, signal: AbortSignal | undefined): Promise<readonly string[]> {
  try {
    return (await client.service(signal)).warnings;
  } catch (error) {
    if (!(error instanceof ToolkitError) || error.kind !== 'decode') throw error;
    return [error.words.what, ...(error.words.why === undefined ? [] : [error.words.why])];
  }
}

function protocolOf({ dialect }: StoreConfig): ProtocolName {
  return dialect === undefined ? 'soap' : facets[dialect].protocol;
}

/** The description of a certificate. @param days how long it is still valid, if known */
function certificateText(protocol: string, subject: string, issuer: string | undefined, days: number | undefined): string {
  const text =
    issuer === undefined
      ? t('{protocol}, certificate for {subject}', { protocol, subject })
      : t('{protocol}, certificate for {subject} by {issuer}', { protocol, subject, issuer });
  return days === undefined ? text : plural(days, '{text}, valid for {count} day', '{text}, valid for {count} days', { text });
}
