import { plural, t } from '../../l10n/texts';
import { dialectLabels } from '../../api/dialect';
import type { SheetAddress, SheetRequest, SheetState } from '../../pages/sheet-messages';
import type { SheetField, SheetSection } from '../../forms/sheet-sections';
import type { Shown } from '../../forms/shown-value';
import { element, iconButton, linkButton, progress, refuse } from '../ui';
import { shownValue } from './values';

type Send = (request: SheetRequest) => void;

/** The view of a customer for reading. */
export function viewOf(state: SheetState, send: Send): HTMLElement {
  const grid = element('div', 'sections');
  for (const section of state.sections) grid.append(sectionOf(section, state, send));
  const page = element('div');
  const rest = restOf(state, send);
  if (rest !== undefined) page.append(rest);
  page.append(grid, addressesOf(state, send));
  return page;
}

/** A line with a link that reads the attributes that this dialect does not return. */
function restOf({ sections, read, asking }: SheetState, send: Send): HTMLElement | undefined {
  const missing = sections.flatMap(({ fields }) => fields).filter((field) => field.missing === 'unread').length;
  if (missing === 0 || read === undefined || asking) return undefined;
  const line = element('p', 'rest');
  line.append(
    element(
      'span',
      'missing',
      plural(missing, '{count} attribute is not returned over {dialect}.', '{count} attributes are not returned over {dialect}.', {
        dialect: dialectLabels[read],
      }),
    ),
    ' ',
    linkButton(t('Read the rest over V1'), () => {
      send({ type: 'read-over', dialect: 'v1' });
    }),
  );
  return line;
}

function sectionOf(section: SheetSection, state: SheetState, send: Send): HTMLElement {
  const box = element('section');
  const list = element('dl');
  box.append(element('h2', '', section.title), list);
  for (const field of section.fields) {
    const term = element('dt');
    term.title = `${field.code}: ${field.doc}`;
    term.append(element('span', 'title', field.title));
    if (field.title !== field.code) term.append(' ', element('code', '', field.code));
    list.append(term, valueOf(field, state, send));
  }
  return box;
}

function valueOf(field: SheetField, state: SheetState, send: Send): HTMLElement {
  const cell = element('dd');
  switch (field.missing) {
    case 'unset':
      cell.append(element('span', 'missing', t('not set')));
      break;
    case 'unread':
      cell.append(element('span', 'missing', state.unread));
      break;
    case 'masked':
      cell.append(
        element('span', 'value', '••••••'),
        iconButton('eye', t('Reveal {title}', { title: field.title }), () => {
          send({ type: 'reveal', code: field.code });
        }),
      );
      break;
    default: {
      const shown = shownValue(field.code, field.role, field.value ?? '', state);
      cell.append(
        readable(shown),
        iconButton('copy', t('Copy {title}', { title: field.title }), () => {
          send({ type: 'copy', code: field.code });
        }),
      );
    }
  }
  return cell;
}

/** A value as people read it, with the text that the store sent as its tooltip. */
function readable({ text, raw }: Shown): HTMLElement {
  const value = element('span', raw === undefined ? 'value' : 'value dated', text);
  value.dir = 'auto';
  if (raw !== undefined) value.title = raw;
  return value;
}

function addressesOf(state: SheetState, send: Send): HTMLElement {
  const { addresses } = state;
  const box = element('section', 'addresses');
  const heading = element('h2', '', t('Addresses'));
  const head = element('div', 'head');
  head.append(heading);
  box.append(head);
  switch (addresses.kind) {
    case 'asking':
      box.append(progress(t('Reading the addresses')));
      break;
    case 'failed': {
      const { what, next } = addresses.problem;
      box.append(element('p', 'missing', [what, next].filter((part) => part !== undefined).join(' ')));
      break;
    }
    case 'there': {
      const { length } = addresses.addresses;
      heading.textContent = t('Addresses ({count})', { count: length });
      if (state.readOnly === undefined && state.editable) {
        const add = iconButton('add', t('Add address'), () => {
          send({ type: 'address-new' });
        });
        refuse(add, state.cannot.addresses);
        head.append(add);
      }
      const cards = element('div', 'cards');
      for (const address of addresses.addresses) cards.append(card(address, state, send));
      box.append(length === 0 ? element('p', 'missing', t('none')) : cards);
    }
  }
  return box;
}

function card(address: SheetAddress, state: SheetState, send: Send): HTMLElement {
  const box = element('div', 'card');
  const details = element('details');
  details.id = `address-${address.id}`;
  const summary = element('summary');
  const uses = [address.billing ? t('Default billing') : '', address.shipping ? t('Default shipping') : ''].filter((use) => use !== '');
  const words = element('span', 'lines');
  for (const line of address.lines) {
    const row = element('span', 'line', line);
    row.dir = 'auto';
    words.append(row);
  }
  if (uses.length > 0) words.append(element('span', 'use', uses.join(', ')));
  summary.append(element('span', 'codicon codicon-chevron-right'), words, element('span', 'number', `#${address.id}`));
  const list = element('dl');
  for (const field of address.fields) {
    const term = element('dt');
    term.append(element('span', 'title', field.title));
    if (field.title !== field.code) term.append(' ', element('code', '', field.code));
    const cell = element('dd');
    cell.append(readable(shownValue(field.code, field.role, field.value, state, { by: 'list' })));
    list.append(term, cell);
  }
  details.append(summary, list);
  box.append(details);
  if (state.readOnly === undefined && state.cannot.addresses === undefined && state.editable && address.id !== '')
    box.append(cardActions(address, send));
  return box;
}

function cardActions({ id, billing, shipping }: SheetAddress, send: Send): HTMLElement {
  const actions = element('div', 'card-actions');
  const link = (label: string, request: SheetRequest): void => {
    actions.append(
      linkButton(
        label,
        () => {
          send(request);
        },
        t('{action}: address #{id}', { action: label, id }),
      ),
    );
  };
  link(t('Edit'), { type: 'address-edit', id });
  if (!billing) link(t('Set as default billing'), { type: 'address-default', id, flag: 'is_default_billing' });
  if (!shipping) link(t('Set as default shipping'), { type: 'address-default', id, flag: 'is_default_shipping' });
  link(t('Delete'), { type: 'address-remove', id });
  return actions;
}
