import type { ImportColumn, ImportRequest, ImportState } from '../../pages/import-messages';
import { t } from '../../l10n/texts';
import { element, onChosen } from '../ui';

type Send = (request: ImportRequest) => void;

/** The columns of the file and what they are imported as, with the rules for rows and cells. Created once, drawn again when they change. */
export class Columns {
  readonly element = element('details', 'columns');
  readonly #summary = element('summary');
  readonly #body = element('div', 'columns-body');
  #drawn = '';
  /** Whether it was opened or closed automatically. After that, only the user opens or closes it. */
  #placed = false;
  #phase: ImportState['phase'] | undefined;

  constructor(private readonly send: Send) {
    this.element.append(this.#summary, this.#body);
  }

  show(state: ImportState): void {
    const { columns, columnWords, targets, key, emptyCells, mappingProblem, changeable } = state;
    this.element.hidden = columns.length === 0;
    const drawn = JSON.stringify([state.phase === 'running', columns, columnWords, key, emptyCells, mappingProblem, changeable]);
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    if (!this.#placed && columns.length > 0) {
      this.#placed = true;
      // Closed when all columns are understood, which leaves the room to the rows.
      this.element.open = mappingProblem !== undefined || columns.some(({ target, note }) => target === undefined && note === undefined);
    }
    // When the import runs, the room is for its results.
    if (state.phase === 'running' && this.#phase !== 'running') this.element.open = false;
    this.#phase = state.phase;
    this.#summary.replaceChildren(element('span', 'summary', columnWords));
    if (mappingProblem !== undefined) this.#summary.append(element('span', 'mapping-problem', mappingProblem));
    // Restore the focus after the controls were drawn again.
    const focused = document.activeElement?.id ?? '';
    this.#body.replaceChildren(this.#table(columns, targets, changeable), this.#rules(key, emptyCells, changeable));
    if (focused !== '' && document.activeElement?.id !== focused) document.getElementById(focused)?.focus();
  }

  #table(columns: readonly ImportColumn[], targets: ImportState['targets'], changeable: boolean): HTMLElement {
    const table = element('table');
    const head = element('tr');
    for (const title of [t('Column'), t('First values'), t('Imported as')]) {
      const cell = element('th', '', title);
      cell.scope = 'col';
      head.append(cell);
    }
    const top = element('thead');
    top.append(head);
    const body = element('tbody');
    body.append(...columns.map((column, index) => this.#row(column, index, targets, changeable)));
    table.append(top, body);
    // Only the table scrolls where the file has many columns, so that the rules below it stay visible.
    const box = element('div', 'table');
    box.append(table);
    return box;
  }

  #row({ title, samples, target, note }: ImportColumn, index: number, targets: ImportState['targets'], changeable: boolean): HTMLElement {
    const row = element('tr');
    const name = element('th', '', title);
    name.scope = 'row';
    name.dir = 'auto';
    name.title = title;
    const values = element('td', 'samples', samples.join(' · '));
    values.dir = 'auto';
    values.title = samples.join('\n');
    const meaning = element('td');
    const select = element('select');
    select.id = `column-${index}`;
    select.disabled = !changeable;
    select.setAttribute('aria-label', t('{title} is imported as', { title }));
    const none = element('option', '', note === undefined ? t('Not imported') : t('Not imported: {note}', { note }));
    none.value = '';
    select.append(none);
    for (const { value, label } of targets) {
      const option = element('option', '', label);
      option.value = value;
      select.append(option);
    }
    select.value = target ?? '';
    select.classList.toggle('unused', target === undefined);
    onChosen(select, (value) => {
      this.send({ type: 'column', column: index, ...(value === '' ? {} : { target: value }) });
    });
    meaning.append(select);
    row.append(name, values, meaning);
    return row;
  }

  #rules(key: ImportState['key'], emptyCells: ImportState['emptyCells'], changeable: boolean): HTMLElement {
    const rules = element('div', 'rules');
    rules.append(
      ruleOf(
        'key',
        t('Find customers by'),
        key,
        changeable,
        [
          ['email', t('E-mail, within the website if the file has one')],
          ['customer_id', t('ID; rows without an ID become new customers')],
        ],
        (value) => {
          this.send({ type: 'key', key: value === 'email' ? 'email' : 'customer_id' });
        },
      ),
      ruleOf(
        'empty-cells',
        t('Empty cells'),
        emptyCells,
        changeable,
        [
          ['keep', t('Do not change the attribute')],
          ['clear', t('Clear the attribute')],
        ],
        (value) => {
          this.send({ type: 'empty-cells', as: value === 'clear' ? 'clear' : 'keep' });
        },
      ),
    );
    return rules;
  }
}

function ruleOf(
  id: string,
  label: string,
  value: string,
  changeable: boolean,
  options: readonly (readonly [value: string, words: string])[],
  changed: (value: string) => void,
): HTMLElement {
  const rule = element('div', 'rule');
  const name = element('label', '', label);
  const select = element('select');
  select.id = id;
  name.htmlFor = id;
  select.disabled = !changeable;
  for (const [key, words] of options) {
    const option = element('option', '', words);
    option.value = key;
    select.append(option);
  }
  select.value = value;
  select.addEventListener('change', () => {
    changed(select.value);
  });
  rule.append(name, select);
  return rule;
}
