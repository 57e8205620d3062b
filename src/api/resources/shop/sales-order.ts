import { later } from '../../../l10n/texts';
import { filtersType } from '../../entities';
import { list, string } from '../../types';
import type { Resource } from '../resource';
import { order, orderInList } from './order-entities';

/** Orders of the demo store's customers. */
export const salesOrder: Resource = {
  name: 'sales_order',
  prefix: 'salesOrder',
  aliases: ['order'],
  words: { one: later('order'), many: later('orders') },
  storeTitle: 'Order API',
  entity: orderInList,
  idField: 'order_id',
  labelField: 'increment_id',
  faults: [
    { code: '100', meaning: 'missing', message: 'Requested order not exists.', doc: later('There is no order with this number.') },
    {
      code: '101',
      meaning: 'filters',
      message: 'Invalid filters given. Details in error message.',
      doc: later('A filter names a column that orders do not have.'),
    },
    { code: '102', meaning: 'data', message: 'Invalid data given. Details in error message.', doc: later('The data was refused.') },
    {
      code: '103',
      meaning: 'other',
      message: 'Order status not changed. Details in error message.',
      doc: later('The status of the order could not be changed.'),
    },
  ],
  operations: {
    list: {
      access: 'read',
      right: 'sales/order/info',
      title: later('Retrieve list of orders by filters'),
      doc: later('Returns every order that matches the filters.'),
      args: [{ name: 'filters', type: filtersType, doc: later('Conditions on columns of orders.'), optional: true, check: 'filters' }],
      result: { type: list('salesOrderListEntityArray', orderInList), part: 'result', doc: later('The orders.') },
      faults: ['filters'],
    },
    info: {
      access: 'read',
      right: 'sales/order/info',
      title: later('Retrieve order information'),
      doc: later('Returns one order with its addresses, lines, payment and history.'),
      args: [{ name: 'orderIncrementId', type: string, doc: later('Number of the order, such as 100000001.') }],
      result: { type: order, part: 'result', doc: later('The order.') },
      faults: ['missing'],
    },
  },
  demo: { phpClass: 'Mage_Sales_Model_Order_Api', rows: [] },
};
