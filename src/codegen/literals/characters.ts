import { t } from '../../l10n/texts';
import { ToolkitError } from '../../api/errors';

/**
 * Characters that are written as escapes in any language: controls, invisible and direction-changing ones (source
 * that reads differently from what it does), line separators, private use, unassigned.
 */
export const HIDDEN = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;

/** Every {@link HIDDEN} character of a text through `write`; lone surrogates come as one code unit. */
export function replaceHidden(text: string, write: (code: number, character: string) => string): string {
  return text.replace(/[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu, (character) =>
    write(character.codePointAt(0) ?? 0, character),
  );
}

/**
 * `1.5`, `1e+21`: numbers read alike in PHP and TypeScript.
 * @throws {ToolkitError} of kind `input` for numbers that are not finite, which neither can write
 */
export function numberText(value: number): string {
  if (!Number.isFinite(value))
    throw new ToolkitError('input', { code: 'number-not-finite', what: t('A value is a number that cannot be written.') });
  return Object.is(value, -0) ? '-0.0' : String(value);
}
