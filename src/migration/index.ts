/** Reads code and request files, and says of each call of the SOAP customer API what becomes of it over REST v2. */
export { callsIn, kindOf, type MovedCall, type SourceKind } from './calls';
export { htmlMigrationReport } from './html';
export { reportData } from './json';
export { markdownReport } from './markdown';
export { verdictLabels } from '../rest-equivalent';
export { ReportBuilder, requestLine, summaryOf, type FileMoves, type MigrationReport } from './report';
export { readPaths } from './walk';
