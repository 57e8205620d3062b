/** A user of the API. */
export interface ApiUser {
  readonly name: string;
  readonly key: string;
  /** `all`, or the rights of the role: `customer/info` also grants `customer`, of which it is a part (facts §3). */
  readonly rights: 'all' | readonly string[];
}

/** The users of every demo store. Their keys are printed in the README and are not secret. */
export const apiUsers: readonly ApiUser[] = [
  { name: 'apiUser', key: 'apiKey12345', rights: 'all' },
  { name: 'limited', key: 'limited12345', rights: ['customer/info'] },
];

/** The user with this name and key. */
export function findUser(name: string, key: string): ApiUser | undefined {
  return apiUsers.find((user) => user.name === name && user.key === key);
}

/** Whether a user may call a method that needs a right. A part of a resource grants the resource itself. */
export function mayCall(user: ApiUser, right: string): boolean {
  return user.rights === 'all' || user.rights.some((granted) => granted === right || granted.startsWith(`${right}/`));
}
