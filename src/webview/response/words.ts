import type { Cell, CellKind } from '../../pages/response-messages';
import { element } from '../ui';

/** A time as people read it. */
export function milliseconds(ms: number): string {
  if (ms < 10) return `${ms.toLocaleString(undefined, { maximumFractionDigits: 1 })} ms`;
  return ms < 1000
    ? `${Math.round(ms)} ms`
    : `${(ms / 1000).toLocaleString(undefined, { minimumFractionDigits: 1, maximumFractionDigits: 1 })} s`;
}

/** A size as people read it. */
export function size(bytes: number): string {
  const one = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1_000_000
    ? `${(bytes / 1000).toLocaleString(undefined, one)} kB`
    : `${(bytes / 1_000_000).toLocaleString(undefined, one)} MB`;
}

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
