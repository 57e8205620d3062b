import type { IncomingMessage } from 'node:http';
import { matched, type EndpointName } from './routes';

/** Methods of SOAP that do the same, so that one rule of trouble is for both. */
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

/** What a request calls, under SOAP's name and as REST writes it, such as `customer.list` and `GET /customers`. */
export function restMethodsIn({ method = '', url = '' }: Pick<IncomingMessage, 'method' | 'url'>): readonly string[] {
  const path = url.replace(/[?#].*$/s, '').replace(/^\/index\.php(?=\/)/, '');
  const found = matched(method, path);
  const name = found === undefined ? undefined : likeSoap[found.name];
  return [`${method} ${path.replace(/^\/api\/rest\/v2/, '')}`, ...(name === undefined ? [] : [name])];
}
