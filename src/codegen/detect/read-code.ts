import type { CodeLanguage } from './node';
import { reuseOf } from './reuse';
import { Tokenizer } from './tokenizer';
import type { Code } from './tokens';

/**
 * The file that was read last: problems, lenses and hovers ask about the same text one after the other, and typing changes little of it.
 */
let last: WeakRef<Code> | undefined;

/**
 * Reads a file once, from its beginning to its end: the time it takes grows with the text, whatever stands in it. Of the next version of
 * a file only what changed is read.
 * @param cursor where somebody types; a PHP text around it ends with its line, since its closing quote may still be missing
 */
export function readCode(text: string, language: CodeLanguage, cursor?: number): Code {
  const known = last?.deref();
  const alike = known?.language === language ? known : undefined;
  if (alike?.text === text && alike.cursor === cursor) return alike;
  const code = readAfter(alike, text, language, cursor);
  last = new WeakRef(code);
  return code;
}

/** Reads a file, with what can be taken over from an earlier version of it. */
export function readAfter(base: Code | undefined, text: string, language: CodeLanguage, cursor?: number): Code {
  return new Tokenizer(text, language, cursor).read(base === undefined ? undefined : reuseOf(base, text, cursor));
}
