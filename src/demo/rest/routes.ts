/** The endpoint that a method and an address name. */
export interface Endpoint {
  readonly name: EndpointName;
  /** The number in the path as PHP reads it; 0 when it is missing or not a number. */
  readonly id: number;
  /** Whether the path names the customer whose addresses are requested. */
  readonly isNested: boolean;
}

/** See {@link Endpoint}. */
export type EndpointName = (typeof endpoints)[number][2];

/** Method, path after `/api/rest/v2` and name; `{id}` is one part of the path. More specific paths come first. */
const endpoints = [
  ['POST', '/auth/token', 'token'],
  ['POST', '/auth/refresh', 'refresh'],
  ['POST', '/auth/logout', 'logout'],
  ['GET', '/customers', 'customers'],
  ['POST', '/customers', 'customer-create'],
  ['GET', '/customers/me', 'me'],
  ['PUT', '/customers/me', 'me-update'],
  ['POST', '/customers/me/password', 'password-change'],
  ['POST', '/customers/forgot-password', 'password-forget'],
  ['POST', '/customers/reset-password', 'password-reset'],
  ['GET', '/customers/me/addresses', 'addresses'],
  ['POST', '/customers/me/addresses', 'address-create'],
  ['GET', '/customers/me/addresses/{id}', 'address'],
  ['PUT', '/customers/me/addresses/{id}', 'address-update'],
  ['DELETE', '/customers/me/addresses/{id}', 'address-delete'],
  ['GET', '/customers/{id}/addresses', 'addresses'],
  ['POST', '/customers/{id}/addresses', 'address-create'],
  ['GET', '/customers/{id}', 'customer'],
  ['PUT', '/customers/{id}', 'customer-update'],
  ['GET', '/addresses', 'addresses'],
  ['POST', '/addresses', 'address-create'],
  ['GET', '/addresses/{id}', 'address'],
  ['PUT', '/addresses/{id}', 'address-update'],
  ['DELETE', '/addresses/{id}', 'address-delete'],
  ['GET', '/customer-groups', 'groups'],
  ['POST', '/customer-groups', 'group-create'],
  ['GET', '/customer-groups/{id}', 'group'],
  ['PUT', '/customer-groups/{id}', 'group-update'],
  ['DELETE', '/customer-groups/{id}', 'group-delete'],
  ['GET', '/stores', 'stores'],
] as const;

const table = endpoints.map(([method, path, name]) => ({
  method,
  path: `/api/rest/v2${path}`,
  name,
  isNested: /^\/customers\/[^/]+\/addresses$/.test(path),
  pattern: new RegExp(`^/api/rest/v2${path.replaceAll('{id}', '([^/.]+)')}$`),
}));

/** The endpoint of a request; `undefined` if there is none. @param hasPut whether this version can change customers; see {@link allowed} */
export function matched(method: string, path: string, hasPut = true): Endpoint | undefined {
  const asked = method === 'HEAD' ? 'GET' : method;
  for (const { method: own, name, isNested, pattern } of ofVersion(hasPut)) {
    const match = own === asked ? pattern.exec(path) : null;
    if (match !== null) return { name, id: numberOf(match[1]), isNested };
  }
  return undefined;
}

/** Methods that an address supports; `undefined` for an address that does not exist. */
export function allowed(path: string, hasPut = true): readonly string[] | undefined {
  const methods = ofVersion(hasPut)
    .filter(({ pattern }) => pattern.test(path))
    .map(({ method }) => method);
  return methods.length === 0 ? undefined : [...new Set(methods)];
}

/** All endpoints with their paths, for the description of the API. */
export function described(hasPut: boolean): readonly { readonly method: string; readonly path: string }[] {
  return ofVersion(hasPut);
}

/** Customers can be changed since 26.7.3. */
function ofVersion(hasPut: boolean): typeof table {
  return hasPut ? table : table.filter(({ name }) => name !== 'customer-update');
}

/** PHP reads the number at the beginning of a text: `1abc` is 1 (wire maho-26.7 rest/101). */
function numberOf(text: string | undefined): number {
  return Number(/^\d{1,10}/.exec(text ?? '')?.[0] ?? 0);
}
