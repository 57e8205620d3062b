import type { Method } from '../../api/method';
import { protocolOperations } from '../../api/protocol';
import type { EntityType, ListType, WireType } from '../../api/types';

/** Complex types that the methods of a WSDL use, each once, inner types first. */
export function complexTypes(methods: readonly Method[]): readonly (EntityType | ListType)[] {
  const found = new Map<string, EntityType | ListType>();
  const visit = (type: WireType): void => {
    if (type.kind !== 'list' && type.kind !== 'entity') return;
    if (found.has(type.name)) return;
    if (type.kind === 'list') visit(type.of);
    else for (const field of type.fields) visit(field.type);
    found.set(type.name, type);
  };
  for (const operation of protocolOperations) {
    if (operation.v1Only === true) continue;
    for (const { type } of operation.args) visit(type);
    visit(operation.result);
  }
  for (const method of methods) {
    for (const { type } of method.args) visit(type);
    visit(method.result.type);
  }
  return [...found.values()];
}

/** Qualified name of a type in a WSDL, where `typens` is the prefix of the WSDL's own namespace. */
export function qualified(type: WireType): string {
  switch (type.kind) {
    case 'any':
      return 'xsd:anyType';
    case 'list':
    case 'entity':
      return `typens:${type.name}`;
    default:
      return `xsd:${type.kind}`;
  }
}

/** Request message of a protocol operation in V2 and WS-I. One of them has a name like those of the methods. */
export function protocolMessage(operation: string): string {
  return operation === 'resources' ? 'resourcesRequest' : operation;
}
