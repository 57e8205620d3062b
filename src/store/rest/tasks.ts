import { ToolkitError } from '../../api/errors';
import type { ResourceRegistry } from '../../api/resources';
import { isList, isRecord, type SoapRecord, type SoapValue } from '../../api/value';
import { t } from '../../l10n/texts';
import type { CallArguments } from '../calls/call';
import type { Ask, ExchangeResult, RunOptions, Task } from '../calls/protocol';
import { restRights, unreachableOverRest } from '../../api/rest-limits';
import { restRequest } from '../../api/rest-request';
import { isWrite } from '../calls/policy';
import { addressMatches, customerMatches, groupMatches } from '../../api/rest-attributes';
import { customerBody } from './body';
import { keyed } from './keyed';
import { customerList } from './lists';
import { wholeList } from './pages';
import type { RestPlace } from './places';
import { rawTask } from './raw';
import { soapRecord } from './records';
import { get, write, type RestExchangeResult } from './requests';

/** How a method of SOAP is carried out over REST. */
type Way = (ask: Ask<RestPlace>, args: SoapRecord, options: RunOptions) => Promise<ExchangeResult<RestPlace>>;

/** The methods of SOAP that can be carried out over REST. */
const ways: Readonly<Record<string, Way>> = {
  'customer.list': async (ask, { filters }, options) => await customerList(ask, filters, options),
  'customer.info': readCustomer,
  'customer.create': async (ask, { customerData }, options) => {
    const body = customerBody(customerData, 'create');
    const result = await keyed('customer.create', options.retry, options.signal, (key) => write(ask, 'POST', '/customers', body, key));
    return { ...result, value: customerOf(result)['customer_id'] ?? null };
  },
  'customer.update': async (ask, { customerId, customerData }, options) => {
    const body = customerBody(customerData, 'update');
    const path = `/customers/${idText(customerId)}`;
    const result = await keyed('customer.update', options.retry, options.signal, (key) => write(ask, 'PUT', path, body, key));
    return { ...result, value: true };
  },
  'customer_address.list': async (ask, { customerId }) => {
    const result = await get(ask, `/customers/${idText(customerId)}`);
    const { body } = result.content;
    const addresses = isRecord(body) && isList(body['addresses']) ? body['addresses'].filter(isRecord) : [];
    return { ...result, value: addresses.map((address) => soapRecord(address, addressMatches)), rows: 0 };
  },
  'customer_group.list': async (ask) => {
    const { rows, result } = await wholeList(ask, { path: '/customer-groups', matches: groupMatches });
    return { ...result, value: rows, rows: 0 };
  },
};

/**
 * The task that carries out a method of SOAP over REST.
 * @throws {ToolkitError} of kind `input` for a method that REST does not have, and for invalid arguments
 */
export function restTask(name: string, args: CallArguments, registry: ResourceRegistry): Task<RestPlace> {
  const raw = restRequest(name);
  if (raw !== undefined) return rawTask(name, raw, args);
  const method = registry.find(name);
  const id = method?.id ?? name;
  const way = Object.hasOwn(ways, id) ? ways[id] : undefined;
  if (way === undefined) {
    throw new ToolkitError('input', {
      code: 'rest-unsaid',
      what: t('{name} cannot be called over REST, so nothing was sent.', { name }),
      why: unreachableOverRest(id),
      next: t('Use SOAP for it, if it is turned on in the shop: "dialect": "v2", or --dialect v2 on the command line.'),
    });
  }
  const names = method?.args.map((argument) => argument.name) ?? [];
  const byName = isList(args)
    ? Object.fromEntries(args.map((value, index) => [names[index] ?? t('argument {number}', { number: index + 1 }), value]))
    : args;
  const unknown = Object.keys(byName).find((argument) => !names.includes(argument));
  if (unknown !== undefined) {
    throw new ToolkitError('input', {
      code: 'argument-unknown',
      what: t('{method} has no argument "{name}".', { method: id, name: unknown }),
      next: names.length === 0 ? t('It takes none.') : t('It takes {names}.', { names: names.join(', ') }),
    });
  }
  return {
    method: id,
    args: byName,
    write: isWrite(id, registry),
    right: restRights[id],
    run: async (ask, options) => await way(ask, byName, options),
  };
}

/** The customers that were read last, by ID. The store then answers "unchanged" instead of sending a customer again. */
const versions = new WeakMap<RestPlace, Map<string, { readonly etag: string; readonly customer: SoapRecord }>>();

/** Maximum number of customers whose versions are kept. */
const MAX_VERSIONS = 100;

async function readCustomer(
  ask: Ask<RestPlace>,
  { customerId, attributes }: SoapRecord,
  { again }: RunOptions,
): Promise<ExchangeResult<RestPlace>> {
  const id = idText(customerId);
  let known: { readonly etag: string; readonly customer: SoapRecord } | undefined;
  const result = await get(
    ask,
    (place) => {
      known = again === true ? versions.get(place)?.get(id) : undefined;
      return `/customers/${id}`;
    },
    { etag: () => known?.etag },
  );
  const customer = result.content.unchanged && known !== undefined ? known.customer : customerOf(result);
  keep(result, id, customer);
  const names = isList(attributes) ? attributes.filter((name) => typeof name === 'string') : undefined;
  const value = names === undefined ? customer : Object.fromEntries(Object.entries(customer).filter(([name]) => names.includes(name)));
  return { ...result, value, rows: 0 };
}

function keep({ content, endpoint }: RestExchangeResult, id: string, customer: SoapRecord): void {
  if (content.etag === '') return;
  const kept = versions.get(endpoint) ?? new Map<string, { readonly etag: string; readonly customer: SoapRecord }>();
  versions.set(endpoint, kept);
  kept.delete(id);
  for (const oldest of kept.keys()) {
    if (kept.size < MAX_VERSIONS) break;
    kept.delete(oldest);
  }
  kept.set(id, { etag: content.etag, customer });
}

function customerOf({ content: { body } }: RestExchangeResult): SoapRecord {
  if (isRecord(body)) return soapRecord(body, customerMatches);
  throw new ToolkitError('decode', {
    code: 'rest-value',
    what: t('The store did not return a customer.'),
    next: t('Show the exchange to see what it sent.'),
  });
}

/**
 * The text of an ID. The store reads only the number at the beginning of a path, so `1abc` would be customer 1 (wire maho-26.7 rest/101).
 */
function idText(id: SoapValue | undefined): string {
  const text = typeof id === 'number' || typeof id === 'string' ? String(id).trim() : '';
  if (/^\d{1,10}$/.test(text)) return text;
  throw new ToolkitError('input', {
    code: 'argument-type',
    what: t('"customerId" must be a whole number.'),
    next: t('Set the ID of the customer.'),
  });
}
