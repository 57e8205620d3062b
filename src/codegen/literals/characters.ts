import { t } from '../../l10n/texts';
import { ToolkitError } from '../../api/errors';

/**
 * Characters that are written as escapes in any language: controls, line separators, private use, unassigned, invisible ones, and those
 * that change the direction of text, which would make source read differently from what it does.
 */
export const ESCAPED_CHARACTERS = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;

/** Replaces every {@link ESCAPED_CHARACTERS} character of a text. A lone surrogate is passed as one code unit. */
export function replaceHidden(text: string, write: (code: number, character: string) => string): string {
  return text.replace(/[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu, (character) =>
    write(character.codePointAt(0) ?? 0, character),
  );
}

/**
 * A number in the notation that PHP and TypeScript share, such as `1.5` or `1e+21`.
 * @throws {ToolkitError} of kind `input` for numbers that are not finite, which neither can write
 */
export function numberText(value: number): string {
  if (!Number.isFinite(value))
    throw new ToolkitError('input', { code: 'number-not-finite', what: t('A value is a number that cannot be written.') });
  return Object.is(value, -0) ? '-0.0' : String(value);
}
