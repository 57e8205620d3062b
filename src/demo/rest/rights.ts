import type { ApiUser } from '../users';

/**
 * REST permissions of the customer family. They are rows of a role, like the rights of SOAP, which grant nothing here (wire maho-26.7
 * rest/023-026).
 */
export const restPermissions = [
  'customers/read',
  'customers/create',
  'customers/write',
  'customer-groups/read',
  'customer-groups/write',
  'customer-groups/delete',
] as const;

/** See {@link restPermissions}. */
export type RestPermission = (typeof restPermissions)[number];

/** Whether a user has a REST permission. */
export function hasPermission(user: ApiUser, right: RestPermission): boolean {
  return user.rights === 'all' || user.rights.includes(right);
}

/**
 * Permissions in the response to a token request: the rows of the role, including those of SOAP. A right such as `customer/info` also adds
 * its resource (wire maho-26.7 rest/011).
 */
export function permissionsOf(user: ApiUser): readonly string[] {
  if (user.rights === 'all') return ['all'];
  const soap = user.rights.filter((right) => !right.split('/')[0]?.endsWith('s'));
  return [...new Set([...soap.flatMap((right) => [right.split('/')[0] ?? right, right]), ...user.rights])];
}
