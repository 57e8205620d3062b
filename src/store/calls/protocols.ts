import type { Protocol, ProtocolName } from './protocol';
import { soapProtocol } from '../soap/soap-protocol';

/** Every protocol, by its name. */
export const protocols: Readonly<Record<ProtocolName, Protocol>> = { soap: soapProtocol };
