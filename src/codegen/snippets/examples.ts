import { findMethod, type Method } from '../../api/catalogue';
import type { Dialect } from '../../api/dialect';
import type { WireType } from '../../api/types';
import type { ResolvedCall } from '../call';
import { stop } from '../code';
import type { Place } from '../php/pieces';
import { Change, SESSION, type Template } from '../template';

/** Example values by attribute; what people change becomes a tab stop. */
const createCustomer: Readonly<Record<string, string | number>> = {
  email: 'jane@example.com',
  firstname: 'Jane',
  lastname: 'Doe',
  password: 'seven-or-more',
  website_id: 1,
  store_id: 1,
  group_id: 1,
};
const updateCustomer: Readonly<Record<string, string | number>> = { firstname: 'Jane', lastname: 'Doe' };
const createAddress: Readonly<Record<string, string | number | readonly string[]>> = {
  firstname: 'Jane',
  lastname: 'Doe',
  street: ['Main Street 1'],
  city: 'Berlin',
  country_id: 'DE',
  postcode: '10115',
  telephone: '030 1234567',
};
const updateAddress: Readonly<Record<string, string | number>> = { city: 'Hamburg', telephone: '040 1234567' };

const examples: Readonly<Record<string, Readonly<Record<string, string | number | readonly string[]>>>> = {
  'customer.create': createCustomer,
  'customer.update': updateCustomer,
  'customer_address.create': createAddress,
  'customer_address.update': updateAddress,
};

/**
 * A call of a catalogue method with example arguments: the required ones, each value a tab stop.
 * @param filters what stands for the filters of `customer.list`
 */
export function exampleCall(method: Method, dialect: Dialect, filters: Template): Pick<ResolvedCall, 'dialect' | 'operation' | 'parts' | 'result' | 'list'> {
  let stops = 0;
  const next = (value: string | number): Template => new Change(++stops, value);
  const args = method.args.flatMap(({ name, type, optional }) => {
    if (name === 'filters') return [{ name, value: filters }];
    if (optional === true) return [];
    return [{ name, value: example(method, type, next) }];
  });
  if (dialect === 'v1') {
    const parts = [{ name: 'sessionId', value: SESSION }, { name: 'resourcePath', value: method.id }, ...(args.length > 0 ? [{ name: 'args', value: args.map(({ value }) => value) }] : [])];
    return { dialect, operation: 'call', parts, result: 'callReturn', list: undefined };
  }
  const result = dialect === 'wsi' ? 'result' : method.result.part;
  return { dialect, operation: method.operation, parts: [{ name: 'sessionId', value: SESSION }, ...args], result, list: method.result.type.kind === 'list' };
}

function example(method: Method, type: WireType, next: (value: string | number) => Template): Template {
  if (type.kind !== 'entity') return next(type.kind === 'string' ? 'text' : 1);
  return Object.fromEntries<Template>(
    Object.entries(examples[method.id] ?? {}).map(([name, value]) => [name, typeof value === 'object' ? value.map((line) => next(line)) : next(value)]),
  );
}

/** One condition of the example filters. */
export interface ExampleCondition {
  readonly attribute: string;
  readonly operator: string;
  readonly value: Template;
}

/** Conditions as the dialect writes them; V1 takes lists, V2 and WS-I the same as one text. */
export function exampleFilters(dialect: Dialect, conditions: readonly ExampleCondition[]): Template {
  if (dialect !== 'v1') return { complex_filter: conditions.map(({ attribute, operator, value }) => ({ key: attribute, value: { key: operator, value } })) };
  const filters: Record<string, Record<string, Template>> = {};
  for (const { attribute, operator, value } of conditions) filters[attribute] = { ...filters[attribute], [operator]: value };
  return filters;
}

/** The conditions of the filter snippet. */
export function filterConditions(dialect: Dialect): readonly ExampleCondition[] {
  const groups: Template = dialect === 'v1' ? [new Change(1, 1), new Change(2, 3)] : new Change(1, '1,3');
  return [
    { attribute: 'group_id', operator: 'in', value: groups },
    { attribute: 'email', operator: 'like', value: new Change(3, '%@example.com') },
    { attribute: 'created_at', operator: 'from', value: new Change(4, '2020-01-01 00:00:00') },
    { attribute: 'created_at', operator: 'to', value: new Change(5, '2099-12-31 23:59:59') },
  ];
}

/** Name of the variable that a method's result goes to. */
export function resultName(method: Method): string {
  const [resource = '', action = ''] = method.id.split('.');
  const noun = resource.replace('customer_', '');
  if (action === 'list') return noun === 'address' ? 'addresses' : `${noun}s`;
  if (action === 'create') return `${noun}Id`;
  if (action === 'update') return 'updated';
  if (action === 'delete') return 'deleted';
  return noun;
}

/** A call of the catalogue's method with that path, see {@link exampleCall}. @throws {Error} when there is none */
export function exampleOf(id: string, dialect: Dialect, filters: Template): ReturnType<typeof exampleCall> {
  const method: Method | undefined = findMethod(id);
  if (method === undefined) throw new Error(`The catalogue has no ${id}.`);
  return exampleCall(method, dialect, filters);
}

/** Where the store is and who asks, as the first two tab stops of a snippet. */
export function examplePlace(dialect: Dialect): Place {
  return {
    url: ["'", stop(1, dialect === 'v1' ? 'https://shop.example/api/soap/' : 'https://shop.example/api/v2_soap/'), "'"],
    user: ["'", stop(2, 'apiUser'), "'"],
  };
}
