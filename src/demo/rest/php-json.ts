/** A value for JSON. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined };

/** The characters that PHP's encoder escapes as numbers: `ascii`, all beyond ASCII; `html`, those with a meaning in HTML; or both. */
export type Escapes = 'ascii' | 'html' | 'both';

/**
 * JSON as the recorded store writes it: slashes after a backslash, and the characters of {@link Escapes} as `\uXXXX`. Null values of
 * objects are left out.
 */
export function phpJson(value: Json, escapes: Escapes): string {
  if (Array.isArray(value)) return `[${value.map((item: Json) => phpJson(item, escapes)).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    let parts = '';
    for (const [key, item] of Object.entries<Json | undefined>(value))
      if (item !== undefined && item !== null) parts += `${parts === '' ? '' : ','}${text(key, escapes)}:${phpJson(item, escapes)}`;
    return `{${parts}}`;
  }
  return typeof value === 'string' ? text(value, escapes) : JSON.stringify(value);
}

/** Characters that no encoder escapes. Most texts have no others. */
const PLAIN = /^[\w .,:;@#$%*()+=?!|~^[\]{}-]*$/;

function text(value: string, escapes: Escapes): string {
  if (PLAIN.test(value)) return `"${value}"`;
  const written = JSON.stringify(value).slice(1, -1);
  const plain = escapes === 'ascii' ? written : written.replace(/\\"/g, String.raw`\u0022`).replace(/[<>&'\u2028\u2029]/g, asNumber);
  const escaped = escapes === 'html' ? plain : plain.replace(/[\u007f-\uffff]/g, asNumber);
  return `"${escaped.replaceAll('/', String.raw`\/`)}"`;
}

function asNumber(character: string): string {
  const code = character.charCodeAt(0).toString(16).padStart(4, '0');
  return `\\u${/[<>&']/.test(character) ? code.toUpperCase() : code}`;
}
