import type { ImportRequest, ImportState } from '../../pages/import-messages';
import { t } from '../../l10n/texts';
import { environmentName } from '../environments';
import { button, element, learnMore, linkButton, onChosen } from '../ui';

type Send = (request: ImportRequest) => void;

/** The first line: the file and the store that it is imported into. */
export function headOf({ file, facts, store, environment }: ImportState): HTMLElement {
  const head = element('header');
  const line = element('div', 'facts');
  const heading = element('h1', '', t('Import {file}', { file }));
  heading.dir = 'auto';
  line.append(heading);
  if (store !== '') {
    const place = element('span', `store ${environment ?? ''}`, store);
    place.title = t('The store to write to');
    line.append(place);
  }
  if (environment !== undefined) line.append(element('span', 'environment', environmentName(environment)));
  if (facts !== '') line.append(element('span', '', facts));
  head.append(line);
  return head;
}

/** Why the import cannot continue, with a button that tries again. */
export function problemOf({ problem }: ImportState, send: Send): HTMLElement | undefined {
  if (problem === undefined) return undefined;
  const { what, said: quote, why, next, help } = problem;
  const box = element('section', 'notice problem');
  box.setAttribute('role', 'alert');
  const words = element('div', 'words');
  words.append(element('p', 'what', what));
  if (quote !== undefined) words.append(element('p', '', t('The store said: {said}', { said: quote })));
  const more = [why, next].filter((part) => part !== undefined).join(' ');
  if (more !== '') words.append(element('p', '', more));
  if (help !== undefined) words.append(learnMore(help));
  box.append(
    element('span', 'codicon codicon-error'),
    words,
    button(t('Compare again'), () => {
      send({ type: 'retry' });
    }),
  );
  return box;
}

/** The decisions that the user can make for all rows, those that were made, and a note on an earlier run. */
export function questionsOf({ doubts, decisions, earlier, changeable }: ImportState, send: Send): readonly HTMLElement[] {
  return [
    ...(earlier === undefined ? [] : [earlierOf(earlier, send)]),
    ...doubts.map((doubt, index) => doubtOf(doubt, index, send)),
    ...(decisions.length === 0 ? [] : [decisionsOf(decisions, changeable, send)]),
  ];
}

function earlierOf(words: string, send: Send): HTMLElement {
  const box = element('section', 'notice');
  const again = button(t('Start over'), () => {
    send({ type: 'start-over' });
  });
  again.title = t('Compare every row again, as if there were no earlier import');
  box.append(element('span', 'codicon codicon-history'), element('p', 'words', words), again);
  return box;
}

function doubtOf({ id, words, choices, typed }: ImportState['doubts'][number], index: number, send: Send): HTMLElement {
  const box = element('section', 'notice');
  const text = element('p', 'words', words);
  text.id = `doubt-${index}`;
  const decide = (value: string): void => {
    send({ type: 'decide', doubt: id, value });
  };
  const ways = element('div', 'ways');
  if (typed) ways.append(...numberOf(text.id, decide));
  else if (choices.length <= 2)
    ways.append(
      ...choices.map(({ value, label }) =>
        button(label, () => {
          decide(value);
        }),
      ),
    );
  else ways.append(listOf(text.id, choices, decide));
  box.append(element('span', 'codicon codicon-question'), text, ways);
  return box;
}

/** An input for an ID whose name the store does not tell. */
function numberOf(label: string, decide: (value: string) => void): readonly HTMLElement[] {
  const input = element('input', 'number');
  input.inputMode = 'numeric';
  input.placeholder = t('Number');
  input.maxLength = 9;
  input.setAttribute('aria-labelledby', label);
  const apply = (): void => {
    if (/^\d{1,9}$/.test(input.value.trim())) decide(input.value.trim());
    else input.focus();
  };
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') apply();
  });
  return [input, button(t('Use for all'), apply)];
}

function listOf(label: string, choices: ImportState['doubts'][number]['choices'], decide: (value: string) => void): HTMLElement {
  const select = element('select');
  select.setAttribute('aria-labelledby', label);
  const none = element('option', '', t('Select…'));
  none.value = '';
  select.append(none);
  for (const { value, label: words } of choices) {
    const option = element('option', '', words);
    option.value = value;
    select.append(option);
  }
  onChosen(select, (value) => {
    if (value !== '') decide(value);
  });
  return select;
}

function decisionsOf(decisions: ImportState['decisions'], changeable: boolean, send: Send): HTMLElement {
  const list = element('ul', 'decisions');
  list.setAttribute('aria-label', t('Decided for all rows'));
  for (const { id, words } of decisions) {
    const item = element('li');
    item.append(element('span', '', words));
    if (changeable)
      item.append(
        linkButton(
          t('Undo'),
          () => {
            send({ type: 'undecide', decision: id });
          },
          t('Undo: {words}', { words }),
        ),
      );
    list.append(item);
  }
  return list;
}
