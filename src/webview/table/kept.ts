import type { GridPlace } from '../../pages/grid-messages';
import type { TableMemory, TablePlace } from '../../pages/table-messages';

const beginning: GridPlace = { row: 0, column: 0, top: 0 };

/** Where somebody was in the table before the page was drawn anew; the beginning for whatever else was kept. */
export function keptPlace(kept: unknown): GridPlace {
  if (typeof kept !== 'object' || kept === null || !('row' in kept && 'column' in kept && 'top' in kept)) return beginning;
  const { row, column, top } = kept;
  return typeof row === 'number' && typeof column === 'number' && typeof top === 'number' ? { row, column, top } : beginning;
}

/** What is kept for the time when the page is drawn anew. */
export function memoryOf(place: TablePlace, at: GridPlace, filter: string): TableMemory {
  return { place, row: Math.max(-1, at.row), column: at.column, top: Math.max(0, at.top), filter };
}
