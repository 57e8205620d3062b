import * as z from 'zod/mini';
import type { Handlers } from '../commands/commands';
import type { ActiveStore } from '../stores/active-store';
import type { ApiKeys } from '../stores/api-keys';
import type { ExchangeKeeper } from '../calls/outcome';
import type { ResponseViews } from './response-views';

/** What VS Code says about the place of a webview where its menu was opened: `data-vscode-context` of the page. */
const cell = z.looseObject({ version: z.number(), row: z.number(), column: z.string() });

/** Commands of the response view, and "Run a SOAP Call". */
export function responseCommands({
  views,
  active,
  keys,
  history,
}: {
  readonly views: ResponseViews;
  readonly active: ActiveStore;
  readonly keys: ApiKeys;
  readonly history: ExchangeKeeper;
}): Handlers<'response'> {
  return {
    'call.run': async () => {
      await (await import('./call-command')).runACall({ active, keys, presenter: views, history });
    },
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
  };
}
