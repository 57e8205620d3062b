import type * as vscode from 'vscode';
import * as z from 'zod/mini';
import { keptList } from '../kept-entries';
import { importMapping, readings, type ImportMapping, type Readings } from '../../store/transfer';

/** The memento key of mappings that were used before, by their columns. */
const STATE_KEY = 'mahoSoap.importMappings';
/** Number of mappings that are remembered. The oldest are forgotten. */
const MAX_MAPPINGS = 20;
/** Number of stores whose readings are remembered with a mapping. */
const MAX_STORES = 20;

const entry = z.object({
  header: z.array(z.string()),
  mapping: importMapping,
  /** By the ID of a store, because the numbers of groups and store views differ between stores. */
  readings: z.optional(z.array(z.object({ store: z.string(), readings }))),
});
type Entry = z.infer<typeof entry>;

/** Remembers the meaning of columns for files with the same columns, and for each store how their cells are read. */
export class MappingMemory {
  constructor(private readonly memory: vscode.Memento) {}

  /** The remembered mapping for a file with these columns that goes to this store. `undefined` when there is none. */
  read(header: readonly string[], store: string): ImportMapping | undefined {
    const found = this.#all().find((each) => isSame(each.header, header));
    if (found === undefined) return undefined;
    const read = found.readings?.find((each) => each.store === store)?.readings;
    return { ...found.mapping, ...(read === undefined ? {} : { readings: read }) };
  }

  /** Remembers the meaning of the columns of a file, and how its cells are read for a store. */
  async write(header: readonly string[], store: string, { readings: read, ...mapping }: ImportMapping): Promise<void> {
    const all = this.#all();
    const before = all.find((each) => isSame(each.header, header))?.readings ?? [];
    const kept = [...before.filter((each) => each.store !== store), ...(isNothing(read) ? [] : [{ store, readings: read }])];
    const written: Entry = { header: [...header], mapping, ...(kept.length > 0 ? { readings: kept.slice(-MAX_STORES) } : {}) };
    await this.memory.update(STATE_KEY, [written, ...all.filter((each) => !isSame(each.header, header))].slice(0, MAX_MAPPINGS));
  }

  #all(): readonly Entry[] {
    return keptList(this.memory.get<unknown>(STATE_KEY), entry);
  }
}

function isNothing(read: Readings | undefined): read is undefined {
  return read === undefined || Object.keys(read).length === 0;
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
