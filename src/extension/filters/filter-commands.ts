import { t } from '../../l10n/texts';
import type { Handler, Handlers } from '../commands/commands';
import { askInput, confirmed } from '../messages';
import type { ActiveStore } from '../stores/active-store';
import { oneLine } from '../text';
import type { FilterNode } from '../tree/customer-nodes';
import { asTreeNode, storeNodeOf, type StoreNode } from '../tree/nodes';
import type { StoresTree } from '../tree/stores-tree';
import type { StoresView } from '../tree/stores-view';
import type { FilterKnowledge } from './filter-builder';
import type { FilterSettings } from '../customer/filter-settings';

/** The dependencies of the commands for filters. */
export interface FilterServices {
  readonly tree: StoresTree;
  readonly view: StoresView;
  readonly active: ActiveStore;
  readonly filters: FilterSettings;
}

/** The commands that create, change and delete saved filters. */
export function filterCommands({ tree, view, active, filters }: FilterServices): Handlers<'filters'> {
  return {
    'filter.new': async (argument) => {
      const node = await storeFor(argument);
      if (node === undefined) return;
      const { buildFilter } = await import('./filter-builder');
      const filter = await buildFilter(node.store, knownOf(node));
      if (filter === undefined) return;
      await filters.add(node.store, filter);
      await show(node, filter.name);
    },
    'filter.edit': onFilter(async (node, storeNode) => {
      const { buildFilter } = await import('./filter-builder');
      const filter = await buildFilter(node.store, knownOf(storeNode), node.filter);
      if (filter === undefined) return;
      await filters.replace(node.store, node.filter.name, filter);
      await show(storeNode, filter.name);
    }),
    'filter.rename': onFilter(async ({ store, filter }, storeNode) => {
      const { nameProblem } = await import('./filter-builder');
      const name = await askInput({
        prompt: t('Name of the filter'),
        value: filter.name,
        validateInput: (value) => nameProblem(value, namesOf(storeNode), filter.name),
      });
      if (name !== undefined) await filters.replace(store, filter.name, { ...filter, name: name.trim() });
    }),
    'filter.delete': onFilter(async ({ store, filter }) => {
      const detail = t('This removes the filter from the settings. The customers are not deleted.');
      if (await confirmed(t('Delete the filter "{name}"?', { name: oneLine(filter.name) }), detail, t('Delete')))
        await filters.remove(store, filter.name);
    }),
  };

  function knownOf(node: StoreNode): FilterKnowledge {
    return { taken: namesOf(node), seen: tree.websiteNamesOf(node.store) };
  }

  /** Shows the row of a filter. It exists as soon as the settings are written. */
  async function show(node: StoreNode, name: string): Promise<void> {
    tree.refresh(node);
    const row = node.filters.find(({ filter }) => filter.name === name);
    if (row !== undefined) await view.expand(row);
  }

  async function storeFor(argument: unknown): Promise<StoreNode | undefined> {
    const given = asTreeNode(argument);
    const clicked = given === undefined ? undefined : storeNodeOf(given);
    if (clicked !== undefined) return clicked;
    const store = await active.needed(t('Select a store for the filter'));
    return tree.storeNodes().find((node) => node.store === store);
  }
}

function namesOf(node: StoreNode): readonly string[] {
  return node.filters.map(({ filter }) => filter.name);
}

function onFilter(action: (node: FilterNode, storeNode: StoreNode) => Promise<void>): Handler {
  return async (argument) => {
    const node = asTreeNode(argument);
    if (node?.kind !== 'filter') return;
    const storeNode = storeNodeOf(node);
    if (storeNode !== undefined) await action(node, storeNode);
  };
}
