import * as vscode from 'vscode';
import { customerEntity } from '../../api/entities';
import { operators } from '../../api/filters';
import { applyFix, findTraps, type ArgFix, type Finding } from '../../api/traps';
import { isRecord } from '../../api/value';
import { askInput } from '../messages';
import type { Store } from '../stores/store';
import { withoutIcons } from '../text';
import { askForValue } from './filter-value';
import {
  asked,
  attributeTitle,
  conditionsOf,
  conditionWords,
  filterOf,
  filterWords,
  savedFilter,
  type FilterCondition,
  type SavedFilter,
} from '../customer/saved-filter';

interface Entry extends vscode.QuickPickItem {
  readonly run?: () => Promise<boolean>;
}

/** Operators as the builder offers them: those that mislead are left out, what the API cannot say is added. */
const offered = ['eq', 'like', 'in', 'from', 'to', 'gt', 'lt', 'gteq', 'lteq', 'neq', 'nlike', 'nin', 'finset', 'regexp'] as const;

/**
 * Lets somebody put a filter together, condition by condition, and says where the store would not do what they mean.
 * @param before the filter to change; a new one otherwise
 * @returns `undefined` when it was left with Escape
 */
export async function buildFilter(store: Store, taken: readonly string[], before?: SavedFilter): Promise<SavedFilter | undefined> {
  const builder = new FilterBuilder(store, taken, before);
  return await builder.run();
}

/** One filter while it is being made. */
class FilterBuilder {
  #conditions: readonly FilterCondition[];
  #result: SavedFilter | undefined;

  constructor(
    private readonly store: Store,
    private readonly taken: readonly string[],
    private readonly before: SavedFilter | undefined,
  ) {
    this.#conditions = before === undefined ? [] : conditionsOf(before);
  }

  async run(): Promise<SavedFilter | undefined> {
    if (this.#conditions.length === 0 && !(await this.#add())) return undefined;
    for (;;) {
      const chosen = await vscode.window.showQuickPick(this.#entries(), {
        title: this.#title(),
        placeHolder: 'Add another condition, change one, or save the filter',
        ignoreFocusOut: true,
        matchOnDetail: true,
      });
      if (chosen === undefined) return undefined;
      if ((await chosen.run?.()) === true) return this.#result;
    }
  }

  #title(): string {
    return `${this.before === undefined ? 'New Filter' : `Filter ${withoutIcons(this.before.name)}`} for ${withoutIcons(this.store.config?.name ?? this.store.name)}`;
  }

  #entries(): Entry[] {
    const separator = (label: string): Entry => ({ label, kind: vscode.QuickPickItemKind.Separator });
    const findings = this.#findings();
    return [
      {
        label: '$(check) Save Filter',
        description: withoutIcons(filterWords(filterOf(this.#conditions))),
        run: async () => await this.#save(),
      },
      {
        label: '$(add) Add Condition',
        run: async () => {
          await this.#add();
          return false;
        },
      },
      ...(findings.length === 0 ? [] : [separator('what the store would do')]),
      ...findings.map((finding) => this.#findingEntry(finding)),
      separator('conditions, all of which must hold'),
      ...this.#conditions.map((condition, index): Entry => ({
        label: `$(filter) ${withoutIcons(conditionWords(condition))}`,
        description: withoutIcons(condition.attribute),
        run: async () => {
          await this.#change(index);
          return false;
        },
      })),
    ];
  }

  #findings(): readonly Finding[] {
    const dialect = this.store.connection?.dialect;
    return findTraps({
      method: 'customer.list',
      args: { filters: asked(filterOf(this.#conditions)) },
      ...(dialect === undefined ? {} : { dialect }),
    });
  }

  #findingEntry(finding: Finding): Entry {
    const fix = finding.fixes[0];
    const icon = finding.severity === 'error' ? 'error' : finding.severity === 'warning' ? 'warning' : 'info';
    return {
      label: `$(${icon}) ${withoutIcons(finding.message)}`,
      ...(fix === undefined ? {} : { description: `$(lightbulb) ${withoutIcons(fix.title)}` }),
      detail: withoutIcons(finding.why),
      run: () => {
        if (fix !== undefined) this.#apply(fix);
        return Promise.resolve(false);
      },
    };
  }

  #apply(fix: ArgFix): void {
    const { args } = applyFix({ method: 'customer.list', args: { filters: asked(filterOf(this.#conditions)) } }, fix);
    const fixed = savedFilter.safeParse({
      ...filterOf(this.#conditions),
      name: 'fixed',
      filters: isRecord(args) ? args['filters'] : undefined,
    });
    if (fixed.success) this.#conditions = conditionsOf(fixed.data);
  }

  /** @returns whether a condition was made */
  async #add(): Promise<boolean> {
    const condition = await this.#ask(undefined);
    if (condition === undefined) return false;
    // The store takes one value for an attribute and operator: the new one replaces the old.
    this.#conditions = [
      ...this.#conditions.filter(({ attribute, operator }) => attribute !== condition.attribute || operator !== condition.operator),
      condition,
    ];
    return true;
  }

  async #change(index: number): Promise<void> {
    const before = this.#conditions[index];
    if (before === undefined) return;
    const change: Entry = { label: '$(edit) Change' };
    const remove: Entry = { label: '$(trash) Remove' };
    const chosen = await vscode.window.showQuickPick([change, remove], {
      title: withoutIcons(conditionWords(before)),
      ignoreFocusOut: true,
    });
    if (chosen === remove) this.#conditions = this.#conditions.filter((_, place) => place !== index);
    if (chosen !== change) return;
    const after = await this.#ask(before);
    if (after !== undefined) this.#conditions = this.#conditions.map((condition, place) => (place === index ? after : condition));
  }

  async #ask(before: FilterCondition | undefined): Promise<FilterCondition | undefined> {
    const attribute = before?.attribute ?? (await this.#askAttribute());
    if (attribute === undefined) return undefined;
    const operator = await this.#askOperator(attribute, before?.operator);
    if (operator === undefined) return undefined;
    if (operator === 'empty' || operator === 'notEmpty') return { attribute, operator, value: '' };
    const value = await askForValue(
      this.store,
      this.#title(),
      attribute,
      operator,
      before?.operator === operator ? before.value : undefined,
    );
    return value === undefined ? undefined : { attribute, operator, value };
  }

  /** The most common ones come first; secrets are never offered. */
  async #askAttribute(): Promise<string | undefined> {
    const first = ['email', 'firstname', 'lastname', 'group_id', 'website_id', 'created_at'];
    const rank = (name: string): number => (first.includes(name) ? first.indexOf(name) : first.length);
    const fields = customerEntity.fields.filter(({ role }) => role !== 'secret').toSorted((a, b) => rank(a.name) - rank(b.name));
    const items = fields.map(({ name, title, doc }) => ({ label: title, description: name, detail: doc, name }));
    const chosen = await vscode.window.showQuickPick(items, {
      title: this.#title(),
      placeHolder: 'Which attribute?',
      ignoreFocusOut: true,
      matchOnDescription: true,
    });
    return chosen?.name;
  }

  async #askOperator(attribute: string, before: string | undefined): Promise<string | undefined> {
    const items = [
      ...offered.map((operator) => ({
        label: operators[operator].title,
        description: operator,
        detail: operators[operator].doc,
        operator: operator,
      })),
      {
        label: 'is empty',
        description: '',
        detail: 'Has no value. The API cannot look for that, so the customers are read and looked through here.',
        operator: 'empty',
      },
      { label: 'is not empty', description: '', detail: 'Has a value.', operator: 'notEmpty' },
    ];
    const usual = items.find(({ operator }) => operator === before);
    const ordered = usual === undefined ? items : [usual, ...items.filter((item) => item !== usual)];
    const chosen = await vscode.window.showQuickPick(ordered, {
      title: this.#title(),
      placeHolder: `${attributeTitle(attribute)} …`,
      ignoreFocusOut: true,
      matchOnDescription: true,
    });
    return chosen?.operator;
  }

  /** @returns whether it is done */
  async #save(): Promise<boolean> {
    const conditions = filterOf(this.#conditions);
    const name = await askInput({
      title: this.#title(),
      prompt: 'Name under which the filter is shown.',
      value: this.before?.name ?? filterWords(conditions),
      ignoreFocusOut: true,
      validateInput: (value) => nameProblem(value, this.taken, this.before?.name),
    });
    if (name === undefined) return false;
    this.#result = { ...(this.before?.store === undefined ? {} : { store: this.before.store }), name: name.trim(), ...conditions };
    return true;
  }
}

/** Why a filter cannot have this name. */
export function nameProblem(name: string, taken: readonly string[], own: string | undefined): string | undefined {
  if (name.trim() === '') return 'Enter a name.';
  return name.trim() !== own && taken.includes(name.trim()) ? 'This store has a filter of this name.' : undefined;
}
