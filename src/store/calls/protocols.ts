import type { restProtocol } from '../rest/rest-protocol';
import { soapProtocol } from '../soap/soap-protocol';
import type { ProtocolName } from './protocol';

/** Every protocol, by its name. REST, which few stores are spoken to in, is loaded when it is first wanted. */
export const protocols = {
  soap: soapProtocol,
  rest: async (): Promise<typeof restProtocol> => (await import('../rest/rest-protocol')).restProtocol,
} as const satisfies Readonly<Record<ProtocolName, object>>;
