import type { RowAbove } from './row-above';

/** A text in the place of missing rows. */
export class NoteNode {
  readonly kind = 'note';
  readonly id: string;

  constructor(
    readonly words: string,
    readonly parent: RowAbove,
  ) {
    this.id = `${parent.id}/note`;
  }
}
