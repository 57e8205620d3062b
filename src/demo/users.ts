/** An API user. */
export interface ApiUser {
  readonly name: string;
  readonly key: string;
  /** `all`, or the rights of the role: `customer/info` also grants its parent `customer` (facts §3). */
  readonly rights: 'all' | readonly string[];
  /** Codes of the store views that the user is limited to, which only REST checks; `undefined` for all store views. */
  readonly stores?: readonly string[];
}

/** The users of a new demo store. Their keys are printed in the README and are not secret. */
export const firstUsers: readonly ApiUser[] = [
  { name: 'apiUser', key: 'apiKey12345', rights: 'all' },
  { name: 'limited', key: 'limited12345', rights: ['customer/info'] },
  // Rights of SOAP and permissions of REST are rows of the same role. Neither grants the other.
  { name: 'reader', key: 'reader12345', rights: ['customer/info', 'customers/read'] },
  { name: 'writer', key: 'writer12345', rights: ['customer/update', 'customers/read', 'customers/write'] },
  { name: 'bound', key: 'bound12345', rights: 'all', stores: ['second_en'] },
];

/** The users of one store. */
export class ApiUsers {
  #users: readonly ApiUser[] = firstUsers;

  get all(): readonly ApiUser[] {
    return this.#users;
  }

  /** Replaces all users. Open sessions keep the rights that they were opened with. */
  set(users: readonly ApiUser[]): void {
    this.#users = users;
  }

  /** The user with this name and key; `undefined` if there is none. */
  find(name: string, key: string): ApiUser | undefined {
    return this.#users.find((user) => user.name === name && user.key === key);
  }
}

/** Whether a user has the right that a method needs. A right such as `customer/info` also grants its parent `customer`. */
export function mayCall(user: ApiUser, right: string): boolean {
  return user.rights === 'all' || user.rights.some((granted) => granted === right || granted.startsWith(`${right}/`));
}
