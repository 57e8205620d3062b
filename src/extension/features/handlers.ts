import type { HandlerLoaders } from '../commands/commands';
import type { Store } from '../stores/store';
import { forShownCustomer } from './seen-customer';
import type { Services } from './services';

/** For each group of commands, loads its handlers and the services that they need. */
export function handlerLoaders(services: Services): HandlerLoaders {
  return {
    stores: async () => {
      const [{ storeCommands }, stores, { filters, view }, reports] = await Promise.all([
        import('../setup/store-commands'),
        services.stores(),
        services.tree(),
        services.reports(),
      ]);
      return storeCommands({ ...stores, filters, view, reports });
    },
    tree: async () => {
      const [{ treeCommands }, { tree, view, remembered }, { keys }] = await Promise.all([
        import('../tree/tree-commands'),
        services.tree(),
        services.stores(),
      ]);
      return forShownCustomer(services, treeCommands({ tree, view, keys, remembered }), ['customer.pin', 'customer.unpin']);
    },
    find: async () => {
      const [{ findCommands }, { tree, view }, { active }] = await Promise.all([
        import('../find/find-commands'),
        services.tree(),
        services.stores(),
      ]);
      return findCommands({
        tree,
        view,
        active,
        seen: () => services.sheets.made?.sheets.active?.store ?? view.selectedStore?.id,
      });
    },
    table: async () => {
      const [{ tableCommands }, { views }, { filters }, { active, methods }] = await Promise.all([
        import('../table/table-commands'),
        services.tables(),
        services.tree(),
        services.stores(),
      ]);
      return forShownCustomer(services, tableCommands({ views, filters, active, methods }), ['table.openAddresses']);
    },
    filters: async () => {
      const [{ filterCommands }, { tree, view, filters }, { active }] = await Promise.all([
        import('../filters/filter-commands'),
        services.tree(),
        services.stores(),
      ]);
      return filterCommands({ tree, view, active, filters });
    },
    demo: async () => {
      const [{ demoCommands }, { demo, demoLog, active }, { view }] = await Promise.all([
        import('../demo/demo-commands'),
        services.stores(),
        services.tree(),
      ]);
      return demoCommands(demo, view, active, demoLog);
    },
    customers: async () => {
      const [{ customerCommands }, { documents, sheets }, { active }, { remembered }] = await Promise.all([
        import('../sheet/customer-commands'),
        services.sheets(),
        services.stores(),
        services.tree(),
      ]);
      return forShownCustomer(services, customerCommands({ documents, sheets, active, remembered }), [
        'customer.edit',
        'customer.openJson',
        'customer.copyId',
        'customer.copyEmail',
        'customer.copyJson',
        'customer.copyPhp',
        'customer.saveRequest',
      ]);
    },
    compare: async () => {
      const [{ compareCommands }, { active }, reports] = await Promise.all([
        import('../compare/compare-commands'),
        services.stores(),
        services.reports(),
      ]);
      return forShownCustomer(services, compareCommands({ active, reports }), ['customer.compare']);
    },
    removal: async () => {
      const [{ removalCommands }, { sheets, copies, changed }, { active }, { history }, reports] = await Promise.all([
        import('../sheet/removal-commands'),
        services.sheets(),
        services.stores(),
        services.history(),
        services.reports(),
      ]);
      return forShownCustomer(services, removalCommands({ active, sheets, copies, reports, history, changed }), ['customer.delete']);
    },
    restore: async () => {
      const [{ restoreCommands }, { sheets, copies, changed }, { active }] = await Promise.all([
        import('../sheet/restore-commands'),
        services.sheets(),
        services.stores(),
      ]);
      return restoreCommands({ active, sheets, copies, changed });
    },
    code: async () => {
      const [{ codeCommands }, { RunCode }, { copyAs, views }, { active, codeMethods }, { history }] = await Promise.all([
        import('../code/code-commands'),
        import('../code/run-code'),
        services.responses(),
        services.stores(),
        services.history(),
      ]);
      return codeCommands({ active, methods: codeMethods, copyAs, runCode: new RunCode(active, codeMethods, views, history) });
    },
    transfer: async () => {
      const [{ transferCommands }, { changesFolder }, { active }] = await Promise.all([
        import('../transfer/transfer-commands'),
        import('../transfer/change-files'),
        services.stores(),
      ]);
      return transferCommands({ active, views: services.imports, changes: changesFolder(services.storage) });
    },
    requests: async () => {
      const [{ requestCommands }, requests, { active }, { copyAs, views }] = await Promise.all([
        import('../requests/request-commands'),
        services.requests(),
        services.stores(),
        services.responses(),
      ]);
      return requestCommands({ ...requests, active, presenter: views, copyAs });
    },
    history: async () => {
      const [{ historyCommands }, { history, pages, view }, { documents, lastRuns }, { active }, { copyAs, views }] = await Promise.all([
        import('../history/history-commands'),
        services.history(),
        services.requests(),
        services.stores(),
        services.responses(),
      ]);
      return historyCommands({
        view,
        history,
        pages,
        documents,
        active,
        presenter: views,
        copyAs,
        recent: (id) => lastRuns.ofExchange(id),
      });
    },
    response: async () => {
      const [{ responseCommands }, { views }] = await Promise.all([import('../response/response-commands'), services.responses()]);
      return responseCommands(views);
    },
    api: async () => {
      const [{ apiCommands }, { views, copyAs }, { active, keys, methods }, { history }, reports] = await Promise.all([
        import('../api/api-commands'),
        services.responses(),
        services.stores(),
        services.history(),
        services.reports(),
      ]);
      const openCustomer = async (store: Store, id: string): Promise<void> => {
        await (await services.sheets()).sheets.open(store, id, { beside: true });
      };
      const { memory, methodForms: forms } = services;
      return apiCommands({ active, keys, presenter: views, history, copyAs, reports, methods, memory, openCustomer, forms });
    },
    rest: async () => {
      const [{ restCommands }, pages, { active, codeMethods }] = await Promise.all([
        import('../rest/rest-commands'),
        services.restPages(),
        services.stores(),
      ]);
      return restCommands({ active, methods: codeMethods, pages });
    },
    migration: async () => {
      const [{ migrationCommands }, { tree, view }] = await Promise.all([import('../migration/migration-commands'), services.migration()]);
      return migrationCommands({ tree, view });
    },
    links: async () => {
      const [{ linkCommands }, { active }] = await Promise.all([import('../links/link-commands'), services.stores()]);
      return forShownCustomer(services, linkCommands(services.extensionId, active), ['link.copy', 'store.openAdmin']);
    },
    watch: async () => {
      const [{ watchCommands }, watching, { active }] = await Promise.all([
        import('../watch/watch-commands'),
        services.watching(),
        services.stores(),
      ]);
      return watchCommands(watching, active);
    },
    log: async () => {
      const [{ logCommands }, log] = await Promise.all([import('../log/log-commands'), services.log()]);
      return logCommands(log);
    },
    help: async () => (await import('../help/help-commands')).helpCommands(services.extensionUri),
  };
}
