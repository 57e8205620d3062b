/**
 * Every command by what brings its handlers, without the prefix `mahoSoap.`. VS Code must know the commands before the code behind them is
 * loaded; the compiler holds each list to the handlers (`Handlers`).
 */
export const commandIds = {
  stores: ['store.add', 'store.edit', 'store.use', 'store.editSettings', 'store.remove', 'store.copyUrl', 'store.check', 'store.disconnect', 'key.set', 'key.forget'],
  tree: ['refresh', 'retry', 'customers.loadMore', 'customers.groupByGroup', 'customers.groupByWebsite', 'customers.ungroup', 'customer.showAddresses'],
  find: ['find'],
  filters: ['filter.new', 'filter.edit', 'filter.rename', 'filter.delete'],
  demo: ['demo.start', 'demo.stop', 'demo.showLog', 'demo.setFaults'],
  customers: ['customer.open', 'customer.edit', 'customer.openJson', 'customer.new', 'customer.copyId', 'customer.copyEmail', 'customer.copyJson', 'customer.copyPhp', 'customer.saveRequest'],
  removal: ['customer.delete'],
  restore: ['customer.restore', 'customer.undo', 'customer.forgetCopies'],
  code: ['code.copyAs', 'code.insertAs', 'types.write', 'code.run'],
  transfer: ['export', 'import'],
  requests: [
    'request.run', 'request.runOn', 'request.copyAs', 'request.insertAs', 'request.cancel', 'request.showOutcome', 'request.open',
    'requests.runFile', 'requests.runAll', 'requests.refresh', 'requests.newFile', 'requests.chooseStore', 'environment.choose',
  ],
  history: ['exchange.open', 'exchange.rerun', 'exchange.compare', 'exchange.saveAsFile', 'exchange.copyAs', 'exchange.insertAs', 'exchange.delete', 'history.clear'],
  response: ['call.run', 'response.runAgain', 'response.keep', 'response.compare', 'response.openRequest', 'response.openResponse', 'response.copyCell', 'response.copyRow'],
  log: ['log.show'],
} as const;

/** A key of {@link commandIds}. */
export type CommandGroup = keyof typeof commandIds;
