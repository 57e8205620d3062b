import { plural, translated, t } from '../../l10n/texts';
import { sectionsOf } from '../../forms/rules';
import type { SheetReview, SheetReviewRow, SheetState } from '../../pages/sheet-messages';
import { button, element, textInput } from '../ui';
import { note } from './form';
import { shownValue } from './values';

/** The state and callbacks of the review. */
export interface ReviewPorts {
  /** The text typed so far to confirm a write on production, which must be the name of the store. */
  readonly confirmation: string;
  readonly onConfirmation: (typed: string) => void;
  readonly onSend: () => void;
  readonly onBack: () => void;
  /** The user resolved a conflict. */
  readonly onDecide: (code: string, keep: 'mine' | 'theirs') => void;
}

/** Label of the button that writes: what it does, and in which store. */
function sendLabel({ rows }: SheetReview, { work: { kind, mode, id }, store }: SheetState): string {
  if (mode === 'new') return kind === 'address' ? t('Create address on {store}', { store }) : t('Create customer on {store}', { store });
  if (mode === 'remove') return t('Delete address #{id} on {store}', { id, store });
  return kind === 'address'
    ? plural(rows.length, 'Update {count} field of address #{id} on {store}', 'Update {count} fields of address #{id} on {store}', {
        id,
        store,
      })
    : plural(rows.length, 'Update {count} field on {store}', 'Update {count} fields on {store}', { store });
}

function reviewTitle({ title, mode }: SheetState['work']): string {
  return title === '' ? t('Review') : mode === 'remove' ? title : t('Review: {title}', { title });
}

function changedWords(kind: SheetState['work']['kind']): string {
  return kind === 'address' ? t('Someone else changed this address') : t('Someone else changed this customer');
}

/** All changes that a save would write, for review. */
export function reviewOf(state: SheetState, review: SheetReview, ports: ReviewPorts): HTMLElement {
  const { conflict } = review;
  const box = element('section', conflict ? 'review conflict' : 'review');
  const heading = element('h2', '', conflict ? changedWords(state.work.kind) : reviewTitle(state.work));
  heading.tabIndex = -1;
  box.append(heading);
  if (conflict) {
    const explained = element('p', 'lead', t('Nothing was sent. Select the right value for each attribute.'));
    explained.setAttribute('role', 'alert');
    box.append(explained);
  }
  if (state.work.mode === 'remove') heading.classList.add('removes');
  box.append(
    table(state, review, ports),
    ...state.work.notes.map((words) => note('information', words)),
    ...review.hints.map(({ severity, message }) => note(severity, message)),
  );
  const send = button(sendLabel(review, state), ports.onSend, 'primary');
  send.id = 'send';
  const allow = (typed: string): void => {
    send.disabled = conflict || (state.asksName && typed !== state.store);
  };
  allow(ports.confirmation);
  if (state.asksName)
    box.append(
      confirmation(state, ports.confirmation, (typed) => {
        ports.onConfirmation(typed);
        allow(typed);
      }),
    );
  const actions = element('div', 'actions');
  const back = button(t('Back'), ports.onBack);
  back.id = 'back';
  actions.append(send, back);
  box.append(actions);
  return box;
}

function table(state: SheetState, { rows, conflict }: SheetReview, ports: ReviewPorts): HTMLElement {
  const fields = new Map(
    sectionsOf(state.work.kind, state.work.mode === 'new' ? 'new' : 'edit').flatMap((section) =>
      section.fields.map((field) => [field.name, field] as const),
    ),
  );
  const { mode } = state.work;
  const creating = mode === 'new';
  // The roles are set explicitly, because the style of a narrow table puts cells below each other, which removes their implicit roles.
  const grid = withRole(element('table'), 'table');
  const head = withRole(element('tr'), 'row');
  for (const column of creating
    ? [t('Attribute'), t('Value')]
    : conflict
      ? [t('Attribute'), t('Before'), t('Yours'), t('Theirs')]
      : mode === 'remove'
        ? [t('Attribute'), t('Deleted value')]
        : [t('Attribute'), t('Before'), t('After')]) {
    const cell = withRole(element('th', '', column), 'columnheader');
    cell.scope = 'col';
    head.append(cell);
  }
  const body = element('tbody');
  for (const shown of rows) {
    const { code, from, to, secret, hints } = shown;
    const field = fields.get(code);
    const title = translated(field?.title ?? code);
    const row = withRole(element('tr'), 'row');
    const name = withRole(element('th'), 'rowheader');
    name.scope = 'row';
    name.append(element('span', 'title', title), ' ', element('code', '', code));
    row.append(name);
    const value = (text: string | undefined, kind: string): HTMLElement =>
      valueCell(
        secret ? '••••••' : text === undefined || text === '' ? text : shownValue(code, field?.role, text, state).text,
        kind,
        state.unread,
      );
    if (!creating) row.append(value(from, 'before'));
    if (mode !== 'remove') {
      const after = value(to, 'after');
      for (const { severity, message } of hints) after.append(note(severity, message));
      row.append(after);
    }
    if (conflict) row.append(theirsCell(shown, title, value, ports));
    body.append(row);
  }
  const top = element('thead');
  top.append(head);
  grid.append(top, body);
  return grid;
}

function valueCell(text: string | undefined, kind: string, unread: string): HTMLElement {
  const cell = withRole(element('td', kind), 'cell');
  const shown = element(
    'span',
    text === undefined || text === '' ? 'missing' : 'value',
    text === undefined ? unread : text === '' ? t('not set') : text,
  );
  shown.dir = 'auto';
  cell.append(shown);
  return cell;
}

function theirsCell(
  { code, theirs }: SheetReviewRow,
  title: string,
  value: (text: string | undefined, kind: string) => HTMLElement,
  { onDecide }: ReviewPorts,
): HTMLElement {
  if (theirs === undefined) return withRole(element('td', 'theirs', ''), 'cell');
  const cell = value(theirs, 'theirs');
  const decide = (label: string, keep: 'mine' | 'theirs'): HTMLElement => {
    const control = button(label, () => {
      onDecide(code, keep);
    });
    control.setAttribute('aria-label', `${label}: ${title}`);
    return control;
  };
  const actions = element('div', 'actions');
  actions.append(decide(t('Keep mine'), 'mine'), decide(t('Use theirs'), 'theirs'));
  cell.append(actions);
  return cell;
}

function withRole<E extends HTMLElement>(made: E, role: string): E {
  made.setAttribute('role', role);
  return made;
}

function confirmation(state: SheetState, typed: string, onInput: (text: string) => void): HTMLElement {
  const box = element('div', 'confirm');
  const label = element('label', '', t('This is production. To continue, type the name of the store: {store}', { store: state.store }));
  label.htmlFor = 'confirm-name';
  box.append(label, textInput('confirm-name', typed, 'text', onInput));
  return box;
}
