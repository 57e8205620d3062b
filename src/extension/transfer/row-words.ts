import { isSecretValue } from '../../api/secrets';
import { MASK } from '../../store/masking/mask';
import type { PlannedRow, RowResult } from '../../store/transfer';
import { oneLine } from '../text';

/** A row as one line of plain text, without secrets. */
export function plainRow(row: PlannedRow): string {
  const warnings = row.warnings.length === 0 ? '' : ` [${row.warnings.join(' ')}]`;
  return oneLine(`${bodyOf(row)}${warnings}`);
}

function bodyOf(row: PlannedRow): string {
  switch (row.action) {
    case 'create':
      return `create ${row.who} (${Object.entries(row.data)
        .filter(([name]) => name !== 'email')
        .map(([name, value]) => `${name}: ${shown(name, typeof value === 'string' ? value : JSON.stringify(value))}`)
        .join(', ')})`;
    case 'update':
      return `update ${row.who} #${row.id} (${row.changes.map(({ attribute, before, after }) => `${attribute}: ${before === undefined ? 'unknown' : shown(attribute, before)} → ${shown(attribute, after)}`).join(', ')})`;
    case 'unchanged':
      return `unchanged ${row.who} #${row.id}`;
    case 'reject':
      return `refused${row.who === '' ? '' : ` ${row.who}`}: ${row.reasons.join(' ')}`;
  }
}

function shown(name: string, text: string): string {
  if (text === '') return 'empty';
  return isSecretValue(name, text) ? MASK : text;
}

/** What came of a row; `undefined` for one that the import did not reach. */
export function outcomeWords(outcome: RowResult | undefined): string {
  if (outcome === undefined) return 'not reached';
  const { status, id, message } = outcome;
  const words = {
    created: 'created',
    updated: 'updated',
    unchanged: 'unchanged',
    rejected: 'refused',
    'left-out': 'left out',
    failed: 'failed',
    changed: 'left alone',
    unknown: 'in doubt',
  }[status];
  const because = message === undefined || status === 'left-out' ? '' : `: ${message.replace(/\.$/, '')}`;
  return oneLine(`${words}${id === undefined ? '' : ` #${id}`}${because}`);
}
