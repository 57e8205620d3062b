import type { Cell } from '../../pages/grid-messages';
import { isList, isRecord, type SoapValue } from '../../api/value';
import { isSecretValue } from '../../api/secrets';
import { MASK, maskDumps, maskValue } from '../../store/masking/mask';

/** Longest text of a cell, in UTF-16 units. Copying a cell copies the whole text. */
const MAX_CELL_CHARS = 1000;

/**
 * A value as a cell: its kind and its text. Secrets are masked.
 * @param name the key of the value, which tells whether it is a secret
 */
export function cellOf(value: SoapValue | undefined, name = ''): Cell {
  if (value === undefined) return ['absent', ''];
  if (value === null) return ['nil', ''];
  if (value === '') return ['empty', ''];
  if (isSecretValue(name, value)) return ['masked', MASK];
  if (isList(value)) return ['list', cut(summary(value))];
  if (isRecord(value)) return ['map', cut(summary(value))];
  return [typeof value === 'string' ? 'text' : typeof value === 'number' ? 'number' : 'boolean', cut(maskDumps(String(value)))];
}

/** The whole text of a value for the clipboard and the filter, secrets masked. */
export function cellText(value: SoapValue | undefined, name = ''): string {
  if (value === undefined || value === null || value === '') return '';
  if (isSecretValue(name, value)) return MASK;
  return typeof value === 'object' ? JSON.stringify(maskValue(value)) : maskDumps(String(value));
}

function summary(value: SoapValue): string {
  // The first entries are enough for one line, and a branch may be large.
  if (isList(value))
    return `[${value.length === 0 ? '' : JSON.stringify(maskValue(value.slice(0, 20))).slice(1, -1)}${value.length > 20 ? ', …' : ''}]`;
  return isRecord(value) ? JSON.stringify(maskValue(Object.fromEntries(Object.entries(value).slice(0, 20)))) : '';
}

function cut(text: string): string {
  return text.length <= MAX_CELL_CHARS ? text : `${text.slice(0, MAX_CELL_CHARS - 1)}…`;
}
