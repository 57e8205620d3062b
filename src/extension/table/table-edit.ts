import type { Dialect } from '../../api/dialect';
import { fieldProblem, formValue } from '../../forms/customer-form';
import type { CellEdit } from '../../pages/table-messages';
import { isEditable } from './cell-edits';
import type { ListTable } from './list-table';

/** The data that the page needs to edit a cell. `undefined` for a cell that cannot be edited. */
export function editOf(table: ListTable, row: number, column: string): CellEdit | undefined {
  const record = table.record(row);
  if (record === undefined || !table.subject.customers || !isEditable(column)) return undefined;
  const held = Object.hasOwn(record, column) ? record[column] : undefined;
  const value = table.typed(row, column) ?? formValue(column, held);
  return { version: table.grid.version, row, column, value, choices: table.choices(column) };
}

/** Takes the text that was entered into a cell. @returns the cell again with the problem, when the text cannot be sent */
export function takeEdit(table: ListTable, row: number, column: string, entered: string, dialect: Dialect): CellEdit | undefined {
  if (!table.subject.customers || !isEditable(column)) return undefined;
  const value = entered.trim();
  const problem = fieldProblem(column, value, 'edit', dialect);
  if (problem === undefined) {
    table.edit(row, column, value);
    return undefined;
  }
  const edit = editOf(table, row, column);
  return edit === undefined ? undefined : { ...edit, value: entered, problem };
}
