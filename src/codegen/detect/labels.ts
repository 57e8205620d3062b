import type { WireType } from '../../api/types';

/** A type in a few words. */
export function typeLabel(type: WireType): string {
  switch (type.kind) {
    case 'int':
      return 'a number';
    case 'double':
      return 'a number';
    case 'string':
      return 'a text';
    case 'boolean':
      return 'true or false';
    case 'any':
      return 'any value';
    case 'list':
      return type.of.kind === 'entity' || type.of.kind === 'list' ? `a list of ${type.of.name}` : 'a list of texts';
    case 'entity':
      return type.name;
  }
}
