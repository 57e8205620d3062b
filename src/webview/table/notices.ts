import type { EmptyTable, TableProblem, TableRequest } from '../../pages/table-messages';
import { t } from '../../l10n/texts';
import { button, element, learnMore } from '../ui';

type Send = (request: TableRequest) => void;

/** Why rows could not be loaded, shown in their place, with a button that tries again. */
export function problemBox({ what, said: quote, why, next, help }: TableProblem, send: Send): HTMLElement {
  const box = element('section', 'problem');
  box.setAttribute('role', 'alert');
  const words = element('div', 'words');
  words.append(element('p', 'what', what));
  if (quote !== undefined) words.append(element('p', 'said', t('The store said: {said}', { said: quote })));
  const more = [why, next].filter((part) => part !== undefined).join(' ');
  if (more !== '') words.append(element('p', '', more));
  if (help !== undefined) words.append(learnMore(help));
  box.append(
    element('span', 'codicon codicon-error'),
    words,
    button(t('Retry'), () => {
      send({ type: 'retry' });
    }),
  );
  return box;
}

/** Shown instead of rows: why there are none, and what to do next. */
export function emptyBox({ words, action }: EmptyTable, send: Send): HTMLElement {
  const box = element('section', 'empty');
  box.append(element('p', '', words));
  if (action !== undefined)
    box.append(
      button(
        action.label,
        () => {
          send({ type: 'empty-action' });
        },
        'primary',
      ),
    );
  return box;
}
