import { t } from '../../l10n/texts';

/**
 * What is doubtful about a key or password as it was given: white space at its ends, which comes along when it is copied or read from
 * a file, and hardly ever belongs to it.
 * @returns a sentence for people and the key without it; `undefined` when nothing is
 */
export function keyDoubt(key: string): { readonly what: string; readonly without: string } | undefined {
  const without = key.replace(/^[\s\u00a0\u200b\ufeff]+|[\s\u00a0\u200b\ufeff]+$/g, '');
  if (without === key || without === '') return undefined;
  const before = key.slice(0, key.indexOf(without));
  const after = key.slice(before.length + without.length);
  const what = [before === '' ? undefined : beginning(before), after === '' ? undefined : end(after)];
  return { what: what.filter((sentence) => sentence !== undefined).join(' '), without };
}

function beginning(space: string): string {
  if (/[\r\n]/.test(space)) return t('It begins with a line end.');
  if (/\t/.test(space)) return t('It begins with a tab.');
  return /^ +$/.test(space) ? t('It begins with a blank.') : t('It begins with a character that cannot be seen.');
}

function end(space: string): string {
  if (/[\r\n]/.test(space)) return t('It ends in a line end.');
  if (/\t/.test(space)) return t('It ends in a tab.');
  return /^ +$/.test(space) ? t('It ends in a blank.') : t('It ends in a character that cannot be seen.');
}
