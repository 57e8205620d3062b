import type { IncomingMessage } from 'node:http';
import { matched, type EndpointName } from './routes';

/** The SOAP methods with the same effect, so that one fault rule applies to both APIs. */
const likeSoap: Readonly<Partial<Record<EndpointName, string>>> = {
  token: 'login',
  logout: 'endSession',
  customers: 'customer.list',
  me: 'customer.info',
  'me-update': 'customer.update',
  customer: 'customer.info',
  'customer-create': 'customer.create',
  'customer-update': 'customer.update',
  addresses: 'customer_address.list',
  address: 'customer_address.info',
  'address-create': 'customer_address.create',
  'address-update': 'customer_address.update',
  'address-delete': 'customer_address.delete',
  groups: 'customer_group.list',
};

/** The names of the called method, as in SOAP and in REST, such as `customer.list` and `GET /customers`. */
export function restMethodsIn({ method = '', url = '' }: Pick<IncomingMessage, 'method' | 'url'>): readonly string[] {
  const path = url.replace(/[?#].*$/s, '').replace(/^\/index\.php(?=\/)/, '');
  const found = matched(method, path);
  const name = found === undefined ? undefined : likeSoap[found.name];
  return [`${method} ${path.replace(/^\/api\/rest\/v2/, '')}`, ...(name === undefined ? [] : [name])];
}
