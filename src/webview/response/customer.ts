import type { ResponseRequest, SheetLine, SheetResult } from '../../pages/response-messages';
import { t } from '../../l10n/texts';
import { element, iconButton } from '../ui';
import { cellElement, kindOf } from '../grid/cells';
import { valueLink } from './value-link';

/** One customer: attributes with their values. */
export function customerOf({ sections }: SheetResult, send: (request: ResponseRequest) => void): HTMLElement {
  const grid = element('div', 'sections');
  for (const { title, lines } of sections) {
    const section = element('section');
    const list = element('dl');
    for (const line of lines) list.append(...lineOf(line, send));
    section.append(element('h2', '', title), list);
    grid.append(section);
  }
  return grid;
}

function lineOf(
  { code, title, doc, cell, unread, link }: SheetLine,
  send: (request: ResponseRequest) => void,
): readonly [HTMLElement, HTMLElement] {
  const term = element('dt');
  if (doc !== '') term.title = doc;
  term.append(element('span', 'title', title));
  if (title !== code) term.append(element('code', '', code));
  const value = element('dd');
  if (cell[0] === 'absent') value.append(element('span', 'missing', unread ?? t('not sent')));
  else {
    value.append(cellElement(cell), element('span', 'type', kindOf(cell)));
    if (link !== undefined)
      value.append(
        valueLink(link, () => {
          send({ type: 'follow-value', path: [code] });
        }),
      );
    if (cell[1] !== '' && cell[0] !== 'masked')
      value.append(
        iconButton('copy', t('Copy {title}', { title }), () => {
          send({ type: 'copy-value', path: [code] });
        }),
      );
  }
  return [term, value];
}
