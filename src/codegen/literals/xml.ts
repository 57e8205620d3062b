import { t } from '../../l10n/texts';
import { ToolkitError } from '../../api/errors';

/**
 * Escapes text for the content of an element.
 * @throws {ToolkitError} of kind `input` for characters that XML does not allow
 */
export function xmlText(text: string): string {
  const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udfff]/u.exec(text)?.[0];
  if (forbidden !== undefined) {
    throw new ToolkitError('input', {
      code: 'forbidden-character',
      what: t('A value contains the character {character}, which XML cannot contain.', {
        character: `U+${forbidden.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`,
      }),
      next: t('Remove the character.'),
    });
  }
  // `]]>` is not allowed in text, and a bare CR would be read as a line feed.
  return text.replace(/[&<>\r]/g, (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#13;' })[character] ?? character);
}
