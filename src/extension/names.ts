/** Names that VS Code knows, if both the activation and a feature need them. */
export const names = {
  storesView: 'mahoSoap.stores',
  requestsView: 'mahoSoap.requests',
  historyView: 'mahoSoap.history',
  migrationView: 'mahoSoap.migration',
  tests: 'mahoSoap.requests',
  storesSetting: 'mahoSoap.stores',
  /** Types of webviews. They are also used after a reload of the window. */
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
  /** Scheme of the URIs of stores in trees. They cannot be opened and only carry the environment. */
  storeScheme: 'maho-soap-store',
  /** Context keys of menus: some store runs Maho, and a migration report is shown. */
  mahoContext: 'mahoSoap.maho',
  migrationContext: 'mahoSoap.migrationShown',
  /** Memento key of the IDs of stores that run Maho. */
  mahoStoresKey: 'mahoSoap.mahoStores',
  requestFileEnding: '.maho.json',
} as const;
