import { customerGroup } from '../../api/resources/customer-group';
import type { Method } from '../../api/method';
import type { Operation } from './answer';
import { shownRow } from './plain';

/** `customer_group.list`: includes changes that were made over REST. */
export function list(type: Method['result']['type']): Operation {
  return (context) => ({
    kind: 'value',
    type,
    value: context.shop.groups.now.groups.map(({ id, code }) =>
      shownRow(context, customerGroup, { customer_group_id: id, customer_group_code: code }, false),
    ),
  });
}
