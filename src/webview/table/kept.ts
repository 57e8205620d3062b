import type { GridPlace } from '../../pages/grid-messages';
import type { TableMemory, TablePlace } from '../../pages/table-messages';

const beginning: GridPlace = { row: 0, column: 0, top: 0 };

/** The position that was kept before the page was created again; the beginning if what was kept is not a position. */
export function keptPlace(kept: unknown): GridPlace {
  if (typeof kept !== 'object' || kept === null || !('row' in kept && 'column' in kept && 'top' in kept)) return beginning;
  const { row, column, top } = kept;
  return typeof row === 'number' && typeof column === 'number' && typeof top === 'number' ? { row, column, top } : beginning;
}

/** The data to keep for a page that is created again. */
export function memoryOf(place: TablePlace, at: GridPlace, filter: string): TableMemory {
  return { place, row: Math.max(-1, at.row), column: at.column, top: Math.max(0, at.top), filter };
}
