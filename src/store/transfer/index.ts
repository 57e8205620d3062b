export { harmlessCell, originalText } from './cells';
export { exportCustomers, type ExportOptions, type ExportResult, type ExportTarget } from './export';
export { customersMatching, customersWithIds } from './sources';
export { csvText, type ExportFormat } from './writers';
export { takeBackMapping } from './before-file';
export { dateReadAs, type Doubt } from './cell-meaning';
export { csvRows, openCsv, type CsvFile } from './csv-file';
export type { NamedNumber } from './lookup';
export { runImport, type ImportOptions, type ImportProgress, type ImportResult } from './import';
export { ImportJournal, importKey, journalFile, removeJournal, rowStatuses, type RowResult, type RowStatus } from './journal';
export {
  checkMapping,
  guessMapping,
  importMapping,
  importTargets,
  readings,
  whyNotImported,
  type ImportMapping,
  type Readings,
} from './mapping';
export { oneAttribute, sharedAttributes, type OneAttribute } from './one-attribute';
export { previewImport, type ImportJob, type ImportPreview } from './preview';
export type { Change, PlannedRow } from './rows';
