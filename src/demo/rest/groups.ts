import { at } from '../data/attributes';
import { DEFAULT_GROUP, RETAIL_CUSTOMER, type Group } from '../data/groups';
import { changed, type Shop } from '../data/shop';
import { badRequest, notFound, RestError, type RestResult, type Thing } from './answer';
import { intField, textField } from './body-fields';
import { needRight, type Caller } from './caller';

/** Path of the customer groups. */
export const GROUPS = '/api/rest/v2/customer-groups';

type Body = Readonly<Record<string, unknown>>;

/** GET /customer-groups: ordered by name, including group 0. */
export function list(shop: Shop, caller: Caller): RestResult {
  needRight(caller, 'customer-groups/read');
  const members = [...shop.groups.now.groups].sort((a, b) => (a.code < b.code ? -1 : 1)).map(thing);
  return {
    status: 200,
    content: { type: 'CustomerGroup', path: GROUPS, members, total: members.length, paging: { page: 1, perPage: 15 } },
  };
}

/** GET /customer-groups/{id}; group 0 is in the list but cannot be read (wire maho-26.7 rest/200). */
export function read(shop: Shop, caller: Caller, id: number): RestResult {
  needRight(caller, 'customer-groups/read');
  return { status: 200, content: thing(load(shop, id)) };
}

/** POST /customer-groups */
export function create(shop: Shop, caller: Caller, body: Body): RestResult {
  needRight(caller, 'customer-groups/write');
  const code = textField(body, 'code', 'string') ?? '';
  if (code === '') throw badRequest('Group code is required');
  const id = shop.groups.now.nextId;
  const group = { id, code, taxClassId: intField(body, 'taxClassId') ?? RETAIL_CUSTOMER };
  shop.change({ type: 'groups', ...shop.groups.with(group) });
  return { status: 201, content: thing(group), headers: { Location: `${GROUPS}/${id}` } };
}

/** PUT /customer-groups/{id} */
export function update(shop: Shop, caller: Caller, id: number, body: Body): RestResult {
  needRight(caller, 'customer-groups/write');
  const before = load(shop, id);
  const code = textField(body, 'code', 'string') ?? before.code;
  const group = { id, code, taxClassId: intField(body, 'taxClassId') ?? before.taxClassId };
  shop.change({ type: 'groups', ...shop.groups.with(group) });
  return { status: 200, content: thing(group) };
}

/** DELETE /customer-groups/{id}. Its customers move to the group of new customers, as in the product's own code. */
export function remove(shop: Shop, caller: Caller, id: number): RestResult {
  needRight(caller, 'customer-groups/delete');
  const { code } = load(shop, id);
  if (id === DEFAULT_GROUP) {
    const message = `Failed to delete CustomerGroup: The group "${code}" cannot be deleted`;
    throw new RestError(422, 'unprocessable_entity', message);
  }
  const members = [...shop.customers.all()].filter(({ values }) => values[at.groupId] === String(id));
  const moved = { [at.groupId]: String(DEFAULT_GROUP), [at.updatedAt]: shop.now() };
  shop.change(
    ...members.map((row) => ({ type: 'customer', row: changed(row, moved) }) as const),
    // Written after its customers, so that a file that ends between the two has no customer in a deleted group.
    { type: 'groups', ...shop.groups.without(id) },
  );
  return { status: 204, content: undefined };
}

function load({ groups }: Shop, id: number): Group {
  const group = id === 0 ? undefined : groups.get(id);
  if (group === undefined) throw notFound();
  return group;
}

function thing({ id, code, taxClassId }: Group): Thing {
  const taxClassName = taxClassId === RETAIL_CUSTOMER ? 'Retail Customer' : undefined;
  return { type: 'CustomerGroup', fields: { id, code, taxClassId, taxClassName } };
}
