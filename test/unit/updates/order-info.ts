import type { StoreMethod } from '../../../src/api/store-methods/store-methods';

/** A method of a store whose arguments are kept. */
export const orderInfo: StoreMethod = {
  id: 'sales_order.info',
  path: 'sales_order.info',
  operation: 'salesOrderInfo',
  resource: 'sales_order',
  name: 'info',
  aliases: [],
  title: undefined,
  description: undefined,
  callable: true,
  dialects: ['v2'],
  access: 'read',
  args: [
    {
      name: 'orderIncrementId',
      names: { v2: 'orderIncrementId', wsi: undefined },
      type: { kind: 'string' },
      optional: false,
    },
  ],
  result: { kind: 'string' },
};
