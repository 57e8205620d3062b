import { t } from '../l10n/texts';
import { ToolkitError } from './errors';

/**
 * Gives back a name that can be one of an XML element: keys of callers become element names in V2 and WS-I, in what is sent and in
 * programs that are generated.
 * @throws {ToolkitError} of kind `input`, `element-name`, for all others
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
