import * as z from 'zod/mini';
import { isSecretValue } from '../../api/secrets';
import type { GridColumn } from '../../pages/grid-messages';
import { MASK } from '../../store/masking/mask';
import { importTargets, type PlannedRow, type RowStatus } from '../../store/transfer';
import { later, translated, t } from '../../l10n/texts';
import { oneLine } from '../text';

/** Longest value that is kept of a row, in UTF-16 units. */
const MAX_VALUE_CHARS = 300;
/** Number of changes, reasons and warnings that are kept of a row. The file has all of them. */
const MAX_CHANGES = 80;

/** The data that is kept of a row, without secrets. */
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

/** The title of an attribute. */
export function titleOf(attribute: string): string {
  return translated(titles.get(attribute) ?? attribute);
}

/** The customer of a row: `jane@example.com #2`, or only `#2` if the file names customers by ID. */
export function customerWords(who: string, id: string | undefined): string {
  return oneLine(id === undefined ? who : who === id ? `#${id}` : `${who} #${id}`);
}

const statuses: Readonly<Record<RowStatus, string>> = {
  created: later('created'),
  updated: later('updated'),
  unchanged: later('unchanged'),
  rejected: later('refused'),
  'left-out': later('left out'),
  failed: later('failed'),
  changed: later('not written'),
  unknown: later('in doubt'),
};

/** The result of a row. */
export function statusWords(status: RowStatus): string {
  return translated(statuses[status]);
}

const column = (name: string, title: string, width: number, doc = '', numeric = false): GridColumn => ({
  code: name,
  title,
  doc,
  width,
  px: undefined,
  numeric,
});
/** The columns of the list. @param started whether rows are being written, or were. Then there is a result instead of a tick */
export function rowColumns(started: boolean): readonly GridColumn[] {
  return [
    ...(started ? [] : [column('check', t('Import'), 1, t('Selected rows are imported'))]),
    column('row', t('Row'), 4, t('Counted as in spreadsheets: row 1 has the names of the columns'), true),
    column('kind', t('Kind'), 11),
    column('who', t('Customer'), 26),
    { ...column('text', t('Changes'), 42), grows: true },
    ...(started ? [column('result', t('Result'), 24)] : []),
  ];
}

/** Shortens the data of a row and masks its secrets. */
export function toKeptRow(row: PlannedRow): KeptRow {
  const cut = (text: string): string => (text.length <= MAX_VALUE_CHARS ? text : `${text.slice(0, MAX_VALUE_CHARS - 1)}…`);
  const value = (name: string, text: string): string => (isSecretValue(name, text) ? MASK : cut(text));
  const changes: KeptRow['changes'] =
    row.action === 'create'
      ? Object.entries(row.data).map(([name, held]) => [name, null, value(name, typeof held === 'string' ? held : JSON.stringify(held))])
      : row.action === 'update'
        ? row.changes.map(({ attribute, before, after }) => [
            attribute,
            before === undefined ? t('unknown') : value(attribute, before),
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

/** Shows the value of an attribute: a group as its name with its number, for example. */
export type ShowValue = (attribute: string, value: string) => string;

/** The changes of a row, in one line. */
export function textOf({ changes, reasons, warnings }: KeptRow, shown: ShowValue): string {
  const parts = changes
    .filter(([name, before]) => before !== null || name !== 'email')
    .map(([name, before, after]) => {
      const title = titleOf(name);
      return before === null ? `${title}: ${shown(name, after)}` : `${title}: ${shown(name, before)} → ${shown(name, after)}`;
    });
  return oneLine([...reasons, parts.join('; '), ...warnings].filter((part) => part !== '').join(' '));
}

/** A value, or words for a value that would not be visible. */
export function visibleText(text: string): string {
  return text === '' ? t('empty') : text.trim() === '' ? t('only spaces') : text;
}
