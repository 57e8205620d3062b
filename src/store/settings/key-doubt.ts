import { t } from '../../l10n/texts';

/**
 * A doubt about a key or password: white space at its ends. It is easily included when a key is copied or read from
 * a file, and is hardly ever part of it.
 * @returns a sentence for users, and the key without the white space; `undefined` if there is none
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
  if (/[\r\n]/.test(space)) return t('It begins with a line break.');
  if (/\t/.test(space)) return t('It begins with a tab.');
  return /^ +$/.test(space) ? t('It begins with a space.') : t('It begins with an invisible character.');
}

function end(space: string): string {
  if (/[\r\n]/.test(space)) return t('It ends with a line break.');
  if (/\t/.test(space)) return t('It ends with a tab.');
  return /^ +$/.test(space) ? t('It ends with a space.') : t('It ends with an invisible character.');
}
