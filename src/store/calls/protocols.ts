import type { restProtocol } from '../rest/rest-protocol';
import { soapProtocol } from '../soap/soap-protocol';
import type { ProtocolName } from './protocol';

/** Every protocol, by its name. REST is loaded at its first use, since few stores need it. */
export const protocols = {
  soap: soapProtocol,
  rest: async (): Promise<typeof restProtocol> => (await import('../rest/rest-protocol')).restProtocol,
} as const satisfies Readonly<Record<ProtocolName, object>>;
