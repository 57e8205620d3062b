import * as z from 'zod/mini';
import { isSecretValue } from '../../api/secrets';
import type { GridColumn } from '../../pages/grid-messages';
import { MASK } from '../../store/masking/mask';
import { importTargets, type PlannedRow, type RowStatus } from '../../store/transfer';
import { oneLine } from '../text';

/** Longest value that is kept of a row, in UTF-16 units, and most of its changes. The file has all of it. */
const LONGEST_VALUE_CHARS = 300;
const MAX_CHANGES = 80;

/** What is kept of a row, without secrets. */
export const keptRow = z.object({
  who: z.string(),
  id: z.optional(z.string()),
  changes: z.array(z.tuple([z.string(), z.nullable(z.string()), z.string()])),
  reasons: z.array(z.string()),
  warnings: z.array(z.string()),
});

/** See {@link keptRow}. */
export type KeptRow = z.infer<typeof keptRow>;

const titles = new Map(importTargets.map(({ name, title }) => [name, title]));

/** What people call an attribute. */
export function titleOf(attribute: string): string {
  return titles.get(attribute) ?? attribute;
}

/** What came of a row, in words. */
export const statusWords: Readonly<Record<RowStatus, string>> = {
  created: 'created',
  updated: 'updated',
  unchanged: 'unchanged',
  rejected: 'refused',
  'left-out': 'left out',
  failed: 'failed',
  changed: 'not written',
  unknown: 'in doubt',
};

const column = (name: string, title: string, width: number, doc = '', numeric = false): GridColumn => ({
  code: name,
  title,
  doc,
  width,
  px: undefined,
  numeric,
});
/** What stands in each row. */
export const rowColumns: readonly GridColumn[] = [
  column('check', 'Import', 1, 'Rows that are ticked are imported'),
  column('row', 'Row', 4, 'Counted as spreadsheets do: the names of the columns are row 1', true),
  column('kind', 'What', 11),
  column('who', 'Customer', 26),
  { ...column('text', 'Changes', 42), grows: true },
];
/** Stands there once something was written. */
export const resultColumn = column('result', 'Result', 24);

/** What is kept of a row: without secrets, and short. */
export function keep(row: PlannedRow): KeptRow {
  const cut = (text: string): string => (text.length <= LONGEST_VALUE_CHARS ? text : `${text.slice(0, LONGEST_VALUE_CHARS - 1)}…`);
  const value = (name: string, text: string): string => (isSecretValue(name, text) ? MASK : cut(text));
  const changes: KeptRow['changes'] =
    row.action === 'create'
      ? Object.entries(row.data).map(([name, held]) => [name, null, value(name, typeof held === 'string' ? held : JSON.stringify(held))])
      : row.action === 'update'
        ? row.changes.map(({ attribute, before, after }) => [
            attribute,
            before === undefined ? 'unknown' : value(attribute, before),
            value(attribute, after),
          ])
        : [];
  return {
    who: cut(row.who),
    ...('id' in row ? { id: row.id } : {}),
    changes: changes.slice(0, MAX_CHANGES),
    reasons: row.action === 'reject' ? row.reasons.slice(0, MAX_CHANGES).map(cut) : [],
    warnings: row.warnings.slice(0, MAX_CHANGES).map(cut),
  };
}

/** What a row does, in one line. */
export function textOf({ changes, reasons, warnings }: KeptRow): string {
  const parts = changes
    .filter(([name, before]) => before !== null || name !== 'email')
    .map(([name, before, after]) => {
      const title = titleOf(name);
      return before === null ? `${title}: ${shown(after)}` : `${title}: ${shown(before)} → ${shown(after)}`;
    });
  return oneLine([...reasons, parts.join('; '), ...warnings].filter((part) => part !== '').join(' '));
}

/** A value in words, where there is nothing to be seen of it. */
export function shown(text: string): string {
  return text === '' ? 'empty' : text.trim() === '' ? 'only blanks' : text;
}
