import type { SoapRecord } from '../../api/value';
import { formCodes, formValue } from '../../forms/customer-form';
import type { ImportMapping } from '../../store/transfer';
import { harmlessCell } from '../../store/transfer/cells';
import { csvText } from '../../store/transfer/writers';

/** Attributes that can be changed in a cell. */
const editable: ReadonlySet<string> = new Set(formCodes('edit'));

/** Whether the cells of a column can be changed. */
export function isEditable(code: string): boolean {
  return editable.has(code);
}

/** Changes of cells that belong together, as a file for an import. */
export interface EditsFile {
  readonly text: string;
  readonly mapping: ImportMapping;
  /** The attributes that it changes. */
  readonly attributes: readonly string[];
}

/** Changed cells that were not sent yet, by customer and attribute. */
export class CellEdits {
  readonly #edits = new Map<string, Map<string, string>>();

  /** Number of changed cells. */
  get size(): number {
    return [...this.#edits.values()].reduce((sum, { size }) => sum + size, 0);
  }

  /** The new value of a cell. `undefined` for an unchanged cell. */
  of(id: string, code: string): string | undefined {
    return this.#edits.get(id)?.get(code);
  }

  /** Changes a cell. A value that the store already has is not a change. @param row of the customer, as the store sent it */
  set(id: string, code: string, value: string, row: SoapRecord): void {
    const own = this.#edits.get(id) ?? new Map<string, string>();
    if (formValue(code, valueIn(row, code)) === value) own.delete(code);
    else own.set(code, value);
    if (own.size === 0) this.#edits.delete(id);
    else this.#edits.set(id, own);
  }

  /** Forgets every change. */
  clear(): void {
    this.#edits.clear();
  }

  /** Forgets changes that the store now has. */
  settle(rows: readonly SoapRecord[], idOf: (row: SoapRecord) => string): void {
    if (this.#edits.size === 0) return;
    for (const row of rows) for (const [code, value] of this.#edits.get(idOf(row)) ?? []) this.set(idOf(row), code, value, row);
  }

  /**
   * The changes as files for imports. A file contains the customers whose same attributes are changed, so that each of its cells is a
   * change, and an empty cell clears the attribute.
   */
  files(): readonly EditsFile[] {
    const groups = new Map<string, (readonly [id: string, values: ReadonlyMap<string, string>])[]>();
    for (const [id, values] of this.#edits) {
      const key = JSON.stringify([...values.keys()].toSorted());
      groups.set(key, [...(groups.get(key) ?? []), [id, values]]);
    }
    return [...groups.values()].map((rows) => {
      const attributes = [...(rows[0]?.[1].keys() ?? [])].toSorted();
      const lines = rows.map(([id, values]) => [id, ...attributes.map((code) => harmlessCell(values.get(code) ?? ''))]);
      return {
        text: csvText([['customer_id', ...attributes], ...lines]),
        mapping: { columns: ['customer_id', ...attributes], key: 'customer_id', emptyCells: 'clear' },
        attributes,
      };
    });
  }
}

function valueIn(row: SoapRecord, code: string): SoapRecord[string] | undefined {
  return Object.hasOwn(row, code) ? row[code] : undefined;
}
