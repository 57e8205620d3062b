import * as z from 'zod/mini';
import type { Handlers } from '../commands/commands';
import { tablePlace, type TablePlace, type TableSource } from '../../pages/table-messages';
import { customerAddress } from '../../api/resources/customer-address';
import { listMethod } from '../../forms/listing';
import { t } from '../../l10n/texts';
import { summarize } from '../customer/customer-summary';
import { planFor, MIN_PART_CHARS } from '../find/queries';
import { askInput } from '../messages';
import { pickOne } from '../picks';
import type { ActiveStore } from '../stores/active-store';
import { waitWithNotice } from '../stores/wait-with-notice';
import type { Store } from '../stores/store';
import type { KnownMethods } from '../stores/store-methods';
import { oneLine, withoutIcons } from '../text';
import { asTreeNode, storeNodeOf } from '../tree/nodes';
import type { FilterSettings } from '../customer/filter-settings';
import { askForList, chooseList } from './list-questions';
import type { TableViews } from './table-views';

/** The context that VS Code passes for a row of a table: `data-vscode-context` of the page. */
const cell = z.looseObject({ version: z.number(), row: z.number(), column: z.string() });

/** The context that VS Code passes for a heading. */
const heading = z.looseObject({ column: z.string() });

/** The commands that open tables, and those of the active table. */
export function tableCommands({
  views,
  active,
  filters,
  methods,
}: {
  readonly views: TableViews;
  readonly active: ActiveStore;
  readonly filters: FilterSettings;
  readonly methods: () => Promise<KnownMethods>;
}): Handlers<'table'> {
  return {
    'table.open': async (argument) => {
      const place = (await placeOf(argument)) ?? (argument === undefined ? await choose() : undefined);
      if (place !== undefined) await views.open(place);
    },
    'table.openAddresses': async (argument) => {
      const node = asTreeNode(argument);
      if (node?.kind === 'customer') await views.open({ store: node.store.id, source: addressesOf(summarize(node.row).id) });
    },
    'table.refresh': async () => {
      await views.do({ type: 'refresh' });
    },
    'table.columns': async () => {
      await views.do({ type: 'columns' });
    },
    'table.openCustomer': async (where) => {
      await openAt(where, false);
    },
    'table.editCustomer': async (where) => {
      await openAt(where, true);
    },
    'table.pinColumn': async (where) => {
      await pin(where, true);
    },
    'table.unpinColumn': async (where) => {
      await pin(where, false);
    },
    'table.copyCell': async (where) => {
      const { data } = cell.safeParse(where);
      if (data !== undefined) await views.do({ type: 'copy-cell', version: data.version, row: data.row, column: data.column });
    },
    'table.copyRows': async () => {
      await views.do({ type: 'copy', format: 'tsv' });
    },
    'table.copyRowsAsCsv': async () => {
      await views.do({ type: 'copy', format: 'csv' });
    },
    'table.export': async () => {
      await views.do({ type: 'export' });
    },
    'table.change': async () => {
      await views.do({ type: 'change' });
    },
    'table.delete': async () => {
      await views.do({ type: 'delete' });
    },
  };

  async function pin(where: unknown, on: boolean): Promise<void> {
    const { data } = heading.safeParse(where);
    if (data !== undefined) await views.do({ type: 'pin', column: data.column, on });
  }

  async function openAt(where: unknown, edit: boolean): Promise<void> {
    const { data } = cell.safeParse(where);
    if (data !== undefined) await views.do({ type: 'open', version: data.version, row: data.row, edit });
  }

  /** The list that a row of the tree refers to, or the list that Find Customer passes. */
  async function placeOf(argument: unknown): Promise<TablePlace | undefined> {
    const asked = tablePlace.safeParse(argument);
    if (asked.success) return asked.data;
    const node = asTreeNode(argument);
    const store = node === undefined ? undefined : storeNodeOf(node)?.store;
    if (node === undefined || store === undefined) return undefined;
    if (node.kind === 'resource' || node.kind === 'method') {
      const method = node.kind === 'method' ? node.method : listMethod(node.resource);
      const call = method === undefined ? undefined : await askForList(method);
      return call === undefined ? undefined : { store: store.id, source: { kind: 'list', ...call } };
    }
    return { store: store.id, source: node.kind === 'filter' ? { kind: 'filter', name: node.filter.name } : { kind: 'customers' } };
  }

  /** From the palette: asks which customers of the active store to show. */
  async function choose(): Promise<TablePlace | undefined> {
    const store = await active.needed(t('Select the store to show the customers of'));
    if (store === undefined) return undefined;
    const source = await chooseSource(store);
    return source === undefined ? undefined : { store: store.id, source };
  }

  /** From the palette: asks for a list other than customers. */
  async function chooseOther(store: Store, title: string): Promise<TableSource | undefined> {
    const { resources } = await waitWithNotice(t('Reading the methods of {store}', { store: oneLine(store.name) }), async (stop) =>
      (await methods()).of(store, await store.wanted(), stop),
    );
    const method = await chooseList(resources, title);
    const call = method === undefined ? undefined : await askForList(method);
    return call === undefined ? undefined : { kind: 'list', ...call };
  }

  async function chooseSource(store: Store): Promise<TableSource | undefined> {
    const all: TableSource = { kind: 'customers' };
    const items: readonly { readonly label: string; readonly description?: string; readonly source: TableSource | 'find' | 'other' }[] = [
      { label: `$(organization) ${t('All Customers')}`, source: all },
      ...filters.for(store).map(({ name }) => ({
        label: `$(filter) ${withoutIcons(name)}`,
        description: t('saved filter'),
        source: { kind: 'filter', name } as const,
      })),
      { label: `$(search) ${t('Find…')}`, description: t('by ID, e-mail or name'), source: 'find' },
      { label: `$(list-flat) ${t('Another List…')}`, description: t('groups, addresses and other lists of the store'), source: 'other' },
    ];
    const title = withoutIcons(t('Table of {store}', { store: store.config?.name ?? store.name }));
    const chosen = await pickOne(items, { title, placeHolder: t('Select what to show') });
    if (chosen === undefined) return undefined;
    if (typeof chosen.source === 'object') return chosen.source;
    if (chosen.source === 'other') return await chooseOther(store, title);
    const text = await askInput({
      title,
      prompt: t('ID, e-mail address or part of it, or name'),
      validateInput: (value) =>
        value.trim() === '' || planFor(value).length > 0 ? undefined : t('Enter at least {count} characters.', { count: MIN_PART_CHARS }),
    });
    return text === undefined || text.trim() === '' ? undefined : { kind: 'search', text: text.trim() };
  }
}

/** The addresses of a customer. */
function addressesOf(customer: string): TableSource {
  return { kind: 'list', method: `${customerAddress.name}.list`, args: [customer] };
}
