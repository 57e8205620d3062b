import type { ComparisonState } from '../../pages/response-messages';
import { element } from '../ui';
import { addRow, plainTable } from './exchange-panels';
import { cellElement, count, kindOf } from '../grid/cells';

/** What a difference is, in the words of both dialects. */
function words(kind: 'added' | 'removed' | 'changed', base: string, dialect: string): string {
  return kind === 'changed' ? 'differs' : `only over ${kind === 'removed' ? base : dialect}`;
}

/** How the other dialects answered. */
export function comparisonPanel({ base, answers }: ComparisonState): HTMLElement {
  const box = element('div', 'comparison');
  for (const { dialect, summary, changes, more } of answers) {
    const section = element('section');
    section.append(element('h2', '', `${base} and ${dialect}`));
    if (summary !== '') section.append(element('p', 'summary', summary));
    if (changes.length > 0) {
      section.append(
        element(
          'p',
          'missing',
          `${more ? 'More than ' : ''}${count(changes.length, 'difference', 'differences')}. A number and its text count as the same.`,
        ),
      );
      const table = plainTable(`Differences between ${base} and ${dialect}`, ['Place', 'Difference', base, dialect]);
      for (const { path, kind, before, after } of changes) {
        const row = addRow(table);
        const place = element('th', '', path);
        place.scope = 'row';
        const one = element('td');
        one.append(cellElement(before));
        one.title = kindOf(before);
        const other = element('td');
        other.append(cellElement(after));
        other.title = kindOf(after);
        row.append(place, element('td', 'missing', words(kind, base, dialect)), one, other);
      }
      section.append(table);
    }
    box.append(section);
  }
  return box;
}
