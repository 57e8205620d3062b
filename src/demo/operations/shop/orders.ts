import { salesOrder } from '../../../api/resources/shop/sales-order';
import type { WireType } from '../../../api/types';
import { text } from '../../data/conditions';
import { customerOrders, type Order } from '../../data/shop-rows/orders';
import { resourceFault } from '../../fault';
import type { Operation } from '../answer';
import { filteredRows, valueInDialect } from './rows';
import { orderInfo, orderRow } from './order-rows';

/** `sales_order.list`: every column of each order, filtered by any of them (wire maho-26.7 other/v1/42-43). */
export function list(type: WireType): Operation {
  return (context, [filters]) => {
    const rows = customerOrders(context.shop).map(orderRow);
    return { kind: 'value', type, value: valueInDialect(filteredRows(rows, filters, salesOrder, context), context) };
  };
}

/**
 * `sales_order.info` by the number of the order, with its addresses, lines, payment and history.
 * @throws {StoreFault} 100 when the order does not exist (wire maho-26.7 other/v1/45)
 */
export function info(type: WireType): Operation {
  return (context, [number]) => {
    const wanted = text(number ?? null);
    const found = customerOrders(context.shop).find((order: Order) => order.number === wanted);
    if (found === undefined) throw resourceFault(salesOrder, 'missing');
    return { kind: 'value', type, value: valueInDialect(orderInfo(found), context) };
  };
}
