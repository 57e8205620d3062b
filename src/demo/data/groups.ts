import { customerGroup } from '../../api/resources/customer-group';

/** A group of customers. */
export interface Group {
  readonly id: number;
  readonly code: string;
  readonly taxClassId: number;
}

/** All groups at one time, and what the next one gets for its ID. */
export interface Groups {
  readonly groups: readonly Group[];
  readonly nextId: number;
}

/** Tax class of every group of a new shop. */
export const RETAIL_CUSTOMER = 3;

/** Group of new customers, which cannot be deleted. */
export const DEFAULT_GROUP = 1;

/** The groups of a new shop. */
const first: Groups = {
  groups: customerGroup.demo.rows.map((row) => {
    const code = row['customer_group_code'];
    return { id: Number(row['customer_group_id']), code: typeof code === 'string' ? code : '', taxClassId: RETAIL_CUSTOMER };
  }),
  nextId: customerGroup.demo.rows.length,
};

/** The customer groups: few, so that each change is a new list of all of them. */
export class GroupTable {
  #now = first;

  /** As they are now; never changed in place. */
  get now(): Groups {
    return this.#now;
  }

  /** Whether they are those of a new shop. */
  get isUntouched(): boolean {
    return this.#now === first;
  }

  get(id: number): Group | undefined {
    return this.#now.groups.find((group) => group.id === id);
  }

  /** The groups with one more, or with another in its place. */
  with(group: Group): Groups {
    const others = this.#now.groups.filter(({ id }) => id !== group.id);
    const groups = [...others, group].sort((a, b) => a.id - b.id);
    return { groups, nextId: Math.max(this.#now.nextId, group.id + 1) };
  }

  /** The groups without one. IDs are never given twice. */
  without(id: number): Groups {
    return { ...this.#now, groups: this.#now.groups.filter((group) => group.id !== id) };
  }

  set(groups: Groups): void {
    this.#now = groups;
  }
}
