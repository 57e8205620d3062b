import { facets } from '../../api/dialect-facets';
import type { SoapValue } from '../../api/value';
import type { SoapRequest } from '../../soap/decoding/request';
import { listGlobalFaults, listResourceFaults, resources } from '../operations/protocol';
import { logIn, whoIs, type ServeContext, type ServedRequest } from './context';
import { stringPart } from './parts';

/**
 * The result of a protocol operation over V1 and V2; `undefined` for any other operation.
 * @throws {StoreFault} 2 or 6 for a login that fails, 5 without a session, 3 for a resource that does not exist
 */
export function serveProtocol(
  request: SoapRequest,
  context: ServeContext,
  served: ServedRequest,
  dialect: 'v1' | 'v2',
): SoapValue | undefined {
  const string = (name: string): string | null => stringPart(request, name);
  switch (request.operation) {
    case 'login':
      return logIn(context, served, dialect, string('username'), string('apiKey'));
    case 'startSession':
      return context.sessions.newId();
    case 'endSession':
      context.sessions.end(string('sessionId') ?? '');
      return true;
    case 'resources':
      return resources(context.methods.registry, whoIs(context, served, dialect, string('sessionId')), facets[dialect].positional);
    case 'globalFaults':
      whoIs(context, served, dialect, string('sessionId'));
      return listGlobalFaults();
    case 'resourceFaults':
      // The WSDLs name the two parts in the wrong order, and the store reads them by their position (wire v1/154, v2/133).
      whoIs(context, served, dialect, string('resourceName'));
      return listResourceFaults(context.methods.registry, string('sessionId') ?? '');
    default:
      return undefined;
  }
}
