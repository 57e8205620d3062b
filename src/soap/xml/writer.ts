import { ToolkitError } from '../../api/errors';
import { t } from '../../l10n/texts';
import { escapeAttribute, escapeText, forbiddenCharacter } from './text';

/** Attributes of an element to write; `undefined` ones are left out. */
export type WrittenAttributes = Readonly<Record<string, string | undefined>>;

/** A start tag. */
export function startTag(name: string, attributes: WrittenAttributes = {}, selfClosing = false): string {
  let tag = `<${name}`;
  for (const [key, value] of Object.entries(attributes)) if (value !== undefined) tag += ` ${key}="${escapeAttribute(value)}"`;
  return tag + (selfClosing ? '/>' : '>');
}

/** An element around XML that is already written. */
export function element(name: string, attributes: WrittenAttributes, inner: string): string {
  return `${startTag(name, attributes)}${inner}</${name}>`;
}

/** An empty element. */
export function emptyElement(name: string, attributes: WrittenAttributes = {}): string {
  return startTag(name, attributes, true);
}

/**
 * Text for element content.
 * @throws {ToolkitError} of kind `input` for characters that XML cannot carry at all
 */
export function written(text: string): string {
  const forbidden = forbiddenCharacter(text);
  if (forbidden !== undefined) {
    throw new ToolkitError('input', {
      code: 'forbidden-character',
      what: t('A value contains the character U+{character}, which XML cannot contain.', {
        character: forbidden.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0'),
      }),
      next: t('Remove the character.'),
    });
  }
  return escapeText(text);
}
