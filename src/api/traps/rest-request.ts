import { MAX_REST_PAGE_ROWS, MIN_REST_SEARCH_CHARS } from '../rest-api';
import { isSoap, dialectLabels } from '../dialect';
import type { Method } from '../method';
import {
  hasBody,
  pathParameters,
  pathSegment,
  restHeaderProblem,
  restParts,
  restPathProblem,
  restRequest,
  restVerbs,
  type RestRequest,
} from '../rest-request';
import type { EntityType, WireType } from '../types';
import { isList, isRecord, type SoapRecord, type SoapValue } from '../value';
import { later, t } from '../../l10n/texts';
import { checkType, MAX_CHECKED_LEVELS, type ValueToCheck } from './arguments';
import { valueText, type Report } from './report';
import { similar, withGuess } from './similar';
import type { ArgFix, ArgPath, Trap } from './types';

/** Errors and traps in handwritten REST requests. */
export const restRequestTraps = {
  dialect: {
    code: 'rest-dialect',
    severity: 'error',
    title: later('A REST request in a SOAP dialect'),
    why: later('A REST request is a verb and a path. No SOAP dialect can send it.'),
    source: 'wire maho-26.7 rest/252',
  },
  path: {
    code: 'rest-path',
    severity: 'error',
    title: later('A path that cannot be sent'),
    why: later('REST requests go only to URLs below /api/rest/v2 of the store, so such a path is not sent.'),
    source: 'wire maho-26.7 rest/101',
  },
  part: {
    code: 'rest-part',
    severity: 'error',
    title: later('A REST request with an unknown part'),
    why: later('A request has path, query, headers and, if it writes, body.'),
    source: 'wire maho-26.7 rest/013',
  },
  header: {
    code: 'rest-header',
    severity: 'error',
    title: later('A header that a request cannot set'),
    why: later(
      'The toolkit sets the token, the length and the host. With other values, a server could read another request than the one that was checked.',
    ),
    source: 'wire maho-26.7 rest/021',
  },
  unknown: {
    code: 'rest-unknown',
    severity: 'warning',
    title: later('A path that the store does not describe'),
    why: later('The OpenAPI document of the store has no such path: HTTP 404.'),
    source: 'wire maho-26.7 rest/252',
  },
  verb: {
    code: 'rest-verb',
    severity: 'warning',
    title: later('A verb that the path does not accept'),
    why: later('The path accepts other verbs (HTTP 405). Customers cannot be deleted over REST.'),
    source: 'wire maho-26.7 rest/187',
  },
  field: {
    code: 'rest-field',
    severity: 'warning',
    title: later('A field that REST does not accept'),
    why: later('REST ignores names that it does not know or does not write, without an error. Names over REST are in camelCase.'),
    source: 'wire maho-26.7 rest/126',
  },
  number: {
    code: 'rest-number',
    severity: 'error',
    title: later('Text in place of a number in a body'),
    why: later('REST refuses "2" where a number is required (HTTP 400).'),
    source: 'wire maho-26.7 rest/124',
  },
  query: {
    code: 'rest-query',
    severity: 'warning',
    title: later('A parameter that REST does not describe'),
    why: later('REST ignores parameters that it does not know, and returns the whole list.'),
    source: 'wire maho-26.7 rest/073',
  },
  pages: {
    code: 'rest-page-size',
    severity: 'warning',
    title: later('More than 30 entries per page'),
    why: later('REST returns at most 30 entries. With itemsPerPage=100, the response looks like the last page.'),
    source: 'wire maho-26.7 rest/042',
  },
  search: {
    code: 'rest-search',
    severity: 'warning',
    title: later('A search for fewer than five characters'),
    why: later('REST then finds no customers, without an error. It finds values that begin with the text.'),
    source: 'wire maho-26.7 rest/051',
  },
  own: {
    code: 'rest-own-data',
    severity: 'warning',
    title: later('A request that only customers who are logged in can send'),
    why: later('REST refuses it to every API user, whatever its role allows (HTTP 403).'),
    source: 'wire maho-26.7 rest/190',
  },
  key: {
    code: 'rest-same-key',
    severity: 'information',
    title: later('The same idempotency key for each request'),
    why: later('For 24 hours, REST answers each request with the same X-Idempotency-Key with the first response, even for another body.'),
    source: 'wire maho-26.7 rest/138',
  },
} as const satisfies Record<string, Trap>;

/** Checks a REST request: its address, its parts, and how REST would treat them. */
export function checkRestRequest(report: Report, name: string, args: SoapValue | undefined): void {
  const request = restRequest(name);
  if (request === undefined) return;
  if (report.opaque(name)) {
    const message = t('Do not write values into the path. Write {id} there, and its value into args.path.', { id: '{id}' });
    report.add(restRequestTraps.path, [], message, { at: 'method' });
    return;
  }
  if (report.dialect !== undefined && isSoap(report.dialect))
    report.add(restRequestTraps.dialect, [], t('{name} cannot be sent in {dialect}.', { name, dialect: dialectLabels[report.dialect] }), {
      at: 'method',
    });
  const problem = restPathProblem(request.path);
  if (problem !== undefined) {
    report.add(restRequestTraps.path, [], problem, { at: 'method', fixes: withoutBase(request) });
    return;
  }
  const method = report.registry.find(name);
  if (method === undefined) checkKnown(report, name, request);
  if (/^\/(?:customers\/me|customers\/[^/]+\/addresses|addresses)(?:\/|$)/.test(request.path))
    report.add(restRequestTraps.own, [], t('{name} is refused to every API user.', { name }), { at: 'method' });
  if (report.opaque(args)) return;
  const parts = partsOf(report, request, args);
  checkPath(report, request, parts['path']);
  checkHeaders(report, parts['headers']);
  checkQuery(report, request, parts['query'], typeOf(method, 'query'));
  const body = parts['body'];
  const type = typeOf(method, 'body');
  if (body !== undefined && type !== undefined) checkBody(report, { name: 'body', type, value: body, path: ['body'], level: 0 });
}

function typeOf(method: Method | undefined, part: string): WireType | undefined {
  return method?.args.find(({ name }) => name === part)?.type;
}

function withoutBase({ verb, path }: RestRequest): readonly ArgFix[] {
  const shorter = path.replace(/^\/api\/rest\/v2/i, '');
  if (shorter === path || shorter === '' || restPathProblem(shorter) !== undefined) return [];
  const meant = `${verb} ${shorter}`;
  return [{ title: t('Change to {meant}', { meant }), edits: [{ kind: 'method', to: meant }], certain: true }];
}

/** Checks whether a description of the store has the path, with this verb or with another. */
function checkKnown(report: Report, name: string, { verb, path }: RestRequest): void {
  const { further } = report.registry;
  const described = (further?.methods ?? []).filter(({ id }) => restRequest(id) !== undefined);
  if (described.length === 0) return;
  const others = restVerbs.filter((other) => other !== verb && report.registry.find(`${other} ${path}`) !== undefined);
  if (others.length > 0) {
    report.add(restRequestTraps.verb, [], t('{path} does not accept {verb}, but {others}.', { path, verb, others: others.join(', ') }), {
      at: 'method',
    });
    return;
  }
  const meant = similar(
    name,
    described.map(({ id }) => id).filter((id) => id.startsWith(`${verb} `)),
  );
  if (meant === undefined && further?.complete !== true) return;
  const fixes: readonly ArgFix[] =
    meant === undefined ? [] : [{ title: t('Change to {meant}', { meant }), edits: [{ kind: 'method', to: meant }], certain: false }];
  report.add(
    restRequestTraps.unknown,
    [],
    withGuess(t('{owner} does not describe {name}.', { owner: further?.owner ?? t('The store'), name }), meant),
    {
      at: 'method',
      fixes,
    },
  );
}

/** The parts of a request. Reports invalid ones. */
function partsOf(report: Report, request: RestRequest, args: SoapValue | undefined): SoapRecord {
  if (args === undefined || args === null || (isList(args) && args.length === 0)) return {};
  if (!isRecord(args)) {
    report.add(restRequestTraps.part, [], t('Write the parts of a request by name: {parts}.', { parts: restParts.join(', ') }));
    return {};
  }
  for (const part of Object.keys(args)) {
    if (part === 'body' && !hasBody(request)) {
      const fixes: readonly ArgFix[] = [{ title: t('Remove body'), edits: [{ kind: 'remove', path: [part] }], certain: false }];
      report.add(restRequestTraps.part, [part], t('A {verb} has no body.', { verb: request.verb }), { at: 'key', fixes });
    } else if (!restParts.some((known) => known === part)) {
      const meant = pathParameters(request.path).includes(part) ? undefined : similar(part, restParts);
      const fixes: readonly ArgFix[] =
        meant === undefined || meant in args
          ? []
          : [{ title: t('Change to {meant}', { meant }), edits: [{ kind: 'rename', path: [part], to: meant }], certain: false }];
      report.add(
        restRequestTraps.part,
        [part],
        t('A request has no part "{part}". It has {parts}.', { part, parts: restParts.join(', ') }),
        { at: 'key', fixes },
      );
    }
  }
  return args;
}

function checkPath(report: Report, { path }: RestRequest, given: SoapValue | undefined): void {
  const names = pathParameters(path);
  if (report.opaque(given)) return;
  if (given !== undefined && !isRecord(given)) {
    report.add(restRequestTraps.part, ['path'], t('Write the values of the path by name.'));
    return;
  }
  for (const name of names) {
    const value = given?.[name];
    if (value === undefined)
      report.add(
        restRequestTraps.path,
        given === undefined ? [] : ['path'],
        t('The path needs a value for {name} in args.path.', { name: `{${name}}` }),
      );
    else if (!report.opaque(value) && (typeof value === 'object' || typeof value === 'boolean' || pathSegment(String(value)) === undefined))
      report.add(
        restRequestTraps.path,
        ['path', name],
        t('{name} is one part of the path, not {value}.', { name, value: valueText(value, name) }),
      );
  }
  for (const name of Object.keys(given ?? {})) {
    if (names.includes(name)) continue;
    const fixes: readonly ArgFix[] = [
      { title: t('Remove {name}', { name }), edits: [{ kind: 'remove', path: ['path', name] }], certain: false },
    ];
    report.add(restRequestTraps.path, ['path', name], t('The path has no place for "{name}".', { name }), { at: 'key', fixes });
  }
}

function checkHeaders(report: Report, given: SoapValue | undefined): void {
  if (!isRecord(given) || report.opaque(given)) return;
  for (const [name, value] of Object.entries(given)) {
    if (typeof value === 'object') {
      report.add(restRequestTraps.header, ['headers', name], t('The header {name} must be a text.', { name }));
      continue;
    }
    const problem = restHeaderProblem(name, report.opaque(value) ? '' : String(value));
    const fixes: readonly ArgFix[] = [
      { title: t('Remove {name}', { name }), edits: [{ kind: 'remove', path: ['headers', name] }], certain: false },
    ];
    if (problem !== undefined) report.add(restRequestTraps.header, ['headers', name], problem, { at: 'key', fixes });
    else if (/^x-idempotency-key$/i.test(name) && !report.opaque(value))
      report.add(
        restRequestTraps.key,
        ['headers', name],
        t('With the same key each time, the next request gets the response of this one.'),
        {
          fixes: [
            {
              title: t('Use another key each time'),
              edits: [{ kind: 'set', path: ['headers', name], value: '{{$uuid}}' }],
              certain: false,
            },
          ],
        },
      );
  }
}

function checkQuery(report: Report, { verb, path }: RestRequest, given: SoapValue | undefined, type: WireType | undefined): void {
  if (!isRecord(given) || report.opaque(given)) return;
  const known = type?.kind === 'entity' ? type.fields.map(({ name }) => name) : undefined;
  for (const [name, value] of Object.entries(given)) {
    const at: ArgPath = ['query', name];
    if (known !== undefined && !known.includes(name) && !['store', 'pageSize'].includes(name)) {
      const meant = similar(name, known);
      const fixes: readonly ArgFix[] =
        meant === undefined || meant in given
          ? []
          : [{ title: t('Change to {meant}', { meant }), edits: [{ kind: 'rename', path: at, to: meant }], certain: false }];
      // The documents of shops lack some parameters.
      report.add(
        restRequestTraps.query,
        at,
        withGuess(t('"{name}" is not among the parameters of {request}.', { name, request: `${verb} ${path}` }), meant),
        {
          at: 'key',
          fixes,
          severity: meant === undefined && path !== '/customers' ? 'information' : 'warning',
        },
      );
    }
    if (report.opaque(value)) continue;
    if ((name === 'itemsPerPage' || name === 'pageSize') && Number(value) > MAX_REST_PAGE_ROWS)
      report.add(
        restRequestTraps.pages,
        at,
        t('At most {count} entries are returned, not {value}.', { count: MAX_REST_PAGE_ROWS, value: valueText(value, name) }),
        {
          fixes: [
            {
              title: t('Ask for {count}', { count: MAX_REST_PAGE_ROWS }),
              edits: [{ kind: 'set', path: at, value: MAX_REST_PAGE_ROWS }],
              certain: true,
            },
          ],
        },
      );
    if (
      name === 'search' &&
      path === '/customers' &&
      typeof value === 'string' &&
      value.length < MIN_REST_SEARCH_CHARS &&
      !value.includes('@')
    )
      report.add(
        restRequestTraps.search,
        at,
        t('REST finds no customers by {value}: it needs {count} characters or more.', {
          value: valueText(value, name),
          count: MIN_REST_SEARCH_CHARS,
        }),
      );
  }
}

function checkBody(report: Report, { name, type, value, path, level }: ValueToCheck): void {
  if (value === null || report.opaque(value) || level > MAX_CHECKED_LEVELS) return;
  if (level > 0 || type.kind === 'entity') checkType(report, name, type, value, path);
  if ((type.kind === 'int' || type.kind === 'double') && typeof value === 'string') {
    const number = Number(value);
    const fixes: readonly ArgFix[] =
      value.trim() === '' || !Number.isFinite(number)
        ? []
        : [{ title: t('Change to {number}', { number }), edits: [{ kind: 'set', path, value: number }], certain: true }];
    report.add(
      restRequestTraps.number,
      path,
      t('{name} must be a number, not the text {value}.', { name, value: valueText(value, name) }),
      {
        fixes,
      },
    );
  }
  if (type.kind === 'list' && isList(value))
    value.forEach((item, index) => {
      checkBody(report, { name, type: type.of, value: item, path: [...path, index], level: level + 1 });
    });
  if (type.kind === 'entity' && isRecord(value)) checkFields(report, { type, value, path, level });
}

function checkFields(
  report: Report,
  { type, value, path, level }: { readonly type: EntityType; readonly value: SoapRecord; readonly path: ArgPath; readonly level: number },
): void {
  const fields = new Map(type.fields.map((field) => [field.name, field.type]));
  for (const [key, item] of Object.entries(value)) {
    const field = fields.get(key);
    if (field !== undefined) checkBody(report, { name: key, type: field, value: item, path: [...path, key], level: level + 1 });
    else if (fields.size > 0) {
      const meant = similar(
        key,
        [...fields.keys()].filter((other) => !Object.hasOwn(value, other)),
      );
      const fixes: readonly ArgFix[] =
        meant === undefined
          ? []
          : [{ title: t('Change to {meant}', { meant }), edits: [{ kind: 'rename', path: [...path, key], to: meant }], certain: false }];
      report.add(restRequestTraps.field, [...path, key], withGuess(t('{name} does not accept "{key}".', { name: type.name, key }), meant), {
        at: 'key',
        fixes,
      });
    }
  }
}
