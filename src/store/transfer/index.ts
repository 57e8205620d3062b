export { harmlessCell, originalText } from './cells';
export { exportCustomers, type ExportOptions, type ExportResult, type ExportTarget } from './export';
export { customersMatching, customersWithIds } from './sources';
export { csvText, type ExportFormat } from './writers';
