import type { SoapValue } from '../../api/value';
import type { SoapRequest } from '../../soap/request';
import { randomKey } from '../data/shop';
import { listGlobalFaults, listResourceFaults, resources } from '../operations/protocol';
import { logIn, whoIs, type Desk, type Visit } from './desk';
import { stringPart } from './parts';

/**
 * What an operation of the protocol itself brings over V1 and V2; `undefined` for any other operation.
 * @param withDescription whether `resources` has descriptions, as over V1
 * @throws {StoreFault} 2 or 6 for a login that fails, 5 without a session, 3 for a resource that does not exist
 */
export function serveProtocol(request: SoapRequest, desk: Desk, visit: Visit, withDescription: boolean): SoapValue | undefined {
  const string = (name: string): string | null => stringPart(request, name);
  switch (request.operation) {
    case 'login':
      return logIn(desk, visit, string('username'), string('apiKey'));
    case 'startSession':
      return randomKey();
    case 'endSession':
      desk.sessions.end(string('sessionId') ?? '');
      return true;
    case 'resources':
      return resources(whoIs(desk, visit, string('sessionId')), withDescription);
    case 'globalFaults':
      whoIs(desk, visit, string('sessionId'));
      return listGlobalFaults();
    case 'resourceFaults':
      // The WSDLs name the two parts the wrong way round, and the store goes by their order (wire v1/154, v2/133).
      whoIs(desk, visit, string('resourceName'));
      return listResourceFaults(string('sessionId') ?? '');
    default:
      return undefined;
  }
}
