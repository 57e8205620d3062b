import type { Cell, CellKind } from '../../pages/grid-messages';
import { later, translated, t } from '../../l10n/texts';
import { element } from '../ui';
import { pin } from './head';

const kindWords: Readonly<Record<CellKind, string>> = {
  text: later('text'),
  number: later('number'),
  boolean: later('boolean'),
  nil: 'nil',
  empty: later('empty text'),
  absent: later('not sent'),
  masked: later('secret'),
  list: later('list'),
  map: later('map'),
  check: '',
  edited: later('changed, not sent yet'),
};

/** The kind of a value, in words. */
export function kindOf([kind]: Cell): string {
  return translated(kindWords[kind]);
}

/** A ticked box, an empty box, or nothing. It is not an input, because the grid keeps the focus. */
function boxOf(text: string): HTMLElement {
  const box = element('span', `cell-value check ${text}`);
  if (text === '') return box;
  box.setAttribute('role', 'checkbox');
  box.ariaChecked = String(text === 'on');
  // The label becomes the name of the cell, and screen readers read the cell, not the box, so it says the state.
  box.ariaLabel = text === 'on' ? t('Imported') : t('Left out');
  if (text === 'on') box.append(element('span', 'codicon codicon-check'));
  return box;
}

/** A value as an element: its text, or words where there is no value. */
export function cellElement(cell: Cell): HTMLElement {
  const [kind, text] = cell;
  if (kind === 'check') return boxOf(text);
  const made = element(
    'span',
    `cell-value kind-${kind}`,
    kind === 'nil' ? 'nil' : kind === 'empty' || (kind === 'edited' && text === '') ? t('empty') : kind === 'absent' ? '–' : text,
  );
  if (kind === 'text') made.dir = 'auto';
  return made;
}

/**
 * A cell of a list.
 * @param value `undefined` while its row is being loaded
 * @param kinds whether the tooltip says what kind of value it is
 */
export function gridCell(
  value: Cell | undefined,
  { row, column, code, pinned }: { readonly row: number; readonly column: number; readonly code: string; readonly pinned: boolean },
  kinds: boolean,
): HTMLElement {
  // Numbers are aligned right, texts left. This shows the difference between a number and a text of digits.
  const cell = element('div', value?.[0] === 'number' ? 'cell numeric' : 'cell');
  cell.id = `cell-${row}-${column}`;
  cell.setAttribute('role', 'gridcell');
  cell.ariaColIndex = String(column + 1);
  cell.dataset['row'] = String(row);
  cell.dataset['column'] = String(column);
  cell.dataset['vscodeContext'] = JSON.stringify({ column: code });
  if (pinned) pin(cell, column);
  if (value === undefined) {
    cell.append(element('span', 'waiting', '…'));
    return cell;
  }
  cell.append(cellElement(value));
  // Stores send some numbers as text, so a text and a number can look alike.
  const [kind, text, sent] = value;
  cell.title =
    sent !== undefined
      ? `${text}\n${sent}`
      : kinds
        ? kind === 'text' || kind === 'edited'
          ? `${text}\n${kindOf(value)}`
          : kindOf(value)
        : kind === 'check'
          ? ''
          : text;
  return cell;
}
