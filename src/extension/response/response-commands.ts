import * as z from 'zod/mini';
import type { Handlers } from '../commands/commands';
import type { ResponseViews } from './response-views';

/** The context that VS Code passes for a place in the webview: `data-vscode-context` of the page. */
const cell = z.looseObject({ version: z.number(), row: z.number(), column: z.string() });

/** Commands of the response view. */
export function responseCommands(views: ResponseViews): Handlers<'response'> {
  return {
    'response.runAgain': async () => {
      await views.do({ type: 'run' });
    },
    'response.keep': async () => {
      await views.do({ type: 'keep' });
    },
    'response.compare': async () => {
      await views.do({ type: 'compare' });
    },
    'response.openRequest': async () => {
      await views.do({ type: 'open-xml', part: 'request', form: 'pretty' });
    },
    'response.openResponse': async () => {
      await views.do({ type: 'open-xml', part: 'response', form: 'pretty' });
    },
    'response.copyCell': async (where) => {
      const { data } = cell.safeParse(where);
      if (data !== undefined) await views.do({ type: 'copy-cell', version: data.version, row: data.row, column: data.column });
    },
    'response.copyRow': async (where) => {
      const { data } = cell.safeParse(where);
      if (data !== undefined) await views.do({ type: 'copy-row', version: data.version, row: data.row });
    },
    'response.openCustomer': async (where) => {
      const { data } = cell.safeParse(where);
      if (data !== undefined) await views.do({ type: 'open-row', version: data.version, row: data.row });
    },
  };
}
