/** Reads code and request files, and translates each call of the SOAP customer API to REST v2. */
export { callsIn, kindOf, type MovedCall, type SourceKind } from './calls';
export { migrationFormatOf, migrationText, type MigrationFormat } from './formats';
export { htmlMigrationReport } from './html';
export { reportData } from './json';
export { markdownReport } from './markdown';
export { verdictLabels } from '../rest-equivalent';
export { ReportBuilder, requestLine, summaryOf, type FileMoves, type MigrationReport } from './report';
export { readPaths } from './walk';
