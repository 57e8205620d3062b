import { ToolkitError } from '../api/errors';
import { isRecord, type SoapValue } from '../api/value';
import { findCalls, findSessions, isUnknownValue, partialArguments, type CodeLanguage } from '../codegen';
import {
  hasPlaceholder,
  inspectEnvelope,
  parseRequestFile,
  Positions,
  readyCall,
  readyCalls,
  type ReadyCall,
  type SavedRequest,
} from '../requests';
import { translate, type SoapCall, type Translation } from '../rest-equivalent';

/** A call of the SOAP API in a file, and its translation to REST. */
export interface MovedCall {
  /** Line, from 1. */
  readonly line: number;
  /** Column, from 1, in UTF-16 units. */
  readonly column: number;
  /** Name of the request in a request file. */
  readonly name: string | undefined;
  readonly call: SoapCall;
  readonly translation: Translation;
}

/** The kind of a file in which calls are searched for. */
export type SourceKind = CodeLanguage | 'requests';

const kinds: Readonly<Record<string, SourceKind>> = {
  php: 'php',
  phtml: 'php',
  inc: 'php',
  ts: 'typescript',
  tsx: 'typescript',
  mts: 'typescript',
  cts: 'typescript',
  js: 'typescript',
  jsx: 'typescript',
  mjs: 'typescript',
  cjs: 'typescript',
};

/** The kind of a file by its name; `undefined` for files that are not searched, including declarations of types. */
export function kindOf(name: string): SourceKind | undefined {
  const lower = name.toLowerCase();
  if (lower.endsWith('.maho.json')) return 'requests';
  if (/\.d\.[cm]?ts$|\.min\.js$/.test(lower)) return undefined;
  const ending = /\.([a-z]+)$/.exec(lower)?.[1] ?? '';
  return Object.hasOwn(kinds, ending) ? kinds[ending] : undefined;
}

/** Every call of the customer family in a file, in its order. Never throws: a part that cannot be read contains no call. */
export function callsIn(text: string, kind: SourceKind): readonly MovedCall[] {
  return kind === 'requests' ? callsOfRequests(text) : callsOfCode(text, kind);
}

function callsOfCode(text: string, language: CodeLanguage): readonly MovedCall[] {
  const found = findCalls(text, language).flatMap((call) => {
    if (call.known === undefined) return [];
    const soap: SoapCall = { method: call.known.id, args: partialArguments(call), isUnknown: isUnknownValue };
    return [{ soap, start: call.methodSpan.start }];
  });
  const sessions = findSessions(text, language).map(({ method, methodSpan: { start } }) => ({ soap: { method, args: undefined }, start }));
  const all = [...found, ...sessions].sort((one, other) => one.start - other.start);
  if (all.length === 0) return [];
  const positions = new Positions(text);
  return all.flatMap(({ soap, start }) => moved(soap, positions.at(start), undefined));
}

function callsOfRequests(text: string): readonly MovedCall[] {
  const file = parseRequestFile(text);
  const positions = new Positions(text);
  return file.all.flatMap((request) => {
    // A request that is written for REST has already been moved.
    if (String(request.dialect) === 'rest') return [];
    const place = positions.at((request.methodRange ?? request.nameRange).offset);
    return callsOf(request).flatMap((call) => moved(call, place, request.name));
  });
}

function callsOf({ method, args, envelope }: SavedRequest): readonly SoapCall[] {
  if (envelope !== undefined) return inspectEnvelope(envelope).methods.map((name) => ({ method: pathOf(name), args: undefined }));
  if (method === undefined) return [];
  const calls = method === 'multiCall' ? ready(() => readyCalls(args).calls) : undefined;
  const one = calls === undefined ? ready(() => readyCall(method, args)) : undefined;
  const outer: SoapCall = one === undefined ? { method: pathOf(method), args: undefined } : soapCall(one);
  return [outer, ...(calls ?? []).map(soapCall)];
}

/** Reads a part of a request; `undefined` if it is invalid. The diagnostics of the request file report that. */
function ready<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ToolkitError)) throw error;
    return undefined;
  }
}

function soapCall({ method, args }: ReadyCall): SoapCall {
  return { method: pathOf(method), args: isRecord(args) ? args : undefined, isUnknown: isPlaceholder };
}

function isPlaceholder(value: SoapValue): boolean {
  return typeof value === 'string' && hasPlaceholder(value);
}

/** The path of a method, which may be given as its operation. */
function pathOf(method: string): string {
  return ready(() => readyCall(method, undefined))?.method ?? method;
}

function moved(
  call: SoapCall,
  { line, column }: { readonly line: number; readonly column: number },
  name: string | undefined,
): readonly MovedCall[] {
  const translation = translate(call);
  return translation === undefined ? [] : [{ line, column, name, call, translation }];
}
