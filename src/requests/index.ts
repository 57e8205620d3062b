export { evaluate, type CheckedAnswer } from './expect/evaluate';
export { match, type Mismatch } from './expect/match';
export { expectationPlace } from './expect/place';
export { expectation, isMatcher, matcher, milliseconds, type Expectation, type Matcher } from './expect/schema';
export { addition, applyTextFix, oneLine, removal } from './file/edits';
export { inspectEnvelope, isOfEnvelope, NAMESPACE_PLACEHOLDER, SESSION_PLACEHOLDER } from './file/envelope';
export {
  variablesOf,
  type Diagnostic,
  type FileVariable,
  type Range,
  type RequestFile,
  type SavedRequest,
  type TextEdit,
  type TextFix,
} from './file/model';
export { withIncluded } from './file/included';
export { namesBeside } from './file/names-beside';
export { parseJson } from './file/json';
export { NamedFiles } from './file/named-files';
export { readyCall, readyCalls, type ReadyCall } from './file/normalize';
export { parseRequestFile, RequestFileReader } from './file/parse';
export { readRequestFile } from './file/read';
export { Positions, type Position } from './file/positions';
export { requestAt, type PlaceInRequest } from './file/place';
export { compareResults, type Change, type Comparison } from './history/compare';
export {
  canRerun,
  defaultHistoryLimits,
  History,
  toRequestFile,
  type DoneTask,
  type EntrySource,
  type EntryTask,
  type HistoryEntry,
  type HistoryLimits,
} from './history/history';
export { savedEnvelope } from './history/saved-envelope';
export { describedHover, describedWords, type RegistryFor, type RequestWord } from './help/described-help';
export { lint, Linter, type LintContext } from './lint/lint';
export { duration, shortValueText } from './expect/shown';
export { Places } from './report/about';
export { annotations } from './report/github';
export { htmlReport } from './report/html';
export { jsonReport } from './report/json';
export { junitReport } from './report/junit';
export { prettyFile, prettySummary, type Style } from './report/pretty';
export {
  countRuns,
  exitCode,
  type FileJob,
  type FileRun,
  type RequestClient,
  type RequestRun,
  type RunEvent,
  type RunOptions,
  type RunReport,
  type RunStatus,
} from './run/model';
export { fileError, requestError } from './file/verdict';
export { runFile, runFiles } from './run/runner';
export { CLEANUP_MS } from './run/waiting';
export { namePattern, neededRequests, withNeeds } from './run/select';
export { prepare, isWriting, type ReadyRequest } from './run/send';
export { misspelledVariables, parseEnvironment, readEnvironment } from './variables/environment';
export { layersOf, readEnvironments, type LayeredEnvironment } from './variables/layers';
export { Resolver, storeFields, type StoreFields, type VariableSources } from './variables/resolver';
export { generators, takers } from './variables/generated';
export { hasPlaceholder, interpolate, placeholders, referencesIn, type Placeholder, type Reference } from './variables/template';
export { requestFileSchema } from './schema/json-schema';
