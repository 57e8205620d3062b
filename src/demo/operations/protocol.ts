import { catalogue, type Method } from '../../api/catalogue';
import type { SoapValue } from '../../api/value';
import { globalFault, globalFaults, resourceFaults } from '../fault';
import { mayCall, type ApiUser } from '../users';

/** Titles of the store's own list of resources and methods (wire v1/152). */
const resourceTitles: Readonly<Record<string, string>> = {
  customer: 'Customer API',
  customer_group: "Customer's Groups API",
  customer_address: 'Customer Address API',
};

const methodTitles: Readonly<Record<(typeof catalogue)[number]['id'], string>> = {
  'customer.list': 'Retrieve customers',
  'customer.create': 'Create customer',
  'customer.info': 'Retrieve customer data',
  'customer.update': 'Update customer data',
  'customer.delete': 'Delete customer',
  'customer_group.list': 'Retrieve customer groups',
  'customer_address.list': 'Retrieve customer addresses',
  'customer_address.create': 'Create customer address',
  'customer_address.info': 'Retrieve address data',
  'customer_address.update': 'Update customer address data',
  'customer_address.delete': 'Delete customer address',
};

/** What a user may call, as `resources` lists it. V1 adds descriptions, which are always nil. */
export function resources(user: ApiUser, withDescription: boolean): SoapValue {
  const description = withDescription ? { description: null } : {};
  return ['customer', 'customer_group', 'customer_address'].flatMap((name) => {
    const methods = catalogue
      .filter((method: Method) => method.id.startsWith(`${name}.`) && mayCall(user, method.right))
      .map((method) => ({ title: methodTitles[method.id], ...description, path: method.id, name: method.id.slice(name.length + 1), aliases: [] }));
    return methods.length === 0 ? [] : [{ title: resourceTitles[name] ?? name, ...description, name, aliases: [], methods }];
  });
}

/** The faults that any method can give. */
export function listGlobalFaults(): SoapValue {
  return globalFaults.map(({ code, message }) => ({ code, message }));
}

/**
 * The faults of one resource.
 * @throws {StoreFault} 3 when there is no such resource
 */
export function listResourceFaults(resource: string): SoapValue {
  const listed: Readonly<Record<string, readonly { readonly code: string; readonly message: string }[]>> = resourceFaults;
  const faults = Object.hasOwn(listed, resource) ? listed[resource] : undefined;
  if (faults === undefined) throw globalFault(3);
  return faults.map(({ code, message }) => ({ code, message }));
}
