import type { ToolkitError } from '../../api/errors';
import type { CustomerNode, CustomersNode, FilterNode, GroupNode } from './customer-nodes';
import type { StoreNode } from './nodes';

/** Why the rows that should stand here do not. */
export class ProblemNode {
  readonly kind = 'problem';
  readonly id: string;

  constructor(
    readonly problem: ToolkitError,
    readonly parent: StoreNode | CustomersNode | FilterNode | GroupNode | CustomerNode,
  ) {
    this.id = `${parent.id}/problem`;
  }
}
