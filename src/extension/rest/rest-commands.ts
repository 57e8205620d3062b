import { t } from '../../l10n/texts';
import { ToolkitError } from '../../api/errors';
import { maskRecord } from '../../store/masking/mask';
import type { Handlers } from '../commands/commands';
import type { ActiveStore } from '../stores/active-store';
import type { Store } from '../stores/store';
import { equivalenceOf, type ProgramStore } from './equivalent';
import type { CodeMethods } from '../calls/code-methods';
import { chooseRestCall } from './choose-rest-call';
import type { RestPages } from './rest-pages';

/** The address in programs when no store is known. */
const EXAMPLE_STORE: ProgramStore = { url: 'https://shop.example.com', user: 'apiUser' };

/** The commands for REST equivalents, and those of the links in their pages. */
export function restCommands({
  active,
  methods,
  pages,
}: {
  readonly active: ActiveStore;
  readonly methods: CodeMethods;
  readonly pages: RestPages;
}): Handlers<'rest'> {
  return {
    'rest.show': async (argument) => {
      const meant = await chooseRestCall(argument, active, methods);
      if (meant === undefined) return;
      const { call, dialect, store } = meant;
      refuseWithoutRest(store);
      pages.show(equivalenceOf(call, programStoreOf(store), dialect ?? store?.connection?.dialect, maskRecord));
    },
    'rest.copyCode': async (id, target) => {
      await pages.copy(id, target);
    },
    'rest.openCode': async (id, target) => {
      await pages.openCode(id, target);
    },
  };
}

/** @throws {ToolkitError} of kind `input` for a store of a product that has no REST v2 and will not get it */
function refuseWithoutRest(store: Store | undefined): void {
  const product = store?.connection?.product;
  if (store === undefined || product === undefined || product === 'Maho' || product === 'unknown') return;
  throw new ToolkitError('input', {
    code: 'rest-no-product',
    what: t('{store} runs {product}, which keeps SOAP and has no REST v2.', { store: store.name, product }),
    next: t('There is nothing to move.'),
  });
}

function programStoreOf(store: Store | undefined): ProgramStore {
  const config = store?.config;
  if (store === undefined || config === undefined) return EXAMPLE_STORE;
  return { url: store.connection?.endpoint ?? config.url, user: config.user };
}
