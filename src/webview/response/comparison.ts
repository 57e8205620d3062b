import type { ComparisonState } from '../../pages/response-messages';
import { plural, t } from '../../l10n/texts';
import { cellElement, kindOf } from '../grid/cells';
import { element } from '../ui';
import { addRow, plainTable } from './exchange-panels';

/** The differences between the responses of the dialects, attribute by attribute. */
export function comparisonPanel({ dialects, notes, attributes }: ComparisonState): HTMLElement {
  const box = element('div', 'comparison');
  const section = element('section');
  section.append(element('h2', '', dialects.join(', ')));
  for (const note of notes) section.append(element('p', 'summary', note));
  if (attributes.length > 0) {
    section.append(
      element(
        'p',
        'missing',
        plural(
          attributes.length,
          '{count} attribute differs. A number and its text count as the same.',
          '{count} attributes differ. A number and its text count as the same.',
        ),
      ),
    );
    const table = plainTable(t('Differences between the dialects'), [t('Attribute'), t('Difference'), ...dialects]);
    for (const { code, title, words, values } of attributes) {
      const row = addRow(table);
      const name = element('th', '', title);
      name.scope = 'row';
      if (title !== code) name.append(element('code', '', code));
      row.append(
        name,
        element('td', 'words', words),
        ...values.map((cell) => {
          const value = element('td');
          value.append(cell[0] === 'absent' ? element('span', 'missing', t('not returned')) : cellElement(cell));
          value.title = kindOf(cell);
          return value;
        }),
      );
    }
    const scroll = element('div', 'scroll');
    scroll.tabIndex = 0;
    scroll.setAttribute('role', 'region');
    scroll.setAttribute('aria-label', t('Differences between the dialects'));
    scroll.append(table);
    section.append(scroll);
  }
  box.append(section);
  return box;
}
