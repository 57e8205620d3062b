import * as vscode from 'vscode';
import { translated, t } from '../../l10n/texts';
import { customerEntity } from '../../api/entities';
import { ToolkitError } from '../../api/errors';
import { applyFix, findTraps, type ArgFix, type Finding } from '../../api/traps';
import { isRecord } from '../../api/value';
import { askChoice, askText, type Choice, type QuestionPosition, type Reply } from '../questions';
import type { Store } from '../stores/store';
import { withoutIcons } from '../text';
import type { WebsiteNames } from '../customer/websites';
import { askForValue } from './filter-value';
import { foundWords } from './found-count';
import { knownValues, wordsByName, type KnownValues } from './known-values';
import { operatorsFor, type OfferedOperator } from './operators-for';
import {
  storeFilters,
  attributeTitle,
  conditionsOf,
  filterOf,
  filterWords,
  savedFilter,
  type FilterCondition,
  type SavedFilter,
} from '../customer/saved-filter';
import { openList } from '../picks';

interface Entry extends vscode.QuickPickItem {
  readonly run?: () => Promise<boolean>;
}

/** Knowledge of the builder apart from the store. */
export interface FilterKnowledge {
  /** The names of other filters of the store. */
  readonly taken: readonly string[];
  /** The websites and store views of customers that were read. */
  readonly seen: WebsiteNames;
}

/**
 * Lets the user build a filter, condition by condition. Warns where the store would not do what the user expects, and counts the matching
 * customers.
 * @param before the filter to change. Without it, begins a new one
 * @returns `undefined` when it was left with Escape
 */
export async function buildFilter(store: Store, known: FilterKnowledge, before?: SavedFilter): Promise<SavedFilter | undefined> {
  return await new FilterBuilder(store, known, before).run();
}

/** One filter while it is being built. */
class FilterBuilder {
  #conditions: readonly FilterCondition[];
  #result: SavedFilter | undefined;
  /** The known values of the attributes in conditions. */
  readonly #named = new Map<string, KnownValues>();
  /** The last count, and the conditions that it belongs to. */
  #counted: { readonly of: string; readonly words: string } | undefined;

  constructor(
    private readonly store: Store,
    private readonly known: FilterKnowledge,
    private readonly before: SavedFilter | undefined,
  ) {
    this.#conditions = before === undefined ? [] : conditionsOf(before);
  }

  async run(): Promise<SavedFilter | undefined> {
    if (this.#conditions.length === 0 && (await this.#add(false)) !== 'done') return undefined;
    for (const { attribute } of this.#conditions) await this.#valuesOf(attribute);
    for (;;) {
      const chosen = await this.#page();
      if (chosen === undefined) return undefined;
      if ((await chosen.run?.()) === true) return this.#result;
    }
  }

  /** Shows the current filter until an entry is chosen. Meanwhile the matching customers are counted. */
  async #page(): Promise<Entry | undefined> {
    const pick = openList<Entry>();
    const stop = new AbortController();
    Object.assign(pick, {
      title: this.#title(),
      placeholder: t('Save the filter, add a condition, or select one to change'),
      matchOnDetail: true,
    });
    const conditions = filterOf(this.#conditions);
    const of = JSON.stringify(conditions);
    pick.items = this.#entries();
    try {
      return await new Promise<Entry | undefined>((resolve, reject) => {
        pick.onDidAccept(() => {
          const [chosen] = pick.activeItems;
          if (chosen !== undefined) resolve(chosen);
        });
        pick.onDidHide(() => {
          resolve(undefined);
        });
        pick.show();
        if (this.#counted?.of === of) return;
        pick.busy = true;
        foundWords(this.store, conditions, stop.signal).then((words) => {
          if (stop.signal.aborted) return;
          this.#counted = { of, words };
          pick.busy = false;
          const active = pick.items.indexOf(pick.activeItems[0] ?? { label: '' });
          pick.items = this.#entries();
          const same = pick.items[active];
          if (same !== undefined) pick.activeItems = [same];
        }, reject);
      });
    } finally {
      stop.abort();
      pick.dispose();
    }
  }

  #title(): string {
    const store = withoutIcons(this.store.config?.name ?? this.store.name);
    if (this.before === undefined) return t('New Filter for {store}', { store });
    return t('Filter {name} for {store}', { name: withoutIcons(this.before.name), store });
  }

  #place(back: boolean): QuestionPosition {
    return { title: this.#title(), back };
  }

  #entries(): Entry[] {
    const separator = (label: string): Entry => ({ label, kind: vscode.QuickPickItemKind.Separator });
    const findings = this.#findings();
    const counted = this.#counted?.of === JSON.stringify(filterOf(this.#conditions)) ? this.#counted.words : t('counting…');
    return [
      {
        label: `$(check) ${t('Save Filter')}`,
        description: withoutIcons(counted),
        run: async () => await this.#save(),
      },
      {
        label: `$(add) ${t('Add Condition')}`,
        run: async () => {
          await this.#add(true);
          return false;
        },
      },
      ...(findings.length === 0 ? [] : [separator(t('What the store would do'))]),
      ...findings.map((finding) => this.#findingEntry(finding)),
      separator(t('Conditions (all must match)')),
      ...this.#conditions.map((condition, index): Entry => ({
        label: `$(filter) ${withoutIcons(wordsByName(condition, this.#named.get(condition.attribute)?.values ?? []))}`,
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
      args: { filters: storeFilters(filterOf(this.#conditions)) },
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
    const { args } = applyFix({ method: 'customer.list', args: { filters: storeFilters(filterOf(this.#conditions)) } }, fix);
    const fixed = savedFilter.safeParse({
      ...filterOf(this.#conditions),
      name: 'fixed',
      filters: isRecord(args) ? args['filters'] : undefined,
    });
    if (fixed.success) this.#conditions = conditionsOf(fixed.data);
  }

  /** Asks for one more condition. @param back whether there is a page to go back to */
  async #add(back: boolean): Promise<'done' | 'back' | undefined> {
    const reply = await this.#ask(undefined, back);
    if (typeof reply !== 'object') return reply;
    const condition = reply.value;
    // The store takes one value for an attribute and operator, so the new one replaces the old one.
    this.#conditions = [
      ...this.#conditions.filter(({ attribute, operator }) => attribute !== condition.attribute || operator !== condition.operator),
      condition,
    ];
    return 'done';
  }

  async #change(index: number): Promise<void> {
    const before = this.#conditions[index];
    if (before === undefined) return;
    const title = withoutIcons(wordsByName(before, this.#named.get(before.attribute)?.values ?? []));
    const actions = [
      { label: `$(edit) ${t('Change')}`, value: 'change' },
      { label: `$(trash) ${t('Remove')}`, value: 'remove' },
    ] as const;
    const chosen = await askChoice<'change' | 'remove'>(
      { title, back: true },
      t('Select what to do with this condition'),
      actions,
      undefined,
    );
    if (typeof chosen !== 'object') return;
    if (chosen.value === 'remove') {
      this.#conditions = this.#conditions.filter((_, place) => place !== index);
      return;
    }
    const after = await this.#ask(before, true);
    if (typeof after === 'object')
      this.#conditions = this.#conditions.map((condition, place) => (place === index ? after.value : condition));
  }

  /** Asks for attribute, operator and value. Back leads from each to the one before. */
  async #ask(before: FilterCondition | undefined, back: boolean): Promise<Reply<FilterCondition>> {
    let attribute = before?.attribute;
    let operator = before?.operator;
    for (;;) {
      if (before === undefined) {
        const reply = await this.#askAttribute(attribute, back);
        if (typeof reply !== 'object') return reply;
        attribute = reply.value;
      }
      if (attribute === undefined) return undefined;
      const condition = await this.#askRest(attribute, operator, before);
      if (condition !== 'back' || before !== undefined) return condition;
      operator = undefined;
    }
  }

  /** Asks for operator and value of an attribute. */
  async #askRest(attribute: string, usual: string | undefined, before: FilterCondition | undefined): Promise<Reply<FilterCondition>> {
    const known = await this.#valuesOf(attribute);
    let operator = usual;
    for (;;) {
      const chosen = await this.#askOperator(attribute, operator);
      if (typeof chosen !== 'object') return chosen;
      operator = chosen.value;
      if (operator === 'empty' || operator === 'notEmpty') return { value: { attribute, operator, value: '' } };
      const value = await askForValue({
        store: this.store,
        place: this.#place(true),
        attribute,
        operator,
        before: before?.operator === operator ? before.value : undefined,
        known,
      });
      if (typeof value === 'object') return { value: { attribute, operator, value: value.value } };
      if (value === undefined) return undefined;
    }
  }

  /** The known values of an attribute. Empty if the store does not return its groups, so that a value can still be typed. */
  async #valuesOf(attribute: string): Promise<KnownValues> {
    const known = this.#named.get(attribute);
    if (known !== undefined) return known;
    try {
      const values = await knownValues(this.store, attribute, this.known.seen);
      this.#named.set(attribute, values);
      return values;
    } catch (error) {
      if (error instanceof ToolkitError) return { values: [], all: false };
      throw error;
    }
  }

  /** Asks for an attribute, the most common ones first. Secrets are not offered. */
  async #askAttribute(before: string | undefined, back: boolean): Promise<Reply<string>> {
    const first = ['email', 'firstname', 'lastname', 'group_id', 'website_id', 'created_at'];
    const rank = (name: string): number => (first.includes(name) ? first.indexOf(name) : first.length);
    const fields = customerEntity.fields.filter(({ role }) => role !== 'secret').toSorted((a, b) => rank(a.name) - rank(b.name));
    const choices = fields.map(({ name, title, doc }) => ({
      label: translated(title),
      description: name,
      detail: translated(doc),
      value: name,
    }));
    return await askChoice(this.#place(back), t('Select an attribute'), choices, before);
  }

  /** Asks for an operator. Operators that fit the attribute come first, and one entry shows the others. */
  async #askOperator(attribute: string, before: string | undefined): Promise<Reply<string>> {
    const { fitting, others } = operatorsFor(attribute);
    const choice = ({ operator, title, doc }: OfferedOperator): Choice<string | undefined> => ({
      label: translated(title),
      description: operator === 'empty' || operator === 'notEmpty' ? '' : operator,
      detail: translated(doc),
      value: operator,
    });
    const more: readonly Choice<string | undefined>[] =
      others.length === 0 ? [] : [{ label: t('Other Operators…'), description: t('All operators of the API'), value: undefined }];
    const rare = others.some(({ operator }) => operator === before);
    const placeHolder = `${attributeTitle(attribute)} …`;
    for (let all = rare; ;) {
      const choices = all ? [...fitting, ...others].map(choice) : [...fitting.map(choice), ...more];
      const reply = await askChoice<string | undefined>(this.#place(true), placeHolder, choices, before);
      if (reply === 'back' && all && !rare) all = false;
      else if (typeof reply !== 'object') return reply;
      else if (reply.value !== undefined) return { value: reply.value };
      else all = true;
    }
  }

  /** @returns whether the filter is complete */
  async #save(): Promise<boolean> {
    const conditions = filterOf(this.#conditions);
    const words = this.#conditions.map((condition) => wordsByName(condition, this.#named.get(condition.attribute)?.values ?? []));
    const reply = await askText(this.#place(true), {
      prompt: t('Name of the filter'),
      value: this.before?.name ?? (words.length === 0 ? filterWords(conditions) : words.join(t(' and '))),
      problem: (value) => nameProblem(value, this.known.taken, this.before?.name),
    });
    if (typeof reply !== 'object') return false;
    const name = reply.value.text.trim();
    this.#result = { ...(this.before?.store === undefined ? {} : { store: this.before.store }), name, ...conditions };
    return true;
  }
}

/** Why a filter cannot have this name. */
export function nameProblem(name: string, taken: readonly string[], own: string | undefined): string | undefined {
  if (name.trim() === '') return t('Enter a name.');
  return name.trim() !== own && taken.includes(name.trim()) ? t('This store already has a filter with this name.') : undefined;
}
