import { dollarNames, generators, type GeneratedName } from './generated';
import { isList, isRecord, type SoapValue } from '../../api/value';
import { t } from '../../l10n/texts';

/** The target of a placeholder. */
export type Reference =
  | { readonly kind: 'variable'; readonly name: string }
  /** A value of the row for which a request runs. Outside of such requests, a variable of this name. */
  | { readonly kind: 'row'; readonly name: string; readonly path: readonly (string | number)[] }
  | { readonly kind: 'store'; readonly field: string }
  | { readonly kind: 'generated'; readonly name: GeneratedName; readonly words: readonly string[] }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'encoded'; readonly as: 'base64' | 'md5'; readonly of: Reference }
  | { readonly kind: 'env'; readonly name: string }
  | { readonly kind: 'result'; readonly request: string; readonly path: readonly (string | number)[] }
  | { readonly kind: 'malformed'; readonly why: string };

/** One `{{…}}` in a text. */
export interface Placeholder {
  /** From the beginning of the text, in UTF-16 units. */
  readonly offset: number;
  readonly length: number;
  /** The text between the braces, trimmed. */
  readonly source: string;
  readonly reference: Reference;
}

/** Longest placeholder that is parsed, in UTF-16 units. Request files are parsed before the user trusts their folder. */
const MAX_PLACEHOLDER_CHARS = 500;

/** The placeholders of a text, in order. A backslash before the braces escapes them. */
export function placeholders(text: string): readonly Placeholder[] {
  const found: Placeholder[] = [];
  for (let open = text.indexOf('{{'); open >= 0;) {
    const end = endOf(text, open + 2);
    const next = end ?? open + 2;
    if (text[open - 1] !== '\\') {
      const source = end === undefined ? '' : text.slice(open + 2, end - 2).trim();
      const reference: Reference =
        end === undefined ? { kind: 'malformed', why: t('The placeholder has no closing braces.') } : parseReference(source);
      found.push({ offset: open, length: next - open, source, reference });
    }
    open = text.indexOf('{{', next);
  }
  return found;
}

/**
 * The end of a placeholder, after its closing braces. Not a regular expression, whose stack would hold every single brace of a long text.
 * @param from offset after the opening braces
 * @returns `undefined` when another placeholder begins first, or a single brace closes
 */
function endOf(text: string, from: number): number | undefined {
  const brace = /[{}]/g;
  brace.lastIndex = from;
  for (let match = brace.exec(text); match !== null; match = brace.exec(text)) {
    const twice = text[match.index + 1] === match[0];
    if (match[0] === '}') return twice ? match.index + 2 : undefined;
    if (twice) return undefined;
  }
  return undefined;
}

/** Replaces the placeholders of a text; `\{{` becomes `{{`. */
export function interpolate(text: string, replace: (placeholder: Placeholder) => string): string {
  let filled = '';
  let at = 0;
  for (const placeholder of placeholders(text)) {
    filled += plain(text.slice(at, placeholder.offset)) + replace(placeholder);
    at = placeholder.offset + placeholder.length;
  }
  return filled + plain(text.slice(at));
}

/** Whether a value has a placeholder anywhere, so that it is only known during a run. */
export function hasPlaceholder(value: SoapValue): boolean {
  if (typeof value === 'string') return placeholders(value).length > 0;
  if (isList(value)) return value.some(hasPlaceholder);
  return isRecord(value) && Object.values(value).some(hasPlaceholder);
}

/** The references in a value. */
export function referencesIn(value: SoapValue | undefined): readonly Reference[] {
  if (typeof value === 'string') return placeholders(value).map(({ reference }) => innermost(reference));
  if (isList(value)) return value.flatMap(referencesIn);
  return isRecord(value) ? Object.values(value).flatMap(referencesIn) : [];
}

/** The reference inside of encodings such as base64. */
export function innermost(reference: Reference): Reference {
  let found = reference;
  while (found.kind === 'encoded') found = found.of;
  return found;
}

function parseReference(source: string): Reference {
  if (source === '') return { kind: 'malformed', why: t('The placeholder is empty.') };
  if (source.length > MAX_PLACEHOLDER_CHARS)
    return { kind: 'malformed', why: t('The placeholder is longer than {count} characters.', { count: MAX_PLACEHOLDER_CHARS }) };
  if (source.startsWith('$')) return parseSpecial(source.slice(1));
  const result = /^(.+?)\.result((?:\.[\p{L}_][\p{L}\p{N}_-]*|\[\d+\]|\["[^"\]]*"\])*)$/u.exec(source);
  if (result !== null) return { kind: 'result', request: result[1] ?? '', path: parsePath(result[2] ?? '') };
  if (/\.result\b/.test(source)) return { kind: 'malformed', why: t('After .result, write a path such as [0].email.') };
  const field = /^store\.(\w+)$/.exec(source)?.[1];
  if (field !== undefined) return { kind: 'store', field };
  const row = /^row((?:\.[\p{L}_][\p{L}\p{N}_-]*|\[\d+\]|\["[^"\]]*"\])*)$/u.exec(source);
  if (row !== null) return { kind: 'row', name: source, path: parsePath(row[1] ?? '') };
  if (!/^[\p{L}_][\p{L}\p{N}_.-]*$/u.test(source))
    return { kind: 'malformed', why: t('Names of variables contain letters, digits, _, - and dots.') };
  return { kind: 'variable', name: source };
}

function parseSpecial(source: string): Reference {
  const env = /^env\s+([A-Za-z_]\w*)$/.exec(source)?.[1];
  if (env !== undefined) return { kind: 'env', name: env };
  if (/^env\b/.test(source))
    return { kind: 'malformed', why: t('Write {placeholder} with the name of an environment variable.', { placeholder: '{{$env NAME}}' }) };
  const file = /^file\s+(\S.*)$/s.exec(source)?.[1];
  if (file !== undefined) return { kind: 'file', path: file };
  const [, as, inner] = /^(base64|md5)\s+(\S.*)$/s.exec(source) ?? [];
  if (inner !== undefined && (as === 'base64' || as === 'md5')) {
    const text = /^'(.*)'$/s.exec(inner)?.[1];
    const of: Reference = text === undefined ? parseReference(inner) : { kind: 'literal', text };
    return of.kind === 'malformed' ? of : { kind: 'encoded', as, of };
  }
  if (/^(?:file|base64|md5)\b/.test(source))
    return {
      kind: 'malformed',
      why: t('Write {file}, {base64} or {md5}.', { file: '{{$file note.txt}}', base64: "{{$base64 'text'}}", md5: '{{$md5 name}}' }),
    };
  const [word = '', ...words] = source.split(/\s+/);
  if (isGenerated(word)) {
    const why = generators[word].check(words);
    return why === undefined ? { kind: 'generated', name: word, words } : { kind: 'malformed', why };
  }
  if (source === 'session' || source === 'namespace') {
    return { kind: 'malformed', why: t('Only raw envelopes support {name}, since it comes with the connection.', { name: `$${source}` }) };
  }
  return {
    kind: 'malformed',
    why: t('There is no {name}. Known names are {names}.', { name: `$${word}`, names: dollarNames.map((known) => `$${known}`).join(', ') }),
  };
}

function isGenerated(name: string): name is GeneratedName {
  return Object.hasOwn(generators, name);
}

function parsePath(source: string): readonly (string | number)[] {
  return [...source.matchAll(/\.([^.[]+)|\[(\d+)\]|\["([^"\]]*)"\]/g)].map(([, name, index, quoted]) =>
    index === undefined ? (name ?? quoted ?? '') : Number(index),
  );
}

function plain(text: string): string {
  return text.replaceAll('\\{{', '{{');
}
