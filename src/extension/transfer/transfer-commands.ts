import type { Handler } from '../commands/commands';
import type { ActiveStore } from '../stores/active-store';
import { exportSelection } from './export-customers';
import { selectionOf, type Selection } from './selection';

/** Export and import of customers, from rows of the tree and from the palette. */
export function transferCommands(active: ActiveStore): Readonly<Record<string, Handler>> {
  return {
    export: async (row, rows) => {
      const selection = selectionOf(row, rows) ?? (await everybody('Which store is to be exported?'));
      if (selection !== undefined) await exportSelection(selection);
    },
  };

  async function everybody(question: string): Promise<Selection | undefined> {
    const store = active.all.length === 1 ? active.current : await active.choose(question);
    return store === undefined ? undefined : { store, ids: undefined, filters: undefined, what: 'customers' };
  }
}
