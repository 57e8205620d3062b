import type { SoapRecord } from '../../api/value';
import { text } from '../customer/customer-summary';
import type { RowAbove } from './row-above';

/** One address of a customer. */
export class AddressNode {
  readonly kind = 'address';
  readonly id: string;

  constructor(
    readonly row: SoapRecord,
    readonly parent: RowAbove,
    index: number,
  ) {
    const id = text(row['customer_address_id']);
    this.id = `${parent.id}/address-${id === '' ? `row-${index}` : id}`;
  }
}
