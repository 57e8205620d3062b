import type { Cell, CellKind } from '../../pages/grid-messages';
import { element } from '../ui';

/** A number with its noun, such as `1 row` or `1,200 rows`. */
export function count(number: number, one: string, many: string): string {
  return `${number.toLocaleString()} ${number === 1 ? one : many}`;
}

const kindWords: Readonly<Record<CellKind, string>> = {
  text: 'text',
  number: 'number',
  boolean: 'boolean',
  nil: 'nil',
  empty: 'empty text',
  absent: 'not sent',
  masked: 'secret',
  list: 'list',
  map: 'map',
};

/** What a value is, in words. */
export function kindOf([kind]: Cell): string {
  return kindWords[kind];
}

/** A value as an element: text as text, and words where there is none. */
export function cellElement(cell: Cell): HTMLElement {
  const [kind, text] = cell;
  const made = element(
    'span',
    `cell-value kind-${kind}`,
    kind === 'nil' ? 'nil' : kind === 'empty' ? 'empty' : kind === 'absent' ? '–' : text,
  );
  if (kind === 'text') made.dir = 'auto';
  return made;
}
