import { isList, isRecord, type SoapRecord, type SoapValue } from '../../api/value';

/** One difference between two results. */
export interface Change {
  /** Place, such as `[customer_id=7].email` or `[0]`; empty for the whole result. */
  readonly path: string;
  readonly kind: 'added' | 'removed' | 'changed';
  readonly before: SoapValue | undefined;
  readonly after: SoapValue | undefined;
}

/** The differences between two results. */
export interface Comparison {
  readonly changes: readonly Change[];
  /** Whether there are more differences than listed. */
  readonly more: boolean;
}

/** Attributes that identify a row in two lists, in order of preference. */
const ids = ['customer_id', 'customer_address_id', 'customer_group_id', 'entity_id', 'id'] as const;

/**
 * Compares two results. Rows with an ID are matched by it, since stores do not promise an order (facts §5).
 * @param loose whether a number equals its text, for answers of V1 and V2 (facts §4)
 */
export function compareResults(
  before: SoapValue,
  after: SoapValue,
  { most = 1000, loose = false }: { readonly most?: number; readonly loose?: boolean } = {},
): Comparison {
  const changes: Change[] = [];
  let more = false;
  const tell = (change: Change): void => {
    if (changes.length < most) changes.push(change);
    else more = true;
  };
  walk(before, after, '');
  return { changes, more };

  function walk(one: SoapValue | undefined, other: SoapValue | undefined, path: string): void {
    if (one === other || more) return;
    if (one === undefined) tell({ path, kind: 'added', before: undefined, after: other });
    else if (other === undefined) tell({ path, kind: 'removed', before: one, after: undefined });
    else if (isList(one) && isList(other)) walkLists(one, other, path);
    else if (isRecord(one) && isRecord(other)) walkMaps(one, other, path);
    else if (!(loose && same(one, other))) tell({ path, kind: 'changed', before: one, after: other });
  }

  function walkMaps(one: SoapRecord, other: SoapRecord, path: string): void {
    for (const key of new Set([...Object.keys(one), ...Object.keys(other)]))
      walk(own(one, key), own(other, key), path === '' ? key : `${path}.${key}`);
  }

  function walkLists(one: readonly SoapValue[], other: readonly SoapValue[], path: string): void {
    const id = ids.find((key) => identified(one, key) && identified(other, key));
    if (id === undefined) {
      for (let index = 0; index < Math.max(one.length, other.length); index++) walk(one[index], other[index], `${path}[${index}]`);
      return;
    }
    const rows = new Map(other.map((row) => [idOf(row, id), row] as const));
    for (const row of one) walk(row, rows.get(idOf(row, id)), `${path}[${id}=${idOf(row, id) ?? ''}]`);
    const known = new Set(one.map((row) => idOf(row, id)));
    for (const row of other) if (!known.has(idOf(row, id))) walk(undefined, row, `${path}[${id}=${idOf(row, id) ?? ''}]`);
  }
}

function own(record: SoapRecord, key: string): SoapValue | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

function idOf(row: SoapValue, key: string): string | undefined {
  const value = isRecord(row) ? own(row, key) : undefined;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

function identified(rows: readonly SoapValue[], key: string): boolean {
  const found = new Set(rows.map((row) => idOf(row, key)));
  return !found.has(undefined) && found.size === rows.length;
}

function same(one: SoapValue, other: SoapValue): boolean {
  return (
    (typeof one === 'number' || typeof one === 'string') &&
    (typeof other === 'number' || typeof other === 'string') &&
    String(one) === String(other)
  );
}
