import type { ApiUser } from '../users';

/** REST permissions of the customer family: rows of a role, beside those of SOAP, which give nothing here (wire maho-26.7 rest/023-026). */
export const restRights = [
  'customers/read',
  'customers/create',
  'customers/write',
  'customer-groups/read',
  'customer-groups/write',
  'customer-groups/delete',
] as const;

/** See {@link restRights}. */
export type RestRight = (typeof restRights)[number];

/** Whether a user may do something over REST. */
export function mayRest(user: ApiUser, right: RestRight): boolean {
  return user.rights === 'all' || user.rights.includes(right);
}

/**
 * Permissions as the answer to a token request lists them: the rows of the role, those of SOAP too. A part of a resource brings the
 * resource along (wire maho-26.7 rest/011).
 */
export function permissionsOf(user: ApiUser): readonly string[] {
  if (user.rights === 'all') return ['all'];
  const soap = user.rights.filter((right) => !right.split('/')[0]?.endsWith('s'));
  return [...new Set([...soap.flatMap((right) => [right.split('/')[0] ?? right, right]), ...user.rights])];
}
