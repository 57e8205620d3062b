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
  const parts = [before === '' ? undefined : `begins with ${nameOf(before)}`, after === '' ? undefined : `ends in ${nameOf(after)}`];
  return { what: `It ${parts.filter((part) => part !== undefined).join(' and ')}.`, without };
}

function nameOf(space: string): string {
  if (/[\r\n]/.test(space)) return 'a line end';
  return /\t/.test(space) ? 'a tab' : /^ +$/.test(space) ? 'a blank' : 'a character that cannot be seen';
}
