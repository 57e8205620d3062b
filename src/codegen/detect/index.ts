/**
 * Help in PHP and TypeScript code that calls this API. Pure: a text, a language and an offset in, spans and words out.
 * - `mayHoldCalls(text)` is a cheap check to make first; every function here makes it too.
 * - `findCalls` is for CodeLens, with `requestOf` for "Run"; `diagnose` is for problems and quick fixes.
 * - `completionsAt` and `hoverAt` describe the place at an offset.
 * All of them read the same list of tokens (`tokens.ts`), in which they find call sites, values, variables and signs of SOAP.
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
