import { later } from '../../../l10n/texts';
import { entity, int, list, string } from '../../types';
import type { Resource } from '../resource';
import { fieldsOf } from './fields';

const storeEntity = entity(
  'storeEntity',
  fieldsOf({ store_id: int, code: string, website_id: int, group_id: int, name: string, sort_order: int, is_active: int }, true),
);

/** Store views. The demo store has those of the recorded store. */
export const coreStore: Resource = {
  name: 'core_store',
  prefix: 'store',
  aliases: ['store'],
  words: { one: later('store'), many: later('stores') },
  storeTitle: 'Store API',
  entity: storeEntity,
  idField: 'store_id',
  labelField: 'code',
  faults: [
    { code: '100', meaning: 'missing', message: 'Requested store view not found.', doc: later('There is no store view with this ID.') },
  ],
  operations: {
    list: {
      access: 'read',
      right: 'core/store/list',
      title: later('List of stores'),
      storeTitle: 'Retrieve store list',
      doc: later('Returns every store view.'),
      args: [],
      result: { type: list('storeEntityArray', storeEntity), part: 'stores', doc: later('The store views.') },
    },
    info: {
      access: 'read',
      right: 'core/store/info',
      title: later('Store view info'),
      storeTitle: 'Retrieve store data',
      doc: later('Returns one store view.'),
      args: [{ name: 'storeId', type: string, doc: later('ID of the store view.') }],
      result: { type: storeEntity, part: 'info', doc: later('The store view.') },
      faults: ['missing'],
    },
  },
  demo: {
    phpClass: 'Mage_Core_Model_Store_Api',
    rows: [
      { store_id: 1, code: 'default', website_id: 1, group_id: 1, name: 'Default Store View', sort_order: 0, is_active: 1 },
      { store_id: 2, code: 'second_en', website_id: 2, group_id: 2, name: 'Second English', sort_order: 0, is_active: 1 },
      { store_id: 3, code: 'german', website_id: 1, group_id: 1, name: 'German', sort_order: 10, is_active: 1 },
    ],
  },
};
