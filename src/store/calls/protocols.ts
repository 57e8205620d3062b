import { restProtocol } from '../rest/rest-protocol';
import { soapProtocol } from '../soap/soap-protocol';
import type { ProtocolName } from './protocol';

/** Every protocol, by its name. */
export const protocols = { soap: soapProtocol, rest: restProtocol } as const satisfies Readonly<Record<ProtocolName, object>>;
