import { translated, t } from '../../l10n/texts';
import type { SheetDifference, SheetResult, SheetWords } from '../../pages/sheet-messages';
import { button, element, learnMore, linkButton } from '../ui';
import { note } from './form';

/** An error in full: what happened, the store's message, why, and what to do. */
export function failure({ what, said: quote, why, next, help }: SheetWords, level: 'h1' | 'h2'): HTMLElement {
  const box = element('section', 'failure');
  box.setAttribute('role', 'alert');
  const heading = element(level);
  heading.append(element('span', 'codicon codicon-error'), element('span', '', what));
  box.append(heading);
  if (quote !== undefined) box.append(element('p', 'said', t('The store said: {said}', { said: quote })));
  for (const line of [why, next]) if (line !== undefined) box.append(element('p', '', line));
  if (help !== undefined) box.append(learnMore(help));
  return box;
}

/** Undo for a save. `unknown` has the attributes that it does not change, `run` shows the earlier values. */
export interface Undo {
  readonly unknown: readonly string[];
  readonly run: () => void;
}

/** The notice about the last save. A save without anything to note is one line with the undo link. */
export function noticeOf(
  result: SheetResult,
  titles: ReadonlyMap<string, string>,
  onRefresh: () => void,
  undo: Undo | undefined,
): HTMLElement | undefined {
  switch (result.kind) {
    case 'refused':
      return failure(result.words, 'h2');
    case 'unclear':
      return unclear(result, onRefresh);
    case 'saved':
      return saved(result, titles, undo);
  }
}

function foundAddress(held: boolean | undefined): string {
  if (held === undefined) return t('The store could not be checked. Read the customer again before you send it again.');
  return held ? t('The store was checked: the change was saved.') : t('The store was checked: the change was not saved.');
}

function unclear({ words, held, created, address }: Extract<SheetResult, { kind: 'unclear' }>, onRefresh: () => void): HTMLElement {
  // The advice was to check the store. Where that was already done, it is left out.
  const box = failure(held === undefined ? words : { ...words, next: undefined }, 'h2');
  const found =
    held === true
      ? created
        ? t('A customer with this e-mail address is in the store now, so it was most likely created. It is shown below.')
        : t('The store was checked: your changes were saved.')
      : held === false
        ? t('The store was checked: nothing was saved. Your changes are still here, and you can send them again.')
        : created
          ? t(
              'It is not known whether the customer was created: the store could not be checked, or it has a customer with this e-mail address and other values. Your values are still here. Search for the e-mail address before you send them again.',
            )
          : t('The store could not be checked. Your changes are still here. Read the customer again before you send them again.');
  box.append(element('p', 'found', address === true ? foundAddress(held) : found));
  if (held === undefined) box.append(button(t('Read again'), onRefresh));
  return box;
}

function saved(
  { differences, unverified, unread, done = '', refused }: Extract<SheetResult, { kind: 'saved' }>,
  titles: ReadonlyMap<string, string>,
  undo: Undo | undefined,
): HTMLElement | undefined {
  // Stores never return a password, so it is always among the unverified attributes.
  const unseen = unverified.filter((code) => code !== 'password');
  const quiet = differences.length === 0 && unseen.length === 0 && unread === undefined && refused === undefined;
  if (quiet && undo === undefined && done === '') return undefined;
  const box = element(
    'section',
    differences.length > 0 || unread !== undefined || refused !== undefined ? 'notice warning' : quiet ? 'notice quiet' : 'notice',
  );
  if (unread !== undefined) box.append(note('warning', t('Saved, but it could not be read back: {what}', { what: unread.what })));
  if (differences.length > 0)
    box.append(note('warning', t('Saved, but the store saved other values than were sent:')), differenceTable(differences, titles));
  if (unread === undefined && unseen.length > 0)
    box.append(
      note(
        'information',
        t('Saved. Over this dialect, the store does not return the saved values of {attributes}.', {
          attributes: titlesOf(unseen, titles),
        }),
      ),
    );
  if (refused !== undefined)
    box.append(note('warning', t('The earlier default address could not be made the default again: {what}', { what: refused.what })));
  if (undo !== undefined) box.append(undoLine(quiet ? done || t('Saved.') : done, undo, titles));
  else if (done !== '') box.append(element('p', 'undo', done));
  return box;
}

function undoLine(words: string, { unknown, run }: Undo, titles: ReadonlyMap<string, string>): HTMLElement {
  const line = element('p', 'undo', words);
  line.append(' ', linkButton(t('Undo'), run, t('Undo this save')));
  if (unknown.length > 0)
    line.append(
      ' ',
      element(
        'span',
        'missing',
        t('without {attributes}, because the store did not return the earlier value', { attributes: titlesOf(unknown, titles) }),
      ),
    );
  return line;
}

function titlesOf(codes: readonly string[], titles: ReadonlyMap<string, string>): string {
  return codes.map((code) => translated(titles.get(code) ?? code)).join(', ');
}

function differenceTable(differences: readonly SheetDifference[], titles: ReadonlyMap<string, string>): HTMLElement {
  const table = element('table');
  const head = element('tr');
  for (const column of [t('Attribute'), t('Sent'), t('Saved')]) {
    const cell = element('th', '', column);
    cell.scope = 'col';
    head.append(cell);
  }
  const body = element('tbody');
  for (const { code, sent, kept } of differences) {
    const row = element('tr');
    const name = element('th', '', titlesOf([code], titles));
    name.scope = 'row';
    row.append(name, valueCell(sent), valueCell(kept));
    body.append(row);
  }
  const top = element('thead');
  top.append(head);
  table.append(top, body);
  return table;
}

function valueCell(text: string): HTMLElement {
  const cell = element('td');
  const value = element('span', text === '' ? 'missing' : 'value', text === '' ? t('not set') : text);
  value.dir = 'auto';
  cell.append(value);
  return cell;
}
