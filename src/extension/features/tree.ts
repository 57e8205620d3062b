import { FilterSettings } from '../customer/filter-settings';
import type { Log } from '../log/log';
import { StoresTree } from '../tree/stores-tree';
import { StoresView } from '../tree/stores-view';
import type { Shell } from './shell';
import type { StoresFeature } from './stores';

/** The view "Stores". */
export interface TreeFeature {
  readonly filters: FilterSettings;
  readonly tree: StoresTree;
  readonly view: StoresView;
}

export function makeTree({ track, storesRows, storesView }: Shell, { stores, demo, keys, methods }: StoresFeature, log: Log): TreeFeature {
  const filters = track(new FilterSettings(log));
  const tree = track(new StoresTree(stores, demo, filters, methods));
  track(storesRows.fill(tree));
  return { filters, tree, view: track(new StoresView(storesView, tree, keys)) };
}
