import type { StoreView } from '../data/shop';
import { unauthorized, type RestResult, type Thing } from './answer';
import type { Caller } from './caller';

/** Codes of the shop's store views and their groups, by ID. */
const codes: Readonly<Record<string, { readonly code: string; readonly groupId: number; readonly groupName: string }>> = {
  '1': { code: 'default', groupId: 1, groupName: 'Main Website Store' },
  '2': { code: 'second_en', groupId: 2, groupName: 'Second Store' },
  '3': { code: 'german', groupId: 1, groupName: 'Main Website Store' },
};

/** Code of the store view for requests that name none. */
export const USUAL_STORE = 'default';

/** Whether a store view has this code. */
export function storeNamed(code: string): boolean {
  return Object.values(codes).some((store) => store.code === code) || code === 'admin';
}

/** GET /stores: the store views, without the admin's. */
export function storeList(views: readonly StoreView[], host: string, caller: Caller): RestResult {
  if (caller.kind === 'nobody') throw unauthorized(false);
  const base = `http://${host}/`;
  const members = views.flatMap(({ id, name, websiteId }): readonly Thing[] => {
    const more = codes[id];
    if (more === undefined) return [];
    const urls = { baseUrl: base, baseLinkUrl: base, baseMediaUrl: `${base}media/` };
    const { code, groupId, groupName } = more;
    const currency = { base: 'USD', default: 'USD' };
    const shop = { rootCategoryId: 2, isActive: true, ...urls, locale: 'en_US', currency };
    return [{ type: 'Store', fields: { id: Number(id), code, name, websiteId: Number(websiteId), groupId, groupName, ...shop } }];
  });
  return {
    status: 200,
    content: { type: 'Store', path: '/api/rest/v2/stores', members, total: members.length, paging: undefined },
  };
}
