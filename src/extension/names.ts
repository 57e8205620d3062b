/** Names under which VS Code knows things, where both the activation and the feature behind it need them. */
export const names = {
  storesView: 'mahoSoap.stores',
  requestsView: 'mahoSoap.requests',
  historyView: 'mahoSoap.history',
  migrationView: 'mahoSoap.migration',
  tests: 'mahoSoap.requests',
  storesSetting: 'mahoSoap.stores',
  /** Pages, also over a reload of the window. */
  responsePanel: 'mahoSoap.response',
  sheetPanel: 'mahoSoap.customerSheet',
  tablePanel: 'mahoSoap.customerTable',
  importPanel: 'mahoSoap.import',
  restPanel: 'mahoSoap.restEquivalent',
  methodPanel: 'mahoSoap.method',
  /** Schemes of read-only documents. */
  customerScheme: 'maho-soap',
  reportScheme: 'maho-soap-report',
  exchangeScheme: 'maho-soap-xml',
  historyScheme: 'maho-soap-history',
  /** Scheme of the addresses that stand for stores in trees. They lead nowhere: they only carry the environment. */
  storeScheme: 'maho-soap-store',
  /** Context of menus: some store is a Maho; a migration report was made. */
  mahoContext: 'mahoSoap.maho',
  migrationContext: 'mahoSoap.migrationShown',
  /** Where it is kept which stores are Maho. */
  mahoStoresKey: 'mahoSoap.mahoStores',
  requestFileEnding: '.maho.json',
} as const;
