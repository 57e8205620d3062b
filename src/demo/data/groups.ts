import { customerGroup } from '../../api/resources/customer-group';

/** A customer group. */
export interface Group {
  readonly id: number;
  readonly code: string;
  readonly taxClassId: number;
}

/** All groups at one time, and the ID of the next one. */
export interface Groups {
  readonly groups: readonly Group[];
  readonly nextId: number;
}

/** Tax class of every group of a new shop. */
export const RETAIL_CUSTOMER = 3;

/** Group of new customers. It cannot be deleted. */
export const DEFAULT_GROUP = 1;

/** The groups of a new shop. */
const first: Groups = {
  groups: customerGroup.demo.rows.map((row) => {
    const code = row['customer_group_code'];
    return { id: Number(row['customer_group_id']), code: typeof code === 'string' ? code : '', taxClassId: RETAIL_CUSTOMER };
  }),
  nextId: customerGroup.demo.rows.length,
};

/** The customer groups. They are few, so each change creates a new list of all groups. */
export class GroupTable {
  #now = first;

  /** The current groups; never changed in place. */
  get now(): Groups {
    return this.#now;
  }

  /** Whether the groups are still those of a new shop. */
  get isUntouched(): boolean {
    return this.#now === first;
  }

  get(id: number): Group | undefined {
    return this.#now.groups.find((group) => group.id === id);
  }

  /** The groups with this group added or replaced. */
  with(group: Group): Groups {
    const others = this.#now.groups.filter(({ id }) => id !== group.id);
    const groups = [...others, group].sort((a, b) => a.id - b.id);
    return { groups, nextId: Math.max(this.#now.nextId, group.id + 1) };
  }

  /** The groups without this one. Its ID is not used again. */
  without(id: number): Groups {
    return { ...this.#now, groups: this.#now.groups.filter((group) => group.id !== id) };
  }

  set(groups: Groups): void {
    this.#now = groups;
  }
}
