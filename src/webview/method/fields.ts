import { isFiltersType } from '../../api/filters';
import { isSecretName } from '../../api/secrets';
import type { WireType } from '../../api/types';
import { canBeEmpty, draftOf, isDateName, type ValueDraft } from '../../forms/value-draft';
import { translated, t } from '../../l10n/texts';
import { button, element, textArea, textInput } from '../ui';
import { conditionsControl } from './conditions';
import { controlId, focusIn, removeButton, type ControlFacts } from './parts';

/** Called with the new draft when the control changes. */
type Changed = (draft: ValueDraft) => void;

/** The control for a value: an input, a choice, or a group of controls for lists, entities and filters. */
export function controlOf(facts: ControlFacts, draft: ValueDraft, changed: Changed): HTMLElement {
  switch (draft.kind) {
    case 'yes-no':
      return yesOrNo(facts, draft.value, changed);
    case 'list':
      return listControl(facts, draft.items, changed);
    case 'fields':
      return fieldsControl(facts, draft.fields, changed);
    case 'filters':
      return conditionsControl(facts, draft.conditions, changed);
    case 'json':
      return jsonControl(facts, draft.text, changed);
    case 'text':
      return textControl(facts, draft, changed);
  }
}

function textControl(
  { path, name, type, label }: ControlFacts,
  { text, empty = false }: Extract<ValueDraft, { kind: 'text' }>,
  changed: Changed,
): HTMLElement {
  const kind = isSecretName(name) ? 'password' : type.kind === 'int' || type.kind === 'double' ? 'numeric' : 'text';
  const date = isDateName(name) ? (/^dob$/i.test(name) ? '1975-12-24' : '2026-11-28 09:30:00') : '';
  const input = textInput(controlId(path), text, kind, (typed) => {
    offer?.show(typed === '', false);
    changed({ kind: 'text', text: typed });
  });
  input.setAttribute('aria-labelledby', label);
  input.placeholder = date;
  if (type.kind === 'int' || type.kind === 'double') input.classList.add('number');
  else if (date !== '') input.classList.add('date');
  const offer = canBeEmpty(type)
    ? offerEmpty(name, (on) => {
        input.placeholder = on ? t('Empty text') : date;
        changed({ kind: 'text', text: '', empty: on });
      })
    : undefined;
  if (offer === undefined) return input;
  offer.show(text === '', text === '' && empty);
  if (text === '' && empty) input.placeholder = t('Empty text');
  const cell = element('div', 'text-cell');
  cell.append(input, offer.button);
  return cell;
}

/**
 * A button beside an empty input, which switches between leaving the value out and sending the empty text. @param name name of the value
 */
function offerEmpty(
  name: string,
  set: (on: boolean) => void,
): { readonly button: HTMLButtonElement; readonly show: (offered: boolean, on: boolean) => void } {
  const made = element('button', 'send-empty', t('Send empty'));
  made.type = 'button';
  made.title = t('Send the empty text instead of leaving the argument out');
  made.setAttribute('aria-label', t('Send empty {name}', { name }));
  const show = (offered: boolean, on: boolean): void => {
    made.hidden = !offered;
    made.setAttribute('aria-pressed', String(on));
  };
  made.addEventListener('click', () => {
    const on = made.getAttribute('aria-pressed') !== 'true';
    show(true, on);
    set(on);
  });
  return { button: made, show };
}

function jsonControl({ path, label }: ControlFacts, text: string, changed: Changed): HTMLElement {
  const area = textArea(controlId(path), text, (typed) => {
    changed({ kind: 'json', text: typed });
  });
  area.rows = Math.min(12, Math.max(3, text.split('\n').length));
  area.classList.add('json');
  area.placeholder = t('JSON, or plain text');
  area.setAttribute('aria-labelledby', label);
  return area;
}

function yesOrNo({ path, label }: ControlFacts, value: '' | 'yes' | 'no', changed: Changed): HTMLElement {
  const select = element('select');
  select.id = controlId(path);
  select.setAttribute('aria-labelledby', label);
  for (const [key, words] of [
    ['', t('Not given')],
    ['yes', t('Yes')],
    ['no', t('No')],
  ] as const) {
    const option = element('option', '', words);
    option.value = key;
    select.append(option);
  }
  select.value = value;
  select.addEventListener('change', () => {
    changed({ kind: 'yes-no', value: select.value === 'yes' ? 'yes' : select.value === 'no' ? 'no' : '' });
  });
  return select;
}

/** Values as a list, with a button that adds one. */
function listControl(facts: ControlFacts, before: readonly ValueDraft[], changed: Changed): HTMLElement {
  const { path, type, label } = facts;
  const of: WireType = type.kind === 'list' ? type.of : { kind: 'any' };
  let items = [...before];
  const group = element('div', 'group list');
  group.id = controlId(path);
  group.setAttribute('role', 'group');
  group.setAttribute('aria-labelledby', label);
  const rows = element('div', 'items');
  const tell = (): void => {
    changed({ kind: 'list', items });
  };
  const draw = (focus?: number): void => {
    rows.replaceChildren(
      ...items.map((item, index) => {
        const row = element('div', 'item');
        const words = element('span', 'place', String(index + 1));
        words.id = `label-${path}.${index}`;
        const control = controlOf({ ...facts, path: `${path}.${index}`, type: of, label: `${label} ${words.id}` }, item, (draft) => {
          items[index] = draft;
          tell();
        });
        row.append(
          words,
          control,
          removeButton(t('Remove {number}', { number: index + 1 }), () => {
            items = items.filter((_, other) => other !== index);
            tell();
            draw(Math.min(index, items.length - 1));
          }),
        );
        return row;
      }),
    );
    if (focus !== undefined) focusIn(rows.children[focus] ?? group);
  };
  draw();
  group.append(
    rows,
    button(t('Add'), () => {
      items.push(draftOf(of, undefined));
      tell();
      draw(items.length - 1);
    }),
  );
  return group;
}

/** The fields of an entity, each with its own control. */
function fieldsControl(facts: ControlFacts, before: Readonly<Record<string, ValueDraft>>, changed: Changed): HTMLElement {
  const { path, type, label } = facts;
  let fields = before;
  const group = element('div', 'group fields');
  group.id = controlId(path);
  group.setAttribute('role', 'group');
  group.setAttribute('aria-labelledby', label);
  for (const field of type.kind === 'entity' ? type.fields : []) {
    const row = element('div', 'field');
    const name = element('span', 'label', field.name);
    name.id = `label-${path}.${field.name}`;
    if (field.doc !== '') name.title = translated(field.doc);
    const draft = Object.hasOwn(before, field.name) ? before[field.name] : undefined;
    row.append(
      name,
      controlOf(
        { ...facts, path: `${path}.${field.name}`, name: field.name, type: field.type, label: name.id },
        draft ?? draftOf(field.type, undefined),
        (typed) => {
          fields = { ...fields, [field.name]: typed };
          changed({ kind: 'fields', fields });
        },
      ),
      element('p', 'problem'),
    );
    if (isFiltersType(field.type)) row.classList.add('wide');
    group.append(row);
  }
  return group;
}
