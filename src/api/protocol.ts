import { later } from '../l10n/texts';
import { apiEntity, faultEntity } from './entities';
import type { Argument } from './method';
import { any, boolean, list, string, type WireType } from './types';

/**
 * The methods of the protocol, which manage sessions and describe the API. Each is an operation in every dialect, V1 included. They belong
 * to no resource, because callers do not pass a session to them.
 */
export interface ProtocolOperation {
  readonly id: 'login' | 'startSession' | 'endSession' | 'resources' | 'globalFaults' | 'resourceFaults' | 'call' | 'multiCall';
  readonly doc: string;
  /** In the order of the WSDLs, including the session. */
  readonly args: readonly Argument[];
  readonly result: WireType;
  /** Type in V1 if it is looser than in V2. */
  readonly v1Result?: WireType;
  /** `call` and `multiCall` exist in V1 only, as far as customers are concerned (facts §3). */
  readonly v1Only?: boolean;
}

const sessionId: Argument = { name: 'sessionId', type: string, doc: later('Session from login.') };
const fixedArray = list('FixedArray', any);

/** See {@link ProtocolOperation}. */
export const protocolOperations: readonly ProtocolOperation[] = [
  {
    id: 'call',
    doc: later('Calls any method by its path.'),
    args: [
      sessionId,
      { name: 'resourcePath', type: string, doc: later('Path such as customer.list.') },
      { name: 'args', type: any, doc: later('List of positional arguments.') },
    ],
    result: any,
    v1Only: true,
  },
  {
    id: 'multiCall',
    doc: later('Calls several methods in one request.'),
    args: [
      sessionId,
      { name: 'calls', type: fixedArray, doc: later('List of path and arguments.') },
      { name: 'options', type: any, doc: later('Map; break=1 stops at the first fault.') },
    ],
    result: fixedArray,
    v1Only: true,
  },
  { id: 'endSession', doc: later('Ends a session.'), args: [sessionId], result: boolean },
  {
    id: 'login',
    doc: later('Opens a session.'),
    args: [
      { name: 'username', type: string, doc: later('API user.') },
      { name: 'apiKey', type: string, doc: later('API key.') },
    ],
    result: string,
  },
  {
    id: 'resources',
    doc: later('Lists what this API user may call.'),
    args: [sessionId],
    result: list('ArrayOfApis', apiEntity),
    v1Result: fixedArray,
  },
  {
    id: 'globalFaults',
    doc: later('Lists the faults that any method can return.'),
    args: [sessionId],
    result: list('ArrayOfExistsFaltures', faultEntity),
    v1Result: fixedArray,
  },
  {
    id: 'resourceFaults',
    doc: later('Lists the faults of one resource.'),
    args: [{ name: 'resourceName', type: string, doc: later('Resource such as customer.') }, sessionId],
    result: list('ArrayOfExistsFaltures', faultEntity),
    v1Result: fixedArray,
  },
  { id: 'startSession', doc: later('Opens a session without a user.'), args: [], result: string },
];

/** Finds an operation of the protocol by its name. */
export function findProtocolOperation(name: string): ProtocolOperation | undefined {
  return protocolOperations.find((operation) => operation.id === name);
}
