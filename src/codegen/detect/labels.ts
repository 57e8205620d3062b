import type { WireType } from '../../api/types';
import { t } from '../../l10n/texts';

/** A type in a few words. */
export function typeLabel(type: WireType): string {
  switch (type.kind) {
    case 'int':
      return t('a number');
    case 'double':
      return t('a number');
    case 'string':
      return t('a text');
    case 'boolean':
      return t('true or false');
    case 'any':
      return t('any value');
    case 'list':
      return type.of.kind === 'entity' || type.of.kind === 'list' ? t('a list of {value}', { value: type.of.name }) : t('a list of texts');
    case 'entity':
      return type.name;
  }
}
