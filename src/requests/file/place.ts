import { getLocation } from 'jsonc-parser';
import { type RequestFile, type SavedRequest } from './model';
import { descend, propertyAt } from './tree';

/** The part of a request at an offset, for hovers and completion. */
export interface PlaceInRequest {
  readonly request: SavedRequest;
  /** Path within the request, such as `args`, `filters`, `group_id`. */
  readonly path: readonly (string | number)[];
  readonly atKey: boolean;
  /** The range of that part in the file. */
  readonly range: { readonly offset: number; readonly length: number };
}

/** The request and its part at an offset; `undefined` outside of requests. */
export function requestAt(file: RequestFile, offset: number): PlaceInRequest | undefined {
  const request = file.all.find(({ range }) => offset >= range.offset && offset <= range.offset + range.length);
  if (request === undefined) return undefined;
  // Only the request is scanned, so that a hover in a file with thousands of requests is as fast as in a small one.
  const { range } = request;
  const location = getLocation(file.text.slice(range.offset, range.offset + range.length), offset - range.offset);
  const node = location.isAtPropertyKey ? propertyAt(request.node, location.path)?.keyNode : descend(request.node, location.path);
  return {
    request,
    path: location.path,
    atKey: location.isAtPropertyKey,
    range: node === undefined ? { offset, length: 0 } : { offset: range.offset + node.offset, length: node.length },
  };
}
