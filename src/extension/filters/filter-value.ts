import * as vscode from 'vscode';
import { translated, t } from '../../l10n/texts';
import { isOperator, operators } from '../../api/filters';
import { applyFix, findTraps, severities, type ArgFix } from '../../api/traps';
import { isList, isRecord, type SoapRecord } from '../../api/value';
import { showPrompt, showProblem } from '../messages';
import { openBox } from '../picks';
import { askChoice, askChoices, type Choice, type QuestionPosition, type Reply } from '../questions';
import type { Store } from '../stores/store';
import { oneLine, withoutIcons } from '../text';
import { attributeTitle } from '../customer/saved-filter';
import type { KnownValues } from './known-values';

/** The operand of a condition. */
type Value = string | readonly string[];

/** The condition whose value is asked for. */
export interface ValueQuestion {
  readonly store: Store;
  readonly place: QuestionPosition;
  readonly attribute: string;
  readonly operator: string;
  readonly before: Value | undefined;
  /** Known values with their names. Others can be typed, unless these are all. */
  readonly known: KnownValues;
}

/** Asks for the value of a condition: from a list if the possible values are known, otherwise in a box that checks the typed value. */
export async function askForValue(question: ValueQuestion): Promise<Reply<Value>> {
  const { operator, attribute, place, before, known } = question;
  const several = isOperator(operator) && operators[operator].takes === 'list';
  if (known.values.length === 0 || !(operator === 'eq' || operator === 'neq' || several)) return await typeValue(question, several);
  const choices = known.values.map(({ value, name }): Choice<string | undefined> => ({
    label: withoutIcons(name === '' ? value : name),
    description: name === '' ? '' : value,
    value,
  }));
  const others: readonly Choice<string | undefined>[] = known.all
    ? []
    : [
        {
          label: t('Other…'),
          description: t('Enter a number. The list shows only the numbers of customers that were read.'),
          value: undefined,
        },
      ];
  const placeHolder = attributeTitle(attribute);
  if (several) {
    const picked = typeof before === 'string' ? [before] : (before ?? []);
    const reply = await askChoices(place, placeHolder, [...choices, ...others], picked);
    if (typeof reply !== 'object') return reply;
    return reply.value.includes(undefined) ? await typeValue(question, several) : { value: reply.value.flatMap((value) => value ?? []) };
  }
  const reply = await askChoice(place, placeHolder, [...choices, ...others], typeof before === 'string' ? before : undefined);
  if (typeof reply !== 'object') return reply;
  return reply.value === undefined ? await typeValue(question, several) : { value: reply.value };
}

/** A box that warns about what the store would do with the value, with a button that fixes it. */
async function typeValue({ store, place, attribute, operator, before }: ValueQuestion, several: boolean): Promise<Reply<Value>> {
  const box = openBox();
  const parse = (text: string): Value =>
    several
      ? text
          .split(',')
          .map((part) => part.trim())
          .filter((part) => part !== '')
      : text;
  box.title = place.title;
  showPrompt(
    box,
    [
      `${attributeTitle(attribute)} ${isOperator(operator) ? translated(operators[operator].title) : operator} …`,
      ...(several ? [t('Separate several values with commas.')] : []),
      ...(isOperator(operator) ? [translated(operators[operator].doc)] : []),
    ].join(' '),
  );
  box.value = before === undefined ? '' : typeof before === 'string' ? before : before.join(', ');
  let fix: ArgFix | undefined;
  const check = (): boolean => {
    const checked = checkValue(store, attribute, operator, parse(box.value));
    fix = box.value === '' ? undefined : checked?.fix;
    const fixButton = fix === undefined ? [] : [{ iconPath: new vscode.ThemeIcon('lightbulb'), tooltip: oneLine(fix.title) }];
    box.buttons = [...(place.back ? [vscode.QuickInputButtons.Back] : []), ...fixButton];
    if (checked === undefined || box.value === '') showProblem(box, undefined);
    else
      showProblem(
        box,
        fix === undefined ? checked.message : t('{message} {fix}: use the button above.', { message: checked.message, fix: fix.title }),
        checked.severity,
      );
    return box.value.trim() !== '';
  };
  try {
    return await new Promise<Reply<Value>>((resolve) => {
      box.onDidChangeValue(check);
      box.onDidTriggerButton((button) => {
        if (button === vscode.QuickInputButtons.Back) {
          resolve('back');
          return;
        }
        if (fix === undefined) return;
        const fixed = valueAfter(fix, attribute, operator, parse(box.value));
        if (fixed !== undefined) box.value = typeof fixed === 'string' ? fixed : fixed.join(', ');
        check();
      });
      box.onDidAccept(() => {
        if (check()) resolve({ value: parse(box.value) });
        else showProblem(box, t('Enter a value to compare with. To find customers without a value, use "is empty".'));
      });
      box.onDidHide(() => {
        resolve(undefined);
      });
      box.show();
      check();
    });
  } finally {
    box.dispose();
  }
}

/** The first trap about a value. */
function checkValue(
  store: Store,
  attribute: string,
  operator: string,
  value: Value,
): { readonly message: string; readonly severity: vscode.InputBoxValidationSeverity; readonly fix: ArgFix | undefined } | undefined {
  const dialect = store.connection?.dialect;
  const [finding] = findTraps({
    method: 'customer.list',
    args: { filters: filtersWith(attribute, operator, value) },
    ...(dialect === undefined ? {} : { dialect }),
  }).toSorted((one, other) => severities.indexOf(one.severity) - severities.indexOf(other.severity));
  if (finding === undefined) return undefined;
  const { Info, Warning, Error: Wrong } = vscode.InputBoxValidationSeverity;
  return {
    message: finding.message,
    severity: finding.severity === 'error' ? Wrong : finding.severity === 'warning' ? Warning : Info,
    fix: finding.fixes[0],
  };
}

/** The value that a fix results in. `undefined` if it is not a text, a number or a list. */
function valueAfter(fix: ArgFix, attribute: string, operator: string, value: Value): Value | undefined {
  const { args } = applyFix({ method: 'customer.list', args: { filters: filtersWith(attribute, operator, value) } }, fix);
  const filters = isRecord(args) ? args['filters'] : undefined;
  const condition = isRecord(filters) ? filters[attribute] : undefined;
  const fixed = isRecord(condition) ? condition[operator] : undefined;
  if (isList(fixed)) return fixed.map(String);
  return typeof fixed === 'string' || typeof fixed === 'number' ? String(fixed) : undefined;
}

function filtersWith(attribute: string, operator: string, value: Value): SoapRecord {
  return { [attribute]: { [operator]: typeof value === 'string' ? value : [...value] } };
}
