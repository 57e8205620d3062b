const NAME_START =
  'A-Z_a-z\\u{C0}-\\u{D6}\\u{D8}-\\u{F6}\\u{F8}-\\u{2FF}\\u{370}-\\u{37D}\\u{37F}-\\u{1FFF}\\u{200C}-\\u{200D}\\u{2' +
  '070}-\\u{218F}\\u{2C00}-\\u{2FEF}\\u{3001}-\\u{D7FF}\\u{F900}-\\u{FDCF}\\u{FDF0}-\\u{FFFD}\\u{10000}-\\u{EFFFF}';
const PART = `[${NAME_START}][${NAME_START}\\-.0-9\\u{B7}\\u{300}-\\u{36F}\\u{203F}-\\u{2040}]*`;
const QNAME = new RegExp(`^${PART}(:${PART})?$`, 'u');

/** Whether a text is a qualified name: at most one colon, with something on both sides. */
export function isName(text: string): boolean {
  return QNAME.test(text);
}

/** Characters that XML 1.0 does not allow at all. */
export const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;

/** The same characters in undecoded UTF-8, one character a byte. */
const FORBIDDEN_BYTES = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]|\u00ef\u00bf[\u00be\u00bf]/;

/** The first mistake in a text: a character that XML forbids, or an entity that XML does not know. */
export function firstMistake(text: string, raw: boolean): { readonly at: number; readonly forbidden?: number } | undefined {
  const forbidden = (raw ? FORBIDDEN_BYTES : FORBIDDEN).exec(text);
  const end = forbidden?.index ?? text.length;
  for (const { 0: entity, index } of text.matchAll(ENTITY)) {
    if (index >= end) break;
    if (decodeEntities(entity) === undefined) return { at: index };
  }
  if (forbidden === null) return undefined;
  const [found] = forbidden;
  return { at: end, forbidden: found.length > 1 ? 0xff00 + found.charCodeAt(2) + 0x40 : found.charCodeAt(0) };
}

const ENTITY = /&(?:(lt|gt|amp|quot|apos)|#([0-9]{1,8})|#x([0-9a-fA-F]{1,7}));|&/g;
const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/**
 * Replaces the five predefined entities of XML, and character references. There can be no others, since a SOAP
 * message has no DTD that could declare them.
 * @returns the text, or `undefined` if it contains a bare `&`, an unknown entity or a forbidden character
 */
export function decodeEntities(text: string): string | undefined {
  if (!text.includes('&')) return text;
  let valid = true;
  const decoded = text.replace(ENTITY, (_match, name?: string, decimal?: string, hex?: string) => {
    if (name !== undefined) return NAMED[name] ?? '';
    const code = decimal !== undefined ? Number.parseInt(decimal, 10) : hex !== undefined ? Number.parseInt(hex, 16) : -1;
    if (!isCharacter(code)) {
      valid = false;
      return '';
    }
    return String.fromCodePoint(code);
  });
  return valid ? decoded : undefined;
}

/** Whether XML 1.0 allows this code point. */
function isCharacter(code: number): boolean {
  return (
    code === 0x9 ||
    code === 0xa ||
    code === 0xd ||
    (code >= 0x20 && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0xfffd) ||
    (code >= 0x10000 && code <= 0x10ffff)
  );
}

// Characters that a parser would change or refuse are written as references (facts §4).
const SPECIAL = /[&<>\r]/g;
const SPECIAL_IN_ATTRIBUTE = /[&<>"\r\n\t]/g;
const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
  '\n': '&#10;',
  '\t': '&#9;',
};

/** Escapes text for element content, as PHP does: `& < >` as entities, CR as a reference, quotes and line feeds raw. */
export function escapeText(text: string): string {
  return text.replace(SPECIAL, (character) => ESCAPES[character] ?? character);
}

/** Escapes text for a double-quoted attribute. */
export function escapeAttribute(text: string): string {
  return text.replace(SPECIAL_IN_ATTRIBUTE, (character) => ESCAPES[character] ?? character);
}

/** The first character of a text that XML cannot carry, or `undefined`. Lone surrogates count. */
export function forbiddenCharacter(text: string): string | undefined {
  const control = FORBIDDEN.exec(text)?.[0];
  if (control !== undefined) return control;
  return /[\ud800-\udfff]/u.exec(text)?.[0];
}
