import { facets } from '../dialect-facets';
import type { ArgumentCheck, Method } from '../method';
import { findProtocolOperation, protocolOperations } from '../protocol';
import { isRestRequest } from '../rest-request';
import { isFilterable, type Resource } from '../resources';
import { isList, isRecord, type SoapValue } from '../value';
import { later, t } from '../../l10n/texts';
import { checkAddress } from './address-data';
import { checkArguments, checkForeignArguments, type GivenArgument } from './arguments';
import { checkCreate, checkUpdate } from './customer-data';
import { checkDescribed } from './described';
import { checkFilters } from './filters';
import { checkId } from './ids';
import { checkAttributes, checkList } from './reading';
import { typedDialects, type Report } from './report';
import { similar, withGuess } from './similar';
import type { ArgFix, ArgPath, Trap } from './types';

/** Traps of methods themselves, and of calls within calls (facts §3, §8). */
export const methodTraps = {
  path: {
    code: 'method-path',
    severity: 'error',
    title: later('A method that is not a path'),
    why: later(
      'V1 needs a path of resource and method, such as customer.list. For anything else it returns fault 3, ' +
        '"Invalid api path.", and V2 and WS-I return "Procedure not present", HTTP 500.',
    ),
    source: 'wire v1/156, v1/158, v2/160',
  },
  unknown: {
    code: 'method-unknown',
    severity: 'warning',
    title: later('A method that looks misspelled'),
    why: later('Another method has nearly the same name. For an unknown path, the store returns fault 3 ("Invalid api path.").'),
    source: 'wire v1/156, v1/157',
  },
  v1Only: {
    code: 'method-v1-only',
    severity: 'warning',
    title: later('A call that only V1 has'),
    why: later(
      'call and multiCall exist in V1 only. V2 and WS-I have an operation for each method. The toolkit sends ' +
        'multiCall over V1, even if the store uses another dialect.',
    ),
    source: 'facts §3',
  },
  wsiBroken: {
    code: 'method-wsi-broken',
    severity: 'warning',
    title: later('An operation that is broken in WS-I'),
    why: later('Stores in WS-I mode return a PHP error as a fault. It works over V1 and V2.'),
    source: 'facts §3',
  },
  multiShape: {
    code: 'multicall-shape',
    severity: 'error',
    title: later('A call within multiCall that is not a call'),
    why: later('Each is a list of path and arguments, such as ["customer.info", [1]], or a map of method and args.'),
    source: 'wire v1/148',
  },
  noArguments: {
    code: 'call-no-arguments',
    severity: 'error',
    title: later('An empty list of arguments'),
    why: later(
      'It calls the method without any argument, which causes the PHP error "Too few arguments" even if the ' +
        'argument is optional. Leave the list out, or put an empty list in it.',
    ),
    source: 'wire v1/10',
  },
  multiUpdate: {
    code: 'multicall-update',
    severity: 'hint',
    title: later('update within multiCall'),
    why: later('If it fails, the fault "Internal Error. Please see log for details." hides the reason.'),
    source: 'facts §8',
  },
} as const satisfies Record<string, Trap>;

const wsiBroken: ReadonlySet<string> = new Set(['globalFaults', 'resources', 'resourceFaults']);

/** Checks a call: its method, its arguments, and known traps of the method. */
export function checkCall(report: Report, name: string, args: SoapValue | undefined, base: ArgPath): void {
  if (isRestRequest(name)) {
    report.add(methodTraps.multiShape, base, t('{name} is a REST request, which a V1 batch cannot contain.', { name }));
    return;
  }
  const method = report.registry.find(name);
  if (method !== undefined) {
    const given = checkArguments(report, method, args, base);
    if (report.registry.isDescribed(method)) checkDescribed(report, method, given, base, args);
    checkKnown(report, method, (argument) => given.get(argument) ?? { value: undefined, path: base });
    return;
  }
  const operation = findProtocolOperation(name);
  if (operation !== undefined) {
    if (operation.v1Only === true)
      report.add(methodTraps.v1Only, base, t('{name} exists in V1 only.', { name }), { at: 'method', dialects: typedDialects });
    if (wsiBroken.has(name))
      report.add(methodTraps.wsiBroken, base, t('{name} does not work in stores in WS-I mode.', { name }), {
        at: 'method',
        dialects: ['wsi'],
      });
    if (name === 'multiCall') checkMultiCall(report, args, base);
    if (name === 'call' && isRecord(args) && typeof args['resourcePath'] === 'string' && !report.opaque(args['resourcePath']))
      checkPositional(report, args['resourcePath'], args['args'], [...base, 'args']);
    return;
  }
  if (!report.opaque(name)) checkForeign(report, name, base);
  checkForeignArguments(report, args, base);
}

function checkForeign(report: Report, name: string, base: ArgPath): void {
  // Names are compared without punctuation, so those of the same form come first.
  const { methods } = report.registry;
  const [paths, operations] = [methods.map(({ id }) => id), methods.map(({ operation }) => operation)];
  const meant = similar(name, [
    ...(name.includes('.') ? [...paths, ...operations] : [...operations, ...paths]),
    ...protocolOperations.map((operation) => operation.id),
  ]);
  const fixes: ArgFix[] =
    meant === undefined ? [] : [{ title: t('Change to {meant}', { meant }), edits: [{ kind: 'method', to: meant }], certain: false }];
  const { further } = report.registry;
  const lacks = withGuess(t('{owner} has no method "{name}".', { owner: further?.owner ?? t('The catalogue'), name }), meant);
  // A method without a description may exist. A method that is missing in a complete description does not.
  const told = meant !== undefined || further?.complete === true;
  const request = /^\s*(get|post|put|patch|delete)\s+(\/\S*)\s*$/i.exec(name);
  if (request !== null) {
    const to = `${request[1]?.toUpperCase() ?? ''} ${request[2] ?? ''}`;
    const fix: ArgFix = { title: t('Change to {to}', { to }), edits: [{ kind: 'method', to }], certain: true };
    report.add(methodTraps.path, base, t('Write a REST request as "{to}".', { to }), {
      at: 'method',
      fixes: base.length === 0 ? [fix] : [],
    });
    return;
  }
  if (!/^[A-Za-z]\w*\.[A-Za-z]\w*$/.test(name)) {
    // An operation of V2 or WS-I that is not in the catalogue may be in the store's WSDL, so over these dialects it is not reported as a
    // wrong path.
    const operation = /^[a-z]\w*[A-Z]\w*$/.test(name);
    const byPath = report.dialect !== undefined && facets[report.dialect].positional;
    if (!operation || byPath)
      report.add(methodTraps.path, base, withGuess(t('"{name}" is not the path of a method.', { name }), meant), { at: 'method', fixes });
    else if (told) report.add(methodTraps.unknown, base, lacks, { at: 'method', fixes });
    return;
  }
  if (told) report.add(methodTraps.unknown, base, lacks, { at: 'method', fixes });
}

type Check = (report: Report, value: SoapValue | undefined, path: ArgPath, resource: Resource) => void;

const checks: Readonly<Record<ArgumentCheck, Check>> = {
  id: checkId,
  filters: (report, value, path, resource) => {
    if (!isFilterable(resource)) return;
    checkFilters(report, value, path, resource);
    checkList(report, value, value === undefined ? [...path, resource.filtered.argument] : path, resource);
  },
  attributes: checkAttributes,
  'customer-create': checkCreate,
  'customer-update': checkUpdate,
  'address-create': (report, value, path) => checkAddress(report, value, path, true),
  'address-update': (report, value, path) => checkAddress(report, value, path, false),
};

function checkKnown(report: Report, method: Method, argument: (name: string) => GivenArgument): void {
  const resource = report.registry.resourceOf(method);
  if (resource === undefined) return;
  for (const { name, check } of method.args) {
    const { value, path } = argument(name);
    if (check !== undefined) checks[check](report, value, path, resource);
  }
}

/** Checks every call within a `multiCall`. */
function checkMultiCall(report: Report, args: SoapValue | undefined, base: ArgPath): void {
  const calls = isRecord(args) ? args['calls'] : undefined;
  if (report.opaque(calls)) return;
  if (!isList(calls)) {
    report.add(methodTraps.multiShape, base, t('multiCall needs a list of calls.'));
    return;
  }
  calls.forEach((call, index) => {
    const path = [...base, 'calls', index];
    if (report.opaque(call)) return;
    if (isRecord(call) && typeof call['method'] === 'string') {
      inner(report, call['method'], path);
      checkCall(report, call['method'], call['args'], [...path, 'args']);
    } else if (isList(call) && typeof call[0] === 'string') {
      inner(report, call[0], path);
      checkCall(report, call[0], call[1], [...path, 1]);
    } else if (typeof call === 'string') {
      inner(report, call, path);
    } else {
      report.add(methodTraps.multiShape, path, t('This is not a call.'));
    }
  });
}

function inner(report: Report, method: string, path: ArgPath): void {
  if (report.registry.find(method)?.id === 'customer.update')
    report.add(methodTraps.multiUpdate, path, t('If this update fails, multiCall does not say why.'));
}

/** Checks a call in V1's form: a path and positional arguments, sent unchanged. */
function checkPositional(report: Report, name: string, args: SoapValue | undefined, base: ArgPath): void {
  const method = report.registry.find(name);
  if (method !== undefined && method.args.length > 0 && isList(args) && args.length === 0) {
    const optional = method.args.every((arg) => arg.optional === true);
    const fixes: ArgFix[] = optional
      ? [{ title: t('Send an empty list as argument'), edits: [{ kind: 'set', path: base, value: [[]] }], certain: true }]
      : [];
    report.add(methodTraps.noArguments, base, t('{name} would be called without any argument.', { name }), { fixes });
    return;
  }
  checkCall(report, name, args, base);
}
