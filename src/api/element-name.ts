import { t } from '../l10n/texts';
import { ToolkitError } from './errors';

/**
 * Returns a name that is valid for an XML element. In V2 and WS-I, keys of callers become element names in requests and in generated
 * programs.
 * @throws {ToolkitError} of kind `input`, `element-name`, for an invalid name
 */
export function elementName(name: string): string {
  if (!/^[A-Za-z_][\w.-]*$/.test(name)) {
    throw new ToolkitError('input', {
      code: 'element-name',
      what: t('"{name}" cannot be an element name.', { name: name.slice(0, 60) }),
      next: t('Use letters, digits, _, - and . only.'),
    });
  }
  return name;
}
