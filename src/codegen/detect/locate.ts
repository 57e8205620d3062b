import type { ArgPath } from '../../api/traps';
import { entryOf, type CodeNode, type MapEntry } from './node';

/** The target of a path in a tree of arguments. */
export interface Located {
  /** The node, or its nearest ancestor that exists. */
  readonly node: CodeNode;
  /** The entry of the node, if it is in a map. */
  readonly entry: MapEntry | undefined;
  /** Whether the whole path was found. */
  readonly exact: boolean;
}

/** Follows a path of argument names, keys and indexes. */
export function locate(root: CodeNode, path: ArgPath): Located {
  let place: Located = { node: root, entry: undefined, exact: true };
  for (const step of path) {
    const { node } = place;
    if (node.kind === 'map') {
      const entry = entryOf(node, String(step));
      if (entry?.value === undefined) return { ...place, exact: false };
      place = { node: entry.value, entry, exact: true };
    } else if (node.kind === 'list') {
      const item = node.items[Number(step)];
      if (item === undefined) return { ...place, exact: false };
      place = { node: item, entry: undefined, exact: true };
    } else {
      return { ...place, exact: false };
    }
  }
  return place;
}
