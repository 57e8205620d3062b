import { isFiltersType } from './filters';
import type { WireType } from './types';

/** A type for people: `text`, `whole number`, `list of catalogProductEntity`. */
export function typeWords(type: WireType): string {
  switch (type.kind) {
    case 'string':
      return 'text';
    case 'int':
      return 'whole number';
    case 'double':
      return 'number';
    case 'boolean':
      return 'yes or no';
    case 'any':
      return 'any value';
    case 'list':
      return `list of ${type.of.kind === 'entity' || type.of.kind === 'list' ? type.of.name : `${typeWords(type.of)}s`}`;
    case 'entity':
      return isFiltersType(type) ? 'filters' : type.name;
  }
}
