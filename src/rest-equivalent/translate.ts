import { ToolkitError } from '../api/errors';
import { conditionsOf, toV1Filters, type Condition } from '../api/filters';
import { isListedOverRest } from '../api/rest-limits';
import type { RestRequestParts } from '../api/rest-request';
import { isList, isRecord, setKey, type MutableRecord, type SoapRecord, type SoapValue } from '../api/value';
import { later, t } from '../l10n/texts';
import { gravestFirst, type Note } from './claims';
import { customerMatch, isSoapOnly } from './fields';
import { equivalentOf, type Equivalent, type Verdict } from './operations';
import { written } from './values';

/** A call of the SOAP API that has to be made over REST. */
export interface SoapCall {
  /** Path such as `customer.list`. */
  readonly method: string;
  /** Arguments by their documented names; `undefined` if they are not known at all, since the call takes them from a variable. */
  readonly args: SoapRecord | undefined;
  /** Attributes that must be empty in the rows of a list. No request can ask for that. */
  readonly empty?: readonly string[] | undefined;
  /** Whether a value only replaces one that is not known, such as a placeholder. */
  readonly isUnknown?: (value: SoapValue) => boolean;
}

/** A request over REST with all its parts. */
export interface TranslatedRequest extends RestRequestParts {
  readonly http: 'GET' | 'POST' | 'PUT';
}

/** The translation of one call. */
export interface Translation {
  readonly equivalent: Equivalent;
  readonly verdict: Verdict;
  /** The notes on this call's arguments, the gravest first. {@link Equivalent.notes} apply to every call of the method. */
  readonly reasons: readonly Note[];
  readonly request: TranslatedRequest | undefined;
}

/**
 * Translates a call to REST.
 * @returns `undefined` for methods outside the customer family
 */
export function translate(call: SoapCall): Translation | undefined {
  const equivalent = equivalentOf(call.method);
  if (equivalent === undefined) return undefined;
  const way = Object.hasOwn(ways, call.method) ? ways[call.method] : undefined;
  const { request, reasons, verdict } = way?.(new Arguments(call), equivalent) ?? { request: undefined, reasons: [], verdict: undefined };
  const judged = verdict ?? equivalent.verdict;
  return { equivalent, verdict: judged, reasons: gravestFirst(reasons), request: judged === 'stays' ? undefined : request };
}

interface Way {
  readonly request: TranslatedRequest;
  readonly reasons: readonly Note[];
  /** The verdict, if it differs from that of the method. */
  readonly verdict?: Verdict | undefined;
}

/** The arguments of a call, as far as they are known. */
class Arguments {
  constructor(private readonly call: SoapCall) {}

  /** The value of an argument; `undefined` if it is missing. */
  of(name: string): SoapValue | undefined {
    const { args } = this.call;
    return args !== undefined && Object.hasOwn(args, name) ? args[name] : undefined;
  }

  get empty(): readonly string[] {
    return this.call.empty ?? [];
  }

  isUnknown(value: SoapValue | undefined): boolean {
    return value !== undefined && this.call.isUnknown?.(value) === true;
  }

  /** Whether an argument may be present although its value is not known. */
  hides(name: string): boolean {
    return this.call.args === undefined || this.isUnknown(this.of(name));
  }

  /** The ID of the customer as a part of a path. */
  get customerId(): string {
    const id = this.of('customerId');
    if (this.hides('customerId') || (typeof id !== 'string' && typeof id !== 'number')) return '{customerId}';
    return encodeURIComponent(String(id).replace(/[\ud800-\udfff]/gu, '\ufffd')).replaceAll('.', '%2E');
  }
}

const nothingElse = { query: [], body: undefined, paged: false, conditions: [], part: undefined } as const;

const ways: Readonly<Record<string, (args: Arguments, equivalent: Equivalent) => Way>> = {
  'customer.list': list,
  'customer.info': info,
  'customer.create': create,
  'customer.update': update,
  'customer_group.list': () => ({ request: { ...nothingElse, http: 'GET', path: '/customer-groups', paged: true }, reasons: [] }),
  'customer_address.list': (args) => ({
    request: { ...nothingElse, http: 'GET', path: `/customers/${args.customerId}`, part: 'addresses' },
    reasons: [],
  }),
};

const inVariable = (text: string): Note => ({
  kind: 'different',
  text,
  rest: [126, 177],
});

function list(args: Arguments): Way {
  const { request, reasons, verdict } = filtered(args);
  const lacking = args.empty.map((attribute) => ({ attribute, match: customerMatch(attribute) }));
  const unseenOnes = lacking.filter(({ attribute }) => !isListedOverRest(attribute));
  const more = lacking.flatMap(({ attribute, match }) => (match === undefined || !isListedOverRest(attribute) ? [] : [match.rest]));
  const conditions = more.map((attribute): Condition => ({ attribute, operator: 'null', value: null }));
  return {
    request: { ...request, conditions: [...request.conditions, ...conditions] },
    reasons: [...reasons, ...lacking.map(({ attribute }) => (isListedOverRest(attribute) ? searched(attribute) : unseen(attribute)))],
    verdict: unseenOnes.length > 0 ? 'stays' : verdict,
  };
}

function filtered(args: Arguments): Way {
  const request = { ...nothingElse, http: 'GET', path: '/customers', paged: true } as const;
  if (args.hides('filters'))
    return { request, reasons: [inVariable(t('The filter cannot be read from this code: check its attributes.'))] };
  const found = filtersOf(args.of('filters'));
  if (found === undefined) return { request, reasons: [inVariable(t('The filter cannot be read from this code: check its attributes.'))] };
  if (!isRecord(found)) return { request, reasons: [] };
  if (Object.values(found).some(isList)) return { request, reasons: [alternatives] };
  const reasons: Note[] = [];
  const query: (readonly [string, string])[] = [];
  const conditions: Condition[] = [];
  let verdict: Verdict | undefined;
  for (const condition of conditionsOf(found)) {
    const { attribute, operator, value } = condition;
    if (args.isUnknown(attribute)) {
      reasons.push(inVariable(t('An attribute of the filter cannot be read from this code: check its attributes.')));
      continue;
    }
    if (attribute === 'email' && (operator === undefined || operator === 'eq') && typeof value === 'string' && query.length === 0) {
      query.push(['email', args.isUnknown(value) ? '{email}' : value]);
      continue;
    }
    // The store drops a condition without a value and returns all customers.
    if (value === null) continue;
    const match = customerMatch(attribute === 'entity_id' ? 'customer_id' : attribute);
    if (match === undefined || !isListedOverRest(match.soap)) {
      verdict = 'stays';
      reasons.push(unseen(attribute));
      continue;
    }
    reasons.push(attribute === 'updated_at' ? changes : searched(attribute));
    if (isProgrammed(operator)) conditions.push({ attribute: match.rest, operator, value: match.writing === 'day' ? day(value) : value });
    else reasons.push(unprogrammed(attribute, operator ?? ''));
  }
  return { request: { ...request, query, conditions }, reasons, verdict };
}

/** Filters in V1's form; `undefined` for a value that is not a filter, which is possible in code that was not read completely. */
function filtersOf(given: SoapValue | undefined): SoapValue | undefined {
  try {
    return toV1Filters(given);
  } catch (error) {
    if (!(error instanceof ToolkitError)) throw error;
    return undefined;
  }
}

/** Operators that generated programs apply themselves. */
export const programmedOperators = ['eq', 'neq', 'like', 'nlike', 'in', 'nin', 'gt', 'lt', 'gteq', 'lteq', 'from', 'to'] as const;

function isProgrammed(operator: string | undefined): boolean {
  return operator === undefined || programmedOperators.some((known) => known === operator);
}

/** A birthday in the form of REST. */
function day(value: SoapValue): SoapValue {
  if (isList(value)) return value.map(day);
  return typeof value === 'string' ? value.replace(/ 00:00:00$/, '') : value;
}

const alternatives: Note = {
  kind: 'lost',
  text: later('REST cannot search for alternatives on one attribute: the program searches all customers for them.'),
  rest: [73],
};

const changes: Note = {
  kind: 'lost',
  text: later('REST cannot search for changes since a time: each run reads all customers, with one request for each 30.'),
  rest: [39, 76],
};

function searched(attribute: string): Note {
  return {
    kind: 'different',
    text: t('The program applies the filter on {attribute} to all customers, with one request for each 30.', { attribute }),
    rest: [39, 73, 74, 75, 78],
  };
}

function unseen(attribute: string): Note {
  return { kind: 'lost', text: t('REST lists do not contain {attribute}, so it cannot be searched for.', { attribute }), rest: [27] };
}

function unprogrammed(attribute: string, operator: string): Note {
  return {
    kind: 'different',
    text: t('The operator {operator} on {attribute} must be written by hand.', { operator, attribute }),
    rest: [73],
  };
}

function info(args: Arguments): Way {
  const request = { ...nothingElse, http: 'GET', path: `/customers/${args.customerId}` } as const;
  if (args.hides('attributes'))
    return {
      request,
      reasons:
        args.of('attributes') === undefined
          ? []
          : [inVariable(t('The selection of attributes cannot be read from this code: check its attributes.'))],
    };
  const attributes = args.of('attributes');
  const wanted = isList(attributes) ? attributes.filter((name): name is string => typeof name === 'string') : [];
  const lost = wanted.filter((name) => !args.isUnknown(name) && customerMatch(name) === undefined);
  const whole: Note = { kind: 'different', text: t('Attributes cannot be selected: the whole customer is returned.'), rest: [79, 86] };
  if (wanted.length === 0) return { request, reasons: [] };
  const verdict = lost.length === 0 ? undefined : lost.length === wanted.length ? 'stays' : 'difference';
  return { request, reasons: [whole, ...lost.map(absent)], verdict };
}

function absent(attribute: string): Note {
  return { kind: 'lost', text: t('REST does not have {attribute}.', { attribute }), rest: [86, 177] };
}

function create(args: Arguments): Way {
  const { body, reasons, verdict } = bodyOf(args, 'create');
  const data = args.of('customerData');
  const known = isRecord(data) && !args.hides('customerData');
  if (!known || verdict === 'stays') return { request: { ...nothingElse, http: 'POST', path: '/customers', body }, reasons, verdict };
  const more: Note[] = [];
  if (!Object.hasOwn(data, 'website_id'))
    more.push({
      kind: 'different',
      text: t("Without websiteId, the customer gets the website of the shop's default store. Over SOAP, it is the admin website 0."),
      rest: [105],
      facts: ['8.2'],
    });
  if (!Object.hasOwn(data, 'password')) {
    setKey(body, 'password', 'a-new-password');
    more.push({ kind: 'different', text: t('The call has no password, but REST requires one.'), rest: [114] });
  }
  return { request: { ...nothingElse, http: 'POST', path: '/customers', body }, reasons: [...reasons, ...more], verdict };
}

function update(args: Arguments): Way {
  const { body, reasons, verdict } = bodyOf(args, 'update');
  return { request: { ...nothingElse, http: 'PUT', path: `/customers/${args.customerId}`, body }, reasons, verdict };
}

/** The part of `customerData` that can be written. */
function bodyOf(args: Arguments, verb: 'create' | 'update'): { body: MutableRecord; reasons: Note[]; verdict: Verdict | undefined } {
  const data = args.of('customerData');
  const body: MutableRecord = {};
  if (args.hides('customerData') || !isRecord(data))
    return {
      body,
      reasons: [inVariable(t('The data of the customer cannot be read from this code: check its attributes.'))],
      verdict: undefined,
    };
  const reasons: Note[] = [];
  let lost = 0;
  let misfits = 0;
  const entries = Object.entries(data);
  for (const [attribute, value] of entries) {
    const match = customerMatch(attribute);
    if (verb === 'create' && attribute === 'customer_id') {
      return { body, reasons: [overwrites], verdict: 'stays' };
    }
    if (match === undefined || match.written === 'never' || (verb === 'update' && match.written === 'create')) {
      // SOAP also ignores a password in an update.
      if (attribute !== 'password') lost += 1;
      reasons.push(unwritten(attribute, verb));
      continue;
    }
    if (value === null) continue;
    const rest = args.isUnknown(value) ? value : written(match.writing, value);
    setKey(body, match.rest, rest ?? value);
    if (rest !== undefined) continue;
    misfits += 1;
    reasons.push(misfit(attribute, match.writing));
  }
  const verdict = lost + misfits === 0 ? undefined : verb === 'update' && lost === entries.length ? 'stays' : 'difference';
  return { body, reasons, verdict };
}

const overwrites: Note = {
  kind: 'lost',
  text: later('Over SOAP, an ID in the data overwrites the customer with this ID. REST refuses it with 400. Use an update instead.'),
  rest: [110, 111],
};

function unwritten(attribute: string, verb: 'create' | 'update'): Note {
  if (attribute === 'website_id')
    return { kind: 'lost', text: t('A customer cannot be moved to another website (400). Leave website_id out.'), rest: [166] };
  if (attribute === 'customer_id')
    return { kind: 'lost', text: t('customer_id must be left out: an ID in the data returns 500.'), rest: [173] };
  if (attribute === 'store_id')
    return {
      kind: 'lost',
      text: t('store_id is ignored without an error: the website decides the store view.'),
      rest: verb === 'create' ? [108] : [168],
    };
  if (attribute === 'password') return { kind: 'different', text: t('The password is ignored, as over SOAP.'), rest: [172] };
  if (attribute === 'password_hash')
    return { kind: 'lost', text: t('password_hash cannot be written, so an API user cannot change a password.'), rest: [108, 172] };
  if (isSoapOnly(attribute) || customerMatch(attribute) !== undefined)
    return {
      kind: 'lost',
      text: t('{attribute} cannot be written: it is ignored without an error.', { attribute }),
      rest: [108, 174, 175],
    };
  return { kind: 'lost', text: t('REST does not know {attribute}: it is ignored without an error.', { attribute }), rest: [126, 177] };
}

function misfit(attribute: string, writing: string): Note {
  const text =
    writing === 'day'
      ? t('{attribute} must be YYYY-MM-DD, or the request returns 400.', { attribute })
      : writing === 'flag'
        ? t('{attribute} must be true or false, or the request returns 400.', { attribute })
        : t('{attribute} must be a whole number, or the request returns 400.', { attribute });
  return { kind: 'different', text, rest: [121, 124, 179] };
}
