import { facets } from '../../api/dialect-facets';
import type { Method } from '../../api/method';
import { isFilterable, type Resource } from '../../api/resources';
import { isList, isRecord, type SoapRecord, type SoapValue } from '../../api/value';
import { isNaturalList, isNaturalMap, type NaturalValue } from '../../soap/decoding/request';
import type { Attribute, ColumnType } from '../data/attributes';
import { text } from '../data/conditions';
import { globalFault, resourceFault } from '../fault';
import type { CallContext, Operation } from './answer';
import { dataOf, numericId } from './arguments';
import { attributeTests, filterMap } from './filtered';

/**
 * Rows of a resource for which the demo store has no implementation, kept in memory only. They start as the rows in the resource's object.
 * They are listed, filtered, read, created, updated and deleted with the store's general rules for collections.
 */
export class PlainRows {
  #rows = new Map<number, SoapRecord>();
  readonly #attributes: ReadonlyMap<string, Attribute>;
  #nextId = 1;

  constructor(private readonly resource: Resource) {
    const { entity, filtered } = resource;
    const columns = new Set(filtered?.columns ?? []);
    this.#attributes = new Map(
      entity.fields.map(({ name, type, role }, index) => {
        const column: ColumnType = type.kind === 'int' ? 'int' : role === 'datetime' || role === 'date' ? 'datetime' : 'text';
        return [name, { code: name, index, column, own: columns.has(name) }];
      }),
    );
    for (const row of resource.demo.rows) this.#put(Number(row[resource.idField]), row);
  }

  /** The implementation of a method of the resource, chosen by the verb at the end of its path. An unknown verb is "not callable". */
  operation(method: Method): Operation {
    const { type } = method.result;
    switch (method.id.slice(this.resource.name.length + 1)) {
      case 'list':
        return (context, args) => ({ kind: 'value', type, value: this.#list(context, args[this.#filterPlace(method)]) });
      case 'info':
        return (context, [id]) => ({ kind: 'value', type, value: this.#shown(context, this.#load(id), true) });
      case 'create':
        return (_, args) => ({ kind: 'value', type, value: String(this.#put(this.#nextId, plain(dataOf(args.at(-1))))) });
      case 'update':
        return (_, [id, data]) => {
          const row = this.#load(id);
          this.#put(numericId(id), { ...row, ...plain(dataOf(data)) });
          return { kind: 'value', type, value: true };
        };
      case 'delete':
        return (_, [id]) => {
          this.#load(id);
          this.#rows.delete(numericId(id));
          return { kind: 'value', type, value: true };
        };
      default:
        return () => {
          throw globalFault(4);
        };
    }
  }

  /** Takes a snapshot of the rows. @returns a function that restores it, any number of times */
  snapshot(): () => void {
    const [rows, nextId] = [new Map(this.#rows), this.#nextId];
    return () => {
      this.#rows = new Map(rows);
      this.#nextId = nextId;
    };
  }

  #filterPlace({ args }: Method): number {
    return args.findIndex(({ name }) => name === this.resource.filtered?.argument);
  }

  #list(context: CallContext, filters: NaturalValue | undefined): SoapValue {
    const { resource } = this;
    const rows = [...this.#rows.entries()].sort(([a], [b]) => a - b).map(([, row]) => row);
    if (!isFilterable(resource)) return rows.map((row) => this.#shown(context, row, false));
    const find = (name: string): Attribute | undefined => this.#attributes.get(name);
    const tests = attributeTests(filterMap(filters, context.dialect, resource), resource, context.generation, find);
    const passes = (row: SoapRecord): boolean => tests.every(({ attribute, test }) => test(stored(row[attribute.code])));
    return rows.filter(passes).map((row) => this.#shown(context, row, false));
  }

  #load(id: NaturalValue | undefined): SoapRecord {
    const row = this.#rows.get(numericId(id));
    if (row === undefined) throw resourceFault(this.resource, 'missing');
    return row;
  }

  #put(id: number, row: SoapRecord): number {
    this.#rows.set(id, { ...row, [this.resource.idField]: id });
    this.#nextId = Math.max(this.#nextId, id + 1);
    return id;
  }

  #shown(context: CallContext, row: SoapRecord, whole: boolean): SoapRecord {
    return shownRow(context, this.resource, row, whole);
  }
}

/** A row in the form of the dialect: V1's numbers are text in most generations, and its lists leave out unset attributes. */
export function shownRow(
  { dialect, generation }: Pick<CallContext, 'dialect' | 'generation'>,
  { entity }: Pick<Resource, 'entity'>,
  row: SoapRecord,
  whole: boolean,
): SoapRecord {
  const numbers = facets[dialect].positional && generation.v1Numbers === 'int';
  const entries = entity.fields.flatMap(({ name, type }): [string, SoapValue][] => {
    const value = row[name] ?? null;
    if (value === null) return whole ? [[name, null]] : [];
    return [[name, typeof value === 'number' && !(numbers && type.kind === 'int') ? String(value) : value]];
  });
  return Object.fromEntries(entries);
}

/** A value as the database passes it to a condition. */
function stored(value: SoapValue | undefined): string | null {
  return value === undefined || value === null || isList(value) || isRecord(value) ? null : text(value);
}

/** The values that were sent, as a row. */
function plain(data: ReadonlyMap<string, NaturalValue>): SoapRecord {
  return Object.fromEntries([...data].flatMap(([name, value]): [string, SoapValue][] => (value === null ? [] : [[name, natural(value)]])));
}

function natural(value: NaturalValue): SoapValue {
  if (isNaturalList(value)) return value.map(natural);
  if (isNaturalMap(value)) return Object.fromEntries([...value].map(([key, inner]) => [key, natural(inner)]));
  return typeof value === 'object' && value !== null ? text(value) : value;
}
