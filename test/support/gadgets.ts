import { filtersType } from '../../src/api/entities';
import { knownResources, ResourceRegistry, type FilterableResource } from '../../src/api/resources';
import { boolean, entity, int, list, string } from '../../src/api/types';

const gadgetEntity = entity('warehouseGadgetEntity', [
  { name: 'gadget_id', type: int, title: 'ID', doc: 'Number of the gadget.', role: 'id' },
  { name: 'name', type: string, title: 'Name', doc: 'What the gadget is called.' },
  { name: 'weight', type: int, title: 'Weight', doc: 'Weight in grams.' },
  { name: 'fragile', type: boolean, title: 'Fragile', doc: 'Whether it breaks.' },
]);

/** A resource that no store has, with everything that must be known about it. */
export const gadget: FilterableResource = {
  name: 'warehouse_gadget',
  prefix: 'warehouseGadget',
  distinctive: true,
  words: { one: 'gadget', many: 'gadgets' },
  storeTitle: 'Gadget API',
  entity: gadgetEntity,
  idField: 'gadget_id',
  labelField: 'name',
  faults: [
    { code: '700', meaning: 'filters', message: 'Invalid gadget filters.', doc: 'A filter names an attribute that gadgets do not have.' },
    { code: '701', meaning: 'missing', message: 'Gadget not exists.', doc: 'There is no gadget with this ID.' },
  ],
  filtered: {
    operation: 'list',
    // Not "filters", because no code may depend on the name of the argument.
    argument: 'conditions',
    aliases: { entity_id: 'gadget_id' },
    columns: ['gadget_id', 'weight'],
    example: [
      { attribute: 'weight', operator: 'in', value: [5, 10] },
      { attribute: 'name', operator: 'like', value: 'Bolt%' },
    ],
  },
  operations: {
    list: {
      access: 'read',
      right: 'warehouse/gadget',
      title: 'List gadgets',
      doc: 'Returns every gadget that matches.',
      args: [{ name: 'conditions', type: filtersType, doc: 'Conditions on attributes of gadgets.', optional: true, check: 'filters' }],
      result: { type: list('warehouseGadgetEntityArray', gadgetEntity), part: 'result', doc: 'The gadgets.' },
      faults: ['filters'],
      notes: ['Gadgets are counted at night.'],
    },
    info: {
      access: 'read',
      right: 'warehouse/gadget',
      title: 'Read a gadget',
      doc: 'Returns one gadget.',
      args: [{ name: 'gadgetId', type: int, doc: 'ID of the gadget.', check: 'id' }],
      result: { type: gadgetEntity, part: 'info', doc: 'The gadget.' },
      faults: ['missing'],
    },
    create: {
      access: 'write',
      right: 'warehouse/gadget',
      title: 'Create a gadget',
      doc: 'Adds a gadget.',
      args: [{ name: 'gadgetData', type: gadgetEntity, doc: 'The new gadget.' }],
      result: { type: int, part: 'result', doc: 'ID of the new gadget.' },
      example: { gadgetData: { name: 'Bolt', weight: 5 } },
    },
    scrap: {
      access: 'write',
      right: 'warehouse/gadget',
      title: 'Scrap a gadget',
      doc: 'Throws a gadget away.',
      args: [{ name: 'gadgetId', type: int, doc: 'ID of the gadget.', check: 'id' }],
      result: { type: boolean, part: 'result', doc: 'True when it is gone.' },
      faults: ['missing'],
    },
  },
  demo: {
    phpClass: 'Warehouse_Model_Gadget_Api',
    rows: [
      { gadget_id: 1, name: 'Bolt', weight: 5, fragile: false },
      { gadget_id: 2, name: 'Lamp', weight: 300, fragile: true },
      { gadget_id: 900, name: 'Bolt, large', weight: 10, fragile: false },
    ],
  },
};

/** The known resources and the made-up one. */
export const withGadgets = new ResourceRegistry([...knownResources.resources, gadget]);
