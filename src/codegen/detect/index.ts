/**
 * Help in PHP and TypeScript code that calls this API. Pure: a text, a language and an offset in, spans and words out.
 *
 * - `mayHoldCalls(text)` is the cheap question to ask first; every function here asks it itself.
 * - `findCalls` for CodeLens, with `requestOf` for "Run"; `diagnose` for squiggles and quick fixes.
 * - `completionsAt` and `hoverAt` tell what stands at an offset.
 *
 * All of them read one list of tokens (`tokens.ts`), from which sites of calls, values, variables and signs of SOAP are told.
 */
export { completionsAt, hoverAt, type CodeCompletions, type CodeHover } from './assist';
export { findCalls, type FoundCall } from './calls';
export { codeTraps, diagnose, diagnoseCall, type CodeDiagnostic } from './diagnose';
export { Diagnoser } from './diagnoser';
export type { CodeFix, TextEdit } from './edits';
export type { CodeLanguage, Span } from './node';
export { isUnknownValue, partialArguments } from './partial';
export { requestOf, type CodeRequest } from './request';
export { mayHoldCalls } from './gate';
export { findSessions, type SessionCall } from './sessions';
export type { Word } from './shapes';
