import type { Method } from './method';
import { knownResources } from './resources/registry';

export type { Argument, ArgumentCheck, Method, MethodFault } from './method';
export { findProtocolOperation, protocolOperations, type ProtocolOperation } from './protocol';

/** The methods of the customer family. Code that must work with more resources takes a {@link ResourceRegistry} instead. */
export const catalogue: readonly Method[] = knownResources.methods;

/** Finds a method of the customer family by its path or by its V2 operation; `undefined` when no resource has it. */
export function findMethod(name: string): Method | undefined {
  return knownResources.find(name);
}
