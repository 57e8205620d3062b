import { t } from '../l10n/texts';
import { isFiltersType } from './filters';
import type { WireType } from './types';

/** A type for people: `text`, `whole number`, `list of catalogProductEntity`. */
export function typeWords(type: WireType): string {
  switch (type.kind) {
    case 'string':
      return t('text');
    case 'int':
      return t('whole number');
    case 'double':
      return t('number');
    case 'boolean':
      return t('yes or no');
    case 'any':
      return t('any value');
    case 'list':
      return listWords(type.of);
    case 'entity':
      return isFiltersType(type) ? t('filters') : type.name;
  }
}

function listWords(of: WireType): string {
  switch (of.kind) {
    case 'entity':
    case 'list':
      return t('list of {type}', { type: of.name });
    case 'string':
      return t('list of texts');
    case 'int':
      return t('list of whole numbers');
    case 'double':
      return t('list of numbers');
    case 'boolean':
      return t('list of yes or no');
    case 'any':
      return t('list of any values');
  }
}
