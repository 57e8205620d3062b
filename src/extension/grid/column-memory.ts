import type * as vscode from 'vscode';
import * as z from 'zod/mini';
import { keptByName } from '../kept-entries';
import type { ColumnChoice } from './row-table';

const columnChoice = z.object({
  order: z.array(z.string()),
  hidden: z.array(z.string()),
  widths: z.optional(z.record(z.string(), z.number())),
  pinned: z.optional(z.array(z.string())),
});

/** Keeps the columns that the user chose, by a key such as the name of a method. Those that were chosen longest ago are forgotten. */
export class ColumnMemory {
  /**
   * @param stateKey the key in the memory
   * @param maxChoices number of choices that are kept
   */
  constructor(
    private readonly memory: Pick<vscode.Memento, 'get' | 'update'>,
    private readonly stateKey: string,
    private readonly maxChoices: number,
  ) {}

  /** The columns that were chosen for a key. */
  read(key: string): ColumnChoice | undefined {
    return this.#choices()[key];
  }

  async write(key: string, choice: ColumnChoice): Promise<void> {
    const others = Object.entries(this.#choices()).filter(([known]) => known !== key);
    await this.memory.update(this.stateKey, Object.fromEntries([...others.slice(1 - this.maxChoices), [key, choice]]));
  }

  #choices(): Readonly<Record<string, ColumnChoice>> {
    return keptByName(this.memory.get<unknown>(this.stateKey), columnChoice);
  }
}
