/** A user of the API. */
export interface ApiUser {
  readonly name: string;
  readonly key: string;
  /** `all`, or the rights of the role: `customer/info` also grants `customer`, of which it is a part (facts §3). */
  readonly rights: 'all' | readonly string[];
  /** Codes of the store views that the user is bound to, which REST alone looks at; `undefined` for all. */
  readonly stores?: readonly string[];
}

/** The users that a demo store has at first. Their keys are printed in the README and are not secret. */
export const firstUsers: readonly ApiUser[] = [
  { name: 'apiUser', key: 'apiKey12345', rights: 'all' },
  { name: 'limited', key: 'limited12345', rights: ['customer/info'] },
  // Rights of SOAP and permissions of REST are rows of the same role, and neither gives the other.
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

  /** Replaces all of them. Open sessions keep the rights with which they were opened. */
  set(users: readonly ApiUser[]): void {
    this.#users = users;
  }

  /** The user with this name and key. */
  find(name: string, key: string): ApiUser | undefined {
    return this.#users.find((user) => user.name === name && user.key === key);
  }
}

/** Whether a user may call a method that needs a right. A part of a resource grants the resource itself. */
export function mayCall(user: ApiUser, right: string): boolean {
  return user.rights === 'all' || user.rights.some((granted) => granted === right || granted.startsWith(`${right}/`));
}
