import { customerGroup } from '../../api/resources/customer-group';
import { badRequest, notFound, RestError, type RestResult, type Thing } from './answer';
import { intField, textField } from './body-fields';
import { needRight, type Caller } from './caller';

/** Path of the customer groups. */
export const GROUPS = '/api/rest/v2/customer-groups';

interface Group {
  readonly code: string;
  readonly taxClassId: number;
}

/** Tax class of every group of a new shop. */
const RETAIL_CUSTOMER = 3;

/** Group of new customers, which cannot be deleted. */
const DEFAULT_GROUP = 1;

/** The customer groups over REST, which alone can change them. In memory only, and SOAP goes on showing those of a new shop. */
export class RestGroups {
  readonly #groups = new Map<number, Group>();
  #nextId = 1;

  constructor() {
    for (const row of customerGroup.demo.rows) {
      const code = row['customer_group_code'];
      this.#put(Number(row['customer_group_id']), { code: typeof code === 'string' ? code : '', taxClassId: RETAIL_CUSTOMER });
    }
  }

  has(id: number): boolean {
    return this.#groups.has(id);
  }

  /** GET /customer-groups: by name, group 0 among them. */
  list(caller: Caller): RestResult {
    needRight(caller, 'customer-groups/read');
    const members = [...this.#groups].sort(([, a], [, b]) => (a.code < b.code ? -1 : 1)).map(([id, group]) => thing(id, group));
    return {
      status: 200,
      content: { type: 'CustomerGroup', path: GROUPS, members, total: members.length, paging: { page: 1, perPage: 15 } },
    };
  }

  /** GET /customer-groups/{id}; group 0 is listed but cannot be read (wire maho-26.7 rest/200). */
  read(caller: Caller, id: number): RestResult {
    needRight(caller, 'customer-groups/read');
    return { status: 200, content: thing(id, this.#load(id)) };
  }

  /** POST /customer-groups */
  create(caller: Caller, body: Readonly<Record<string, unknown>>): RestResult {
    needRight(caller, 'customer-groups/write');
    const code = textField(body, 'code', 'string') ?? '';
    if (code === '') throw badRequest('Group code is required');
    const id = this.#nextId;
    const group = { code, taxClassId: intField(body, 'taxClassId') ?? RETAIL_CUSTOMER };
    this.#put(id, group);
    return { status: 201, content: thing(id, group), headers: { Location: `${GROUPS}/${id}` } };
  }

  /** PUT /customer-groups/{id} */
  update(caller: Caller, id: number, body: Readonly<Record<string, unknown>>): RestResult {
    needRight(caller, 'customer-groups/write');
    const before = this.#load(id);
    const group = { code: textField(body, 'code', 'string') ?? before.code, taxClassId: intField(body, 'taxClassId') ?? before.taxClassId };
    this.#put(id, group);
    return { status: 200, content: thing(id, group) };
  }

  /** DELETE /customer-groups/{id} */
  remove(caller: Caller, id: number): RestResult {
    needRight(caller, 'customer-groups/delete');
    const { code } = this.#load(id);
    if (id === DEFAULT_GROUP) {
      const message = `Failed to delete CustomerGroup: The group "${code}" cannot be deleted`;
      throw new RestError(422, 'unprocessable_entity', message);
    }
    this.#groups.delete(id);
    return { status: 204, content: undefined };
  }

  #load(id: number): Group {
    const group = id === 0 ? undefined : this.#groups.get(id);
    if (group === undefined) throw notFound();
    return group;
  }

  #put(id: number, group: Group): void {
    this.#groups.set(id, group);
    this.#nextId = Math.max(this.#nextId, id + 1);
  }
}

function thing(id: number, { code, taxClassId }: Group): Thing {
  const taxClassName = taxClassId === RETAIL_CUSTOMER ? 'Retail Customer' : undefined;
  return { type: 'CustomerGroup', fields: { id, code, taxClassId, taxClassName } };
}
