import { FilterSettings } from '../customer/filter-settings';
import { RememberedCustomers } from '../customer/remembered-customers';
import type { Log } from '../log/log';
import { StoresTree } from '../tree/stores-tree';
import { StoresView } from '../tree/stores-view';
import type { Shell } from './shell';
import type { StoresFeature } from './stores';

/** The view "Stores". */
export interface TreeFeature {
  readonly filters: FilterSettings;
  readonly tree: StoresTree;
  /** The pinned and recent customers. */
  readonly remembered: RememberedCustomers;
  readonly view: StoresView;
}

export function makeTree(
  { context, track, storesRows, storesView }: Shell,
  { stores, demo, keys, methods }: StoresFeature,
  log: Log,
): TreeFeature {
  const filters = track(new FilterSettings(log));
  const remembered = new RememberedCustomers(context.workspaceState);
  const tree = track(new StoresTree(stores, demo, { filters, remembered, methods }));
  track(storesRows.fill(tree));
  return { filters, tree, remembered, view: track(new StoresView(storesView, tree, keys)) };
}
