import type { CodeLanguage } from './node';
import { reuseOf } from './reuse';
import { Tokenizer } from './tokenizer';
import type { Code } from './tokens';

/** The last file that was read. Problems, lenses and hovers ask for the same text one after the other, and typing changes little of it. */
let last: WeakRef<Code> | undefined;

/**
 * Reads a file in one pass, in time linear in its length. Of the next version of a file only the changed part is read.
 * @param cursor offset at which the user types; a PHP text around it ends with its line, since its closing quote may still be missing
 */
export function readCode(text: string, language: CodeLanguage, cursor?: number): Code {
  const known = last?.deref();
  const alike = known?.language === language ? known : undefined;
  if (alike?.text === text && alike.cursor === cursor) return alike;
  const code = readAfter(alike, text, language, cursor);
  last = new WeakRef(code);
  return code;
}

/** Reads a file and reuses tokens of an earlier version. */
export function readAfter(base: Code | undefined, text: string, language: CodeLanguage, cursor?: number): Code {
  return new Tokenizer(text, language, cursor).read(base === undefined ? undefined : reuseOf(base, text, cursor));
}
