import type { Argument, Method } from '../api/method';
import { findProtocolOperation, type ProtocolOperation } from '../api/protocol';
import type { ResourceRegistry } from '../api/resources';
import { entity, type EntityType, type WireType } from '../api/types';
import { later } from '../l10n/texts';

/** The element that WS-I wraps every item of a list in (facts §4). */
export const WSI_ITEM = 'complexObjectArray';

/** The catalogue's type for a field of a structure that gives no type. */
export function fieldType(type: WireType | undefined, name: string): WireType | undefined {
  if (type?.kind === 'list') return name === WSI_ITEM ? type.of : undefined;
  if (type?.kind !== 'entity') return undefined;
  let fields = FIELDS.get(type);
  if (fields === undefined) {
    fields = new Map(type.fields.map((field) => [field.name, field.type]));
    FIELDS.set(type, fields);
  }
  return fields.get(name);
}

const FIELDS = new WeakMap<EntityType, Map<string, WireType>>();

/** Element that carries the call of an operation over WS-I, for all but a few operations. */
export function usualWrapper(operation: string): string {
  return `${operation}RequestParam`;
}

/** Operation that a body element belongs to: `loginResponseParam`, `loginParam` and `loginResponse` are all `login`. */
export function operationOf(element: string): string {
  return element.replace(/(?:Response|Request)?Param$|Response$/, '');
}

/** Type of an operation's result; `undefined` when no resource has the operation. */
export function resultType(operation: string, registry: ResourceRegistry): WireType | undefined {
  return registry.find(operation)?.result.type ?? findProtocolOperation(operation)?.result;
}

/** The arguments of an operation as the fields of a structure. */
export function requestType(operation: string, registry: ResourceRegistry): EntityType | undefined {
  const method = registry.find(operation) ?? findProtocolOperation(operation);
  if (method === undefined) return undefined;
  let type = REQUESTS.get(method);
  if (type === undefined) {
    const args = 'operation' in method ? [SESSION, ...method.args] : method.args;
    const fields = args.map((arg) => ({ name: arg.name, type: arg.type, title: arg.name, doc: arg.doc }));
    type = entity(operation, fields);
    REQUESTS.set(method, type);
  }
  return type;
}

const SESSION: Argument = { name: 'sessionId', type: { kind: 'string' }, doc: later('Session from login.') };
const REQUESTS = new WeakMap<Method | ProtocolOperation, EntityType>();
