import * as vscode from 'vscode';
import { customerEntity } from '../../api/entities';
import { isOperator, operators } from '../../api/filters';
import { applyFix, findTraps, type ArgFix } from '../../api/traps';
import { isList, isRecord, type SoapRecord } from '../../api/value';
import { describe, object } from '../messages';
import type { Store } from '../stores/store';
import { oneLine, withoutIcons } from '../text';
import { attributeTitle } from '../customer/saved-filter';

type Value = string | readonly string[];

interface Option extends vscode.QuickPickItem {
  readonly value: string;
}

/** Asks what to compare with: from a list where the possible values are known, in a box that checks as one types otherwise. */
export async function askForValue(
  store: Store,
  title: string,
  attribute: string,
  operator: string,
  before: Value | undefined,
): Promise<Value | undefined> {
  const several = isOperator(operator) && operators[operator].takes === 'list';
  if (operator === 'eq' || operator === 'neq' || several) {
    const options = await optionsFor(store, attribute);
    if (options.length > 0)
      return several
        ? await pickSeveral(title, attribute, options, before)
        : (await vscode.window.showQuickPick(options, { title, placeHolder: attributeTitle(attribute), ignoreFocusOut: true }))?.value;
  }
  return await typeValue(store, title, attribute, operator, several, before);
}

async function pickSeveral(
  title: string,
  attribute: string,
  options: readonly Option[],
  before: Value | undefined,
): Promise<Value | undefined> {
  const items = options.map((option) => ({ ...option, picked: before?.includes(option.value) === true }));
  const chosen = await vscode.window.showQuickPick(items, {
    title,
    placeHolder: attributeTitle(attribute),
    canPickMany: true,
    ignoreFocusOut: true,
  });
  return chosen === undefined || chosen.length === 0 ? undefined : chosen.map(({ value }) => value);
}

/** The values an attribute can have, where they are few and known. A store that cannot be asked leaves the question open. */
async function optionsFor(store: Store, attribute: string): Promise<readonly Option[]> {
  const role = customerEntity.fields.find(({ name }) => name === attribute)?.role;
  if (role === 'gender')
    return [
      { label: 'Male', description: '1', value: '1' },
      { label: 'Female', description: '2', value: '2' },
    ];
  if (role !== 'group' || store.connection === undefined) return [];
  const { readGroups } = await import('../customer/grouping');
  const groups = await readGroups(store.connection.client, store.signal);
  return groups.map(({ id, name }) => ({ label: withoutIcons(name), description: id, value: id }));
}

/** A box that says what the store would make of the value, with a button for the way out. */
async function typeValue(
  store: Store,
  title: string,
  attribute: string,
  operator: string,
  several: boolean,
  before: Value | undefined,
): Promise<Value | undefined> {
  const box = vscode.window.createInputBox();
  const parse = (text: string): Value =>
    several
      ? text
          .split(',')
          .map((part) => part.trim())
          .filter((part) => part !== '')
      : text;
  box.title = title;
  describe(
    box,
    `${attributeTitle(attribute)} ${isOperator(operator) ? operators[operator].title : operator} …${several ? ' Several values with commas.' : ''} ${isOperator(operator) ? operators[operator].doc : ''}`,
  );
  box.ignoreFocusOut = true;
  box.value = before === undefined ? '' : typeof before === 'string' ? before : before.join(', ');
  let fix: ArgFix | undefined;
  const check = (): boolean => {
    const checked = checkValue(store, attribute, operator, parse(box.value));
    fix = box.value === '' ? undefined : checked?.fix;
    box.buttons = fix === undefined ? [] : [{ iconPath: new vscode.ThemeIcon('lightbulb'), tooltip: oneLine(fix.title) }];
    if (checked === undefined || box.value === '') object(box, undefined);
    else object(box, fix === undefined ? checked.message : `${checked.message} ${fix.title}: the button above does it.`, checked.severity);
    return box.value.trim() !== '';
  };
  try {
    return await new Promise<Value | undefined>((resolve) => {
      box.onDidChangeValue(check);
      box.onDidTriggerButton(() => {
        if (fix === undefined) return;
        const fixed = valueAfter(fix, attribute, operator, parse(box.value));
        if (fixed !== undefined) box.value = typeof fixed === 'string' ? fixed : fixed.join(', ');
        check();
      });
      box.onDidAccept(() => {
        if (check()) resolve(parse(box.value));
        else object(box, 'Enter what to compare with. For customers without a value there is "is empty".');
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

/** The worst that the traps say about a value. */
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
  });
  if (finding === undefined) return undefined;
  const { Info, Warning, Error: Wrong } = vscode.InputBoxValidationSeverity;
  return {
    message: finding.message,
    severity: finding.severity === 'error' ? Wrong : finding.severity === 'warning' ? Warning : Info,
    fix: finding.fixes[0],
  };
}

/** The value that a fix puts in its place, when it changes nothing else. */
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
