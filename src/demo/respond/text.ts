import { escapeText, FORBIDDEN } from '../../soap/xml/text';

const SPECIAL = /[&<>\r\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;
const FORBIDDEN_ALL = new RegExp(FORBIDDEN.source, 'g');

/** Text for element content. A character that XML does not allow becomes the literal text of a reference, as in the store (facts §4). */
export function xml(text: string): string {
  if (!SPECIAL.test(text)) return text;
  return escapeText(FORBIDDEN.test(text) ? text.replace(FORBIDDEN_ALL, (character) => `&#${character.charCodeAt(0)};`) : text);
}
