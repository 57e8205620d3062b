import type { ToolkitError } from '../../api/errors';
import type { RowAbove } from './row-above';

/** A row that says why the expected rows are missing. */
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
