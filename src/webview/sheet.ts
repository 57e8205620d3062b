import type { SheetRequest, SheetState, SheetUpdate } from '../api/messages';
import type { SheetField, SheetSection } from '../api/sheet';
import { Host } from './host';
import { button, divider, element, iconButton, progress, registerControls } from './ui';

registerControls();
const host = new Host<SheetRequest, SheetUpdate>();
host.onUpdate((update) => { document.body.replaceChildren(render(update)); });
host.send({ type: 'ready' });

function render(update: SheetUpdate): HTMLElement {
  const main = element('main');
  switch (update.type) {
    case 'loading':
      main.ariaBusy = 'true';
      main.append(element('h1', '', update.title), progress('Asking the store'));
      break;
    case 'failed':
      main.append(failure(update));
      break;
    case 'show':
      main.append(header(update.state), divider(), sheet(update.state));
  }
  return main;
}

function failure({ what, said, why, next }: Extract<SheetUpdate, { type: 'failed' }>): HTMLElement {
  const box = element('section', 'failure');
  box.setAttribute('role', 'alert');
  box.append(element('h1', '', what));
  if (said !== undefined) box.append(element('p', 'said', `The store said: ${said}`));
  for (const line of [why, next]) if (line !== undefined) box.append(element('p', '', line));
  box.append(button('Retry', () => { host.send({ type: 'refresh' }); }, 'primary'));
  return box;
}

function header(state: SheetState): HTMLElement {
  const head = element('header');
  const words = element('div', 'words');
  words.append(element('h1', '', state.title), subtitle(state));
  const actions = element('div', 'actions');
  actions.append(
    iconButton('refresh', 'Refresh', () => { host.send({ type: 'refresh' }); }),
    iconButton('json', 'Open as JSON', () => { host.send({ type: 'open-json' }); }),
  );
  head.append(words, actions);
  return head;
}

function subtitle(state: SheetState): HTMLElement {
  const line = element('p', 'subtitle');
  for (const part of [state.email, `#${state.id}`]) if (part !== '') line.append(element('span', '', part));
  const store = element('span', `store ${state.environment ?? ''}`, state.store);
  if (state.environment !== undefined) store.title = state.environment;
  line.append(store, element('span', '', state.dialect));
  return line;
}

function sheet(state: SheetState): HTMLElement {
  const grid = element('div', 'sections');
  for (const section of state.sections) grid.append(sectionOf(section, state));
  return grid;
}

function sectionOf(section: SheetSection, state: SheetState): HTMLElement {
  const box = element('section');
  const list = element('dl');
  box.append(element('h2', '', section.title), list);
  for (const field of section.fields) {
    const term = element('dt');
    term.title = field.doc;
    term.append(element('span', 'title', field.title));
    if (field.title !== field.code) term.append(element('code', '', field.code));
    list.append(term, valueOf(field, state));
  }
  return box;
}

function valueOf(field: SheetField, state: SheetState): HTMLElement {
  const cell = element('dd');
  switch (field.missing) {
    case 'unset':
      cell.append(element('span', 'missing', 'not set'));
      break;
    case 'unread':
      cell.append(element('span', 'missing', state.unread));
      break;
    case 'masked':
      cell.append(element('span', 'value', '••••••'), iconButton('eye', `Reveal ${field.title}`, () => { host.send({ type: 'reveal', code: field.code }); }));
      break;
    default: {
      const value = element('span', 'value', field.value ?? '');
      value.dir = 'auto';
      cell.append(value, iconButton('copy', `Copy ${field.title}`, () => { host.send({ type: 'copy', code: field.code }); }));
    }
  }
  return cell;
}
