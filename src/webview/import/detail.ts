import type { RowDetail } from '../../pages/import-messages';
import { t } from '../../l10n/texts';
import { element } from '../ui';

/** The details of a row, shown below the rows. */
export function detailOf({ title, changes, reasons, warnings, result }: RowDetail): readonly HTMLElement[] {
  const heading = element('h2', '', title);
  heading.dir = 'auto';
  const parts: HTMLElement[] = [heading];
  if (result !== undefined && result !== '') parts.push(element('p', 'result', t('Result: {result}', { result })));
  for (const reason of reasons) parts.push(lineOf('error', reason));
  for (const warning of warnings) parts.push(lineOf('warning', warning));
  if (changes.length > 0) {
    const list = element('dl');
    for (const { attribute, before, after } of changes) {
      const value = element('dd');
      if (before !== undefined) {
        const old = element('del', '', before);
        old.dir = 'auto';
        value.append(old, element('span', 'arrow', ' → '));
      }
      const now = element('ins', '', after);
      now.dir = 'auto';
      value.append(now);
      list.append(element('dt', '', attribute), value);
    }
    parts.push(list);
  }
  return parts;
}

function lineOf(kind: 'error' | 'warning', words: string): HTMLElement {
  const line = element('p', kind);
  line.append(element('span', `codicon codicon-${kind}`), element('span', '', words));
  return line;
}
