import { findMethod, findProtocolOperation, type Method, type ProtocolOperation } from '../api/catalogue';
import { ToolkitError } from '../api/errors';
import { isList, isRecord, type SoapList, type SoapRecord } from '../api/value';
import { codecs } from '../soap/dialects';
import { encodeV1Call, v1Arguments } from '../soap/dialects/v1';
import type { Endpoint } from './endpoints';
import { isWrite } from './policy';

/** Arguments of a call: by name, or in V1's order for methods that the catalogue does not know. */
export type CallArguments = SoapRecord | SoapList;

/** What a request is, apart from the session it travels with. */
export interface Task {
  readonly method: string;
  readonly args: CallArguments;
  readonly write: boolean;
  readonly right: string | undefined;
  readonly encode: (endpoint: Endpoint, session: string) => string;
}

/** What to send for a method: of the catalogue, of the protocol, or of the store's own. @throws {ToolkitError} of kind `input` */
export function taskOf(name: string, args: CallArguments): Task {
  const method = findMethod(name);
  if (method !== undefined) return catalogued(method, args);
  const operation = findProtocolOperation(name);
  if (operation !== undefined) return protocol(operation, args);
  return foreign(name, args);
}

function catalogued(method: Method, args: CallArguments): Task {
  const byName = isList(args) ? named(method, args) : args;
  return {
    method: method.id,
    args: byName,
    write: isWrite(method.id),
    right: method.right,
    encode: ({ summary }, session) => codecs[summary.dialect].encodeCall(method, byName, session, summary),
  };
}

/** Positional arguments by their names. */
function named(method: Method, args: SoapList): SoapRecord {
  if (args.length > method.args.length) {
    throw new ToolkitError('input', { code: 'argument-unknown', what: `${method.id} takes ${method.args.length} arguments, but ${args.length} are given.` });
  }
  return Object.fromEntries(args.map((value, index) => [method.args[index]?.name ?? '', value]));
}

function protocol(operation: ProtocolOperation, args: CallArguments): Task {
  if (isList(args)) throw new ToolkitError('input', { code: 'argument-type', what: `${operation.id} takes its arguments by name.` });
  return {
    method: operation.id,
    args,
    write: false,
    right: undefined,
    encode: ({ summary }, session) => codecs[summary.dialect].encodeProtocol(operation, { ...args, sessionId: session }, summary),
  };
}

/** A path that the catalogue does not know: V1 can call it with positional arguments. */
function foreign(path: string, args: CallArguments): Task {
  return {
    method: path,
    args,
    write: isWrite(path),
    right: undefined,
    encode: ({ summary }, session) => {
      if (summary.dialect !== 'v1') {
        throw new ToolkitError('input', {
          code: 'method-unknown',
          what: `The method "${path}" is not known here.`,
          why: 'V2 and WS-I have an operation of its own for every method, whose types must be known.',
          next: 'Check the spelling, or call it over V1 with a list of arguments.',
        });
      }
      return encodeV1Call(path, positional(path, args), session, summary);
    },
  };
}

function positional(path: string, args: CallArguments): SoapList {
  if (isList(args)) return args;
  if (isRecord(args) && Object.keys(args).length === 0) return [];
  throw new ToolkitError('input', {
    code: 'argument-type',
    what: `The arguments of ${path} must be a list.`,
    why: 'V1 takes arguments by position, and PHP 8 would read a map as named ones.',
    next: 'Write them as [ first, second ].',
  });
}

/** Path and positional arguments of a call, as V1's multiCall lists it. */
export function v1Pair(name: string, args: CallArguments): readonly [path: string, args: SoapList] {
  const method = findMethod(name);
  if (method === undefined) return [name, positional(name, args)];
  return [method.id, v1Arguments(method, isList(args) ? named(method, args) : args)];
}
