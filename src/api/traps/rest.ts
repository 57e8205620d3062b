import { facets } from '../dialect-facets';
import { isV2Filters, toV1Filters } from '../filters';
import { isListedOverRest, unreachableOverRest, unwritableOverRest, type Purpose } from '../rest-limits';
import { isList, isRecord, type SoapValue } from '../value';
import { later, t } from '../../l10n/texts';
import type { Report } from './report';
import type { ArgPath, Trap } from './types';

/** Traps of calls that REST does not support or treats differently. */
export const restTraps = {
  method: {
    code: 'rest-method',
    severity: 'error',
    title: later('A method that REST does not have'),
    why: later('REST v2 does not support it for an API user. SOAP does, if it is turned on in the shop.'),
    source: 'wire maho-26.7 rest/187',
  },
  attribute: {
    code: 'rest-attribute',
    severity: 'error',
    title: later('An attribute that REST does not accept'),
    why: later('REST would ignore it without an error, so nothing is sent.'),
    source: 'wire maho-26.7 rest/168',
  },
  password: {
    code: 'rest-no-password',
    severity: 'error',
    title: later('create without a password over REST'),
    why: later('REST does not create a customer without a password (HTTP 400).'),
    source: 'wire maho-26.7 rest/108',
  },
  welcome: {
    code: 'rest-welcome',
    severity: 'warning',
    title: later('create sends a welcome e-mail over REST'),
    why: later('Over REST, the store sends a welcome e-mail to each new customer. Over SOAP, it does not.'),
    source: 'wire maho-26.7 rest/105',
  },
  filter: {
    code: 'rest-filter',
    severity: 'error',
    title: later('A filter on an attribute that REST lists do not contain'),
    why: later('REST has no filters, so the toolkit reads the customers and checks them.'),
    source: 'wire maho-26.7 rest/073',
  },
} as const satisfies Record<string, Trap>;

/** Reports the parts of a call that REST does not support. */
export function checkRest(report: Report, name: string, args: SoapValue | undefined): void {
  if (report.dialect === undefined || facets[report.dialect].protocol !== 'rest' || report.opaque(name)) return;
  const method = report.registry.find(name);
  const id = method?.id ?? name;
  const why = unreachableOverRest(id);
  if (why !== undefined) {
    report.add(restTraps.method, [], t('{name} cannot be called over REST. {why}', { name, why }), { at: 'method' });
    return;
  }
  const given = (argument: string): { readonly value: SoapValue | undefined; readonly path: ArgPath } => {
    const place = method?.args.findIndex((one) => one.name === argument) ?? -1;
    return isList(args) ? { value: args[place], path: [place] } : { value: isRecord(args) ? args[argument] : undefined, path: [argument] };
  };
  const data = given('customerData');
  if (id === 'customer.create') checkWritten(report, data, 'create');
  if (id === 'customer.update') checkWritten(report, data, 'update');
  if (id === 'customer.list') checkFiltered(report, given('filters'));
}

function checkWritten(
  report: Report,
  { value, path }: { readonly value: SoapValue | undefined; readonly path: ArgPath },
  purpose: Purpose,
): void {
  if (!isRecord(value) || report.opaque(value)) return;
  for (const name of Object.keys(value)) {
    const why = unwritableOverRest(name, purpose);
    if (why === undefined) continue;
    const at = [...path, name];
    const fixes = [{ title: t('Remove {name}', { name }), edits: [{ kind: 'remove', path: at }], certain: false }] as const;
    report.add(restTraps.attribute, at, t('{name} cannot be written over REST. {why}', { name, why }), { at: 'key', fixes });
  }
  if (purpose === 'update') return;
  if ((value['password'] ?? '') === '') report.add(restTraps.password, path, t('Over REST, a new customer needs a password.'));
  report.add(restTraps.welcome, path, t('The store sends this customer a welcome e-mail over REST, but not over SOAP.'));
}

function checkFiltered(report: Report, { value, path }: { readonly value: SoapValue | undefined; readonly path: ArgPath }): void {
  if (!isRecord(value) || report.opaque(value)) return;
  const plain = isV2Filters(value) ? toV1Filters(value) : value;
  for (const name of Object.keys(isRecord(plain) ? plain : {})) {
    if (isListedOverRest(name === 'entity_id' ? 'customer_id' : name)) continue;
    const at = isV2Filters(value) ? path : [...path, name];
    report.add(restTraps.filter, at, t('REST lists do not contain {name}, so the toolkit cannot check customers for it.', { name }), {
      at: 'key',
    });
  }
}
