import { helpAddress } from '../topics';
import { ToolkitError } from '../../api/errors';
import type { TableState, EmptyTable, TablePlace } from '../../pages/table-messages';
import { filterWords, type SavedFilter } from '../customer/saved-filter';
import { knownResources } from '../../api/resources';
import { maskValue } from '../../store/masking/mask';
import { plural, translated, t } from '../../l10n/texts';
import { planFor, MIN_PART_CHARS } from '../find/queries';
import { readOnlyWords } from '../stores/read-only';
import type { Store } from '../stores/store';
import { oneLine } from '../text';
import type { ListTable } from './list-table';

/** The parts of a table's state that are not its rows. */
export interface TableContext {
  readonly place: TablePlace;
  /** `undefined` for a store that is no longer in the settings. */
  readonly store: Pick<Store, 'name' | 'config' | 'environment' | 'readOnly' | 'cannot'> | undefined;
  readonly filter: SavedFilter | undefined;
  /** Why no rows can be read at all. */
  readonly problem: ToolkitError | undefined;
  /** The preparation under way before rows can be read. */
  readonly connecting: string | undefined;
}

/** Title of the table, as its tab shows it. */
export function tableTitle({ source }: TablePlace): string {
  switch (source.kind) {
    case 'customers':
      return t('Customers');
    case 'filter':
      return source.name;
    case 'search':
      return `"${source.text}"`;
    case 'list': {
      const words = knownResources.resourceOf(source.method)?.words.many;
      if (words === undefined) return source.method;
      const many = translated(words);
      return `${many.slice(0, 1).toUpperCase()}${many.slice(1)}`;
    }
  }
}

/** The condition that all rows of a table meet, in words. */
function conditionsOf({ source }: TablePlace, filter: SavedFilter | undefined): string {
  switch (source.kind) {
    case 'customers':
      return '';
    case 'filter':
      return filter === undefined ? '' : filterWords(filter);
    case 'search':
      return t('ID, e-mail or name');
    case 'list':
      return argumentWords(source);
  }
}

/** The arguments of a list, such as `customerId 12`. */
export function argumentWords({ method, args }: Extract<TablePlace['source'], { kind: 'list' }>): string {
  const names = knownResources.find(method)?.args.map(({ name }) => name) ?? [];
  const given = args.flatMap((value, index) => (value === null ? [] : [{ name: names[index] ?? '', value: maskValue(value) }]));
  return given.map(({ name, value }) => `${name} ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`.trim()).join(', ');
}

/** Everything that the page draws. */
export function tableState(table: ListTable, ground: TableContext): TableState {
  const { place, store, filter } = ground;
  const problem = (ground.problem ?? table.rows.problem)?.words;
  const busy = ground.connecting ?? table.busy;
  const findable = findableText(table, ground);
  return {
    place,
    title: oneLine(tableTitle(place)),
    conditions: oneLine(conditionsOf(place, filter)),
    customers: table.subject.customers,
    opens: table.opens,
    store: oneLine(store?.config?.name ?? store?.name ?? ''),
    environment: store?.environment,
    readOnly: store?.readOnly === true ? readOnlyWords() : undefined,
    undeletable: store?.cannot('delete'),
    grid: table.grid,
    count: table.count,
    more: table.rows.started && table.rows.more,
    loadsOn: table.loadsOn,
    busy,
    problem:
      problem === undefined
        ? undefined
        : { what: problem.what, said: problem.said, why: problem.why, next: problem.next, help: helpAddress(problem) },
    empty: problem === undefined && busy === undefined ? emptyTable(table, ground, findable) : undefined,
    selection: table.selection,
    edits: table.edits,
    findable,
  };
}

/** Why no rows can be read at all: the store or the saved filter no longer exists. */
export function whyNoRows({ source }: TablePlace, store: unknown, filter: SavedFilter | undefined): ToolkitError | undefined {
  if (store === undefined)
    return new ToolkitError('input', {
      code: 'store-gone',
      what: t('The store of this table no longer exists.'),
      next: t('Start the demo store or add the store again, then retry.'),
    });
  if (source.kind === 'filter' && filter === undefined)
    return new ToolkitError('input', {
      code: 'filter-gone',
      what: t('The filter "{name}" no longer exists.', { name: oneLine(source.name) }),
      next: t('Close this table, or save a filter with this name.'),
    });
  return undefined;
}

/** The text of the typed filter, if the whole store can be searched for it and may contain more than the loaded rows. */
export function findableText(table: ListTable, { place, store }: Pick<TableContext, 'place' | 'store'>): string | undefined {
  const text = table.grid.filter.trim();
  if (place.source.kind === 'list') return undefined;
  const elsewhere = table.rows.more || place.source.kind !== 'customers';
  return store !== undefined && elsewhere && planFor(text).length > 0 ? text : undefined;
}

function emptyTable(table: ListTable, { place, store }: TableContext, findable: string | undefined): EmptyTable | undefined {
  const { rows, grid } = table;
  if (place.source.kind === 'search' && planFor(place.source.text).length === 0)
    return { words: t('Enter at least {count} characters.', { count: MIN_PART_CHARS }), action: undefined };
  if (grid.shown > 0 || !rows.started) return undefined;
  if (grid.total > 0)
    return {
      words: noneContains(table, oneLine(grid.filter.trim())),
      action:
        findable === undefined ? { id: 'clear-filter', label: t('Clear filter') } : { id: 'look', label: t('Search the whole store') },
    };
  if (rows.more)
    return {
      words: table.subject.customers
        ? t('No customers found so far. Load more to continue the search.')
        : t('No rows found so far. Load more to continue the search.'),
      action: undefined,
    };
  switch (place.source.kind) {
    case 'customers':
      return store?.readOnly === true
        ? { words: t('This store has no customers.'), action: undefined }
        : { words: t('This store has no customers yet.'), action: { id: 'new', label: t('New customer') } };
    case 'filter':
      return { words: t('No customer of the store matches this filter.'), action: { id: 'edit-filter', label: t('Edit filter') } };
    case 'search':
      return { words: t('No customer of the store has this ID, e-mail address or name.'), action: undefined };
    case 'list':
      return { words: t('The store returned no rows.'), action: undefined };
  }
}

/** The message when no loaded row matches the typed filter. */
function noneContains({ grid: { total }, subject: { customers } }: ListTable, text: string): string {
  return customers
    ? plural(total, 'The {count} loaded customer does not contain "{text}".', 'None of the {count} loaded customers contain "{text}".', {
        text,
      })
    : plural(total, 'The {count} loaded row does not contain "{text}".', 'None of the {count} loaded rows contain "{text}".', { text });
}
