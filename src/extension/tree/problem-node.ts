import type { ToolkitError } from '../../api/errors';
import type { RowAbove } from './row-above';

/** Why the rows that should stand here do not. */
export class ProblemNode {
  readonly kind = 'problem';
  readonly id: string;

  constructor(
    readonly problem: ToolkitError,
    readonly parent: RowAbove,
  ) {
    this.id = `${parent.id}/problem`;
  }
}
