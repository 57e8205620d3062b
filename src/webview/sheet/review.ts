import { formSections } from '../../api/customer-form';
import type { SheetState } from '../../api/messages';
import { button, element, textInput } from '../ui';
import type { Draft } from './draft';
import { note } from './form';
import { shownValue } from './values';

/** What the review tells the page. */
export interface ReviewPorts {
  /** What was typed to confirm, the name of the store on production. */
  readonly onSend: (typed: string) => void;
  readonly onBack: () => void;
  /** A conflict was decided. */
  readonly onDecided: () => void;
}

/** The words of the one button: what it does, and where. */
export function sendLabel(draft: Draft, state: SheetState): string {
  if (draft.mode === 'new') return `Create customer on ${state.store}`;
  return `Update ${draft.size === 1 ? '1 field' : `${draft.size} fields`} on ${state.store}`;
}

/** Everything that would be written, before it is. */
export function reviewOf(state: SheetState, draft: Draft, ports: ReviewPorts): HTMLElement {
  const box = element('section', 'review');
  const conflicts = draft.theirs.size > 0;
  const heading = element('h2', '', conflicts ? 'Somebody else changed this customer' : 'Review');
  heading.tabIndex = -1;
  box.append(heading);
  if (conflicts) {
    const explained = element('p', 'lead', 'Nothing was sent. Decide for each attribute which value is right.');
    explained.setAttribute('role', 'alert');
    box.append(explained);
  }
  box.append(table(state, draft, ports), ...general(draft));
  const send = button(sendLabel(draft, state), () => { ports.onSend(typed); }, 'primary');
  let typed = '';
  const confirm = state.environment === 'production' ? confirmation(state, (text) => {
    typed = text;
    send.disabled = conflicts || typed !== state.store;
  }) : undefined;
  send.disabled = conflicts || confirm !== undefined;
  const actions = element('div', 'actions');
  actions.append(send, button('Back', ports.onBack));
  if (confirm !== undefined) box.append(confirm);
  box.append(actions);
  return box;
}

function table(state: SheetState, draft: Draft, ports: ReviewPorts): HTMLElement {
  const fields = new Map(formSections(draft.mode).flatMap((section) => section.fields.map((field) => [field.name, field] as const)));
  const hints = draft.hints();
  const grid = element('table');
  const head = element('tr');
  const columns = draft.mode === 'new' ? ['Attribute', 'Value'] : draft.theirs.size > 0 ? ['Attribute', 'Before', 'Yours', 'Theirs'] : ['Attribute', 'Before', 'After'];
  for (const column of columns) {
    const cell = element('th', '', column);
    cell.scope = 'col';
    head.append(cell);
  }
  const body = element('tbody');
  const rows = draft.mode === 'new' ? draft.codes.filter((code) => draft.value(code) !== '').map((code) => ({ code, from: '', to: draft.value(code) })) : draft.changes;
  for (const { code, from, to } of rows) {
    const field = fields.get(code);
    const row = element('tr');
    const name = element('th');
    name.scope = 'row';
    name.append(element('span', 'title', field?.title ?? code), element('code', '', code));
    row.append(name);
    const value = (text: string | undefined, kind: string): HTMLElement => {
      const cell = element('td', kind);
      if (text === undefined) cell.append(element('span', 'missing', state.unread));
      else if (text === '') cell.append(element('span', 'missing', 'not set'));
      else {
        const shown = element('span', 'value', code === 'password' ? '••••••' : shownValue(code, field?.role, text, state).text);
        shown.dir = 'auto';
        cell.append(shown);
      }
      return cell;
    };
    if (draft.mode === 'edit') row.append(value(from, 'before'));
    const after = value(to, 'after');
    for (const { severity, message } of hints.get(code) ?? []) after.append(note(severity, message));
    row.append(after);
    if (draft.theirs.size > 0) row.append(theirsCell(code, value, draft, ports, field?.title ?? code));
    body.append(row);
  }
  const top = element('thead');
  top.append(head);
  grid.append(top, body);
  return grid;
}

function theirsCell(code: string, value: (text: string | undefined, kind: string) => HTMLElement, draft: Draft, ports: ReviewPorts, title: string): HTMLElement {
  const theirs = draft.theirs.get(code);
  if (theirs === undefined) return element('td', 'theirs', '');
  const cell = value(theirs, 'theirs');
  const decide = (label: string, decision: () => void): HTMLElement => {
    const control = button(label, () => {
      decision();
      ports.onDecided();
    });
    control.setAttribute('aria-label', `${label}: ${title}`);
    return control;
  };
  const actions = element('div', 'actions');
  actions.append(decide('Keep mine', () => { draft.keepMine(code); }), decide('Take theirs', () => { draft.takeTheirs(code); }));
  cell.append(actions);
  return cell;
}

/** Traps of the whole rather than of one field. */
function general(draft: Draft): readonly HTMLElement[] {
  return [...draft.hints()].filter(([code]) => code === '' || (draft.mode === 'new' && draft.value(code) === '')).flatMap(([, findings]) => findings.map(({ severity, message }) => note(severity, message)));
}

function confirmation(state: SheetState, onInput: (text: string) => void): HTMLElement {
  const box = element('div', 'confirm');
  const label = element('label', '', `This is production. Type the name of the store to go on: ${state.store}`);
  label.htmlFor = 'confirm-name';
  box.append(label, textInput('confirm-name', '', 'text', onInput));
  return box;
}
