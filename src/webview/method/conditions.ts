import { isOperator, operators } from '../../api/filters';
import { conditionOperators, type ConditionDraft, type ValueDraft } from '../../forms/value-draft';
import { translated, t } from '../../l10n/texts';
import { button, element } from '../ui';
import { controlId, focusIn, removeButton, type ControlFacts } from './parts';

/** Filters as a list of conditions, all of which must be true. */
export function conditionsControl(
  { path, label, attributes }: ControlFacts,
  before: readonly ConditionDraft[],
  changed: (draft: ValueDraft) => void,
): HTMLElement {
  let conditions = [...before];
  const group = element('div', 'group conditions');
  group.id = controlId(path);
  group.setAttribute('role', 'group');
  group.setAttribute('aria-labelledby', label);
  const known = element('datalist');
  known.id = `attributes-${path}`;
  known.append(
    ...attributes.map((name) => {
      const option = element('option');
      option.value = name;
      return option;
    }),
  );
  const rows = element('div', 'items');
  const tell = (): void => {
    changed({ kind: 'filters', conditions });
  };
  const draw = (focus?: number): void => {
    rows.replaceChildren(
      ...conditions.map((condition, index) => {
        const row = conditionRow(condition, index, known.id, (next) => {
          conditions[index] = next;
          tell();
        });
        row.id = controlId(`${path}.${index}`);
        row.append(
          removeButton(t('Remove condition {number}', { number: index + 1 }), () => {
            conditions = conditions.filter((_, other) => other !== index);
            tell();
            draw(Math.min(index, conditions.length - 1));
          }),
          element('p', 'problem'),
        );
        return row;
      }),
    );
    if (focus !== undefined) focusIn(rows.children[focus] ?? group);
  };
  draw();
  group.append(
    known,
    rows,
    button(t('Add condition'), () => {
      conditions.push({ attribute: '', operator: 'eq', value: '' });
      tell();
      draw(conditions.length - 1);
    }),
  );
  return group;
}

function conditionRow(before: ConditionDraft, index: number, known: string, changed: (next: ConditionDraft) => void): HTMLElement {
  let now = before;
  const set = (part: Partial<ConditionDraft>): void => {
    now = { ...now, ...part };
    changed(now);
  };
  const row = element('div', 'condition');
  const attribute = element('input', 'attribute');
  attribute.value = before.attribute;
  attribute.placeholder = t('Attribute');
  attribute.setAttribute('list', known);
  attribute.setAttribute('aria-label', t('Attribute of condition {number}', { number: index + 1 }));
  attribute.spellcheck = false;
  attribute.addEventListener('input', () => {
    set({ attribute: attribute.value });
  });
  const operator = element('select');
  operator.setAttribute('aria-label', t('Operator of condition {number}', { number: index + 1 }));
  for (const name of conditionOperators) {
    const option = element('option', '', translated(operators[name].title));
    option.value = name;
    option.title = translated(operators[name].doc);
    operator.append(option);
  }
  operator.value = before.operator;
  const value = element('input', 'operand');
  value.value = before.value;
  value.dir = 'auto';
  value.spellcheck = false;
  value.setAttribute('aria-label', t('Value of condition {number}', { number: index + 1 }));
  value.addEventListener('input', () => {
    set({ value: value.value });
  });
  const fit = (): void => {
    const takes = isOperator(operator.value) ? operators[operator.value].takes : 'value';
    value.hidden = takes === 'none';
    value.placeholder = takes === 'list' ? t('Values, separated by commas') : t('Value');
    operator.title = isOperator(operator.value) ? translated(operators[operator.value].doc) : '';
  };
  operator.addEventListener('change', () => {
    set({ operator: operator.value });
    fit();
  });
  fit();
  row.append(attribute, operator, value);
  return row;
}
