import { facets } from '../../api/dialect-facets';
import type { SoapValue } from '../../api/value';
import type { SoapRequest } from '../../soap/request';
import { listGlobalFaults, listResourceFaults, resources } from '../operations/protocol';
import { logIn, whoIs, type Desk, type Visit } from './desk';
import { stringPart } from './parts';

/**
 * What an operation of the protocol itself brings over V1 and V2; `undefined` for any other operation.
 * @throws {StoreFault} 2 or 6 for a login that fails, 5 without a session, 3 for a resource that does not exist
 */
export function serveProtocol(request: SoapRequest, desk: Desk, visit: Visit, dialect: 'v1' | 'v2'): SoapValue | undefined {
  const string = (name: string): string | null => stringPart(request, name);
  switch (request.operation) {
    case 'login':
      return logIn(desk, visit, dialect, string('username'), string('apiKey'));
    case 'startSession':
      return desk.sessions.newId();
    case 'endSession':
      desk.sessions.end(string('sessionId') ?? '');
      return true;
    case 'resources':
      return resources(desk.methods.registry, whoIs(desk, visit, dialect, string('sessionId')), facets[dialect].positional);
    case 'globalFaults':
      whoIs(desk, visit, dialect, string('sessionId'));
      return listGlobalFaults();
    case 'resourceFaults':
      // The WSDLs name the two parts the wrong way round, and the store goes by their order (wire v1/154, v2/133).
      whoIs(desk, visit, dialect, string('resourceName'));
      return listResourceFaults(desk.methods.registry, string('sessionId') ?? '');
    default:
      return undefined;
  }
}
