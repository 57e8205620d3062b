import type { Dialect } from '../../api/dialect';
import { isFiltersType } from '../../api/filters';
import { markdownText } from '../../api/markdown';
import type { Method } from '../../api/method';
import type { ResourceRegistry } from '../../api/resources';
import { templateText, templateValue } from '../../api/store-methods/template';
import { typeWords } from '../../api/type-words';
import type { Range, RequestFile } from '../file/model';
import { requestAt } from '../file/place';
import { property } from '../file/tree';
import { translated, t } from '../../l10n/texts';
import { describedPlace, type KnownKey, type KnownValue } from './described-place';

/** A completion for a place in a request file. */
export interface RequestWord {
  readonly kind: 'method' | KnownKey['kind'] | 'value';
  /** The text in the list of completions. */
  readonly label: string;
  /** Shown beside the label: a title from the store, or a type. Not trusted. */
  readonly detail: string;
  /** Markdown, with text from the store escaped. */
  readonly doc: string;
  /** The text to insert, as JSON. After a key follow its colon and a value to begin with. */
  readonly text: string;
  /** The text that typed text is compared with. It is JSON too, because the range includes the quotes. */
  readonly filter: string;
}

/** The completions for a place, and the range that they replace. */
export interface RequestWords {
  readonly range: Range;
  readonly words: readonly RequestWord[];
}

/** The description of the part at a place. */
export interface RequestHover {
  readonly range: Range;
  /** Markdown, with text from the store escaped. */
  readonly markdown: string;
}

/** The known methods for requests of a dialect, since names differ between dialects. `undefined` when nothing is known. */
export type RegistryFor = (dialect: Dialect | undefined) => ResourceRegistry | undefined;

/** Completions at an offset beyond those of the JSON Schema; `undefined` when there are none. */
export function describedWords(file: RequestFile, offset: number, registryFor: RegistryFor): RequestWords | undefined {
  const at = requestAt(file, offset);
  const registry = at === undefined ? undefined : registryFor(at.request.dialect);
  if (at === undefined || registry === undefined) return undefined;
  const place = describedPlace(at.request, at.path, at.atKey, registry);
  if (place === undefined) return undefined;
  const range = at.range.length > 0 ? at.range : typedAround(file.text, offset);
  const after = file.text.slice(range.offset + range.length, range.offset + range.length + 200);
  switch (place.kind) {
    case 'method':
      return { range, words: methodWords(registry) };
    case 'values':
      return { range, words: place.values.map(textWord) };
    case 'value':
      return place.type.kind === 'boolean' ? { range, words: ['true', 'false'].map(valueWord) } : undefined;
    case 'keys': {
      const map = at.path.slice(0, -1);
      const taken = new Set(keysAt(at.request.node, map));
      const typed = at.path.at(-1);
      const named = /^\s*:/.test(after);
      const comma = /^\s*"/.test(after);
      const lead = indentAt(file.text, offset);
      const free = place.keys.filter(({ name }) => name === typed || !taken.has(name));
      return { range, words: free.map((key) => keyWord(key, lead, { named, comma })) };
    }
  }
}

/**
 * The description of the method, argument or field at an offset, if it comes from the store's description. The JSON Schema covers the
 * others.
 */
export function describedHover(file: RequestFile, offset: number, registryFor: RegistryFor): RequestHover | undefined {
  const at = requestAt(file, offset);
  const registry = at === undefined ? undefined : registryFor(at.request.dialect);
  if (at === undefined || registry === undefined || at.range.length === 0) return undefined;
  const place = describedPlace(at.request, at.path, at.atKey, registry);
  if (place?.kind === 'method') {
    const name: unknown = JSON.parse(textOr(file.text.slice(at.range.offset, at.range.offset + at.range.length)));
    const method = typeof name === 'string' ? registry.find(name) : undefined;
    return method === undefined || !registry.isDescribed(method) ? undefined : { range: at.range, markdown: methodMarkdown(method) };
  }
  if (place?.kind !== 'keys') return undefined;
  const key = place.keys.find(({ name }) => name === at.path.at(-1));
  return key === undefined ? undefined : { range: at.range, markdown: `**${markdownText(key.name)}** ${keyDoc(key)}` };
}

/** The text if it is a JSON string, or else an empty JSON string. */
function textOr(text: string): string {
  return /^"(?:[^"\\\n]|\\["\\/bfnrt]|\\u[\da-fA-F]{4})*"$/.test(text) ? text : '""';
}

function methodWords(registry: ResourceRegistry): readonly RequestWord[] {
  const described = registry.methods.filter((method) => registry.isDescribed(method));
  const word = (name: string, method: Method): RequestWord => ({
    kind: 'method',
    label: name,
    detail: method.title === method.id ? '' : translated(method.title),
    // Read for the one method that is looked at. A store may have thousands.
    get doc() {
      return methodMarkdown(method);
    },
    text: JSON.stringify(name),
    filter: JSON.stringify(name),
  });
  return [
    ...described.map((method) => word(method.id, method)),
    ...described.filter(({ id, operation }) => id !== operation).map((method) => word(method.operation, method)),
  ];
}

function valueWord(text: string): RequestWord {
  return { kind: 'value', label: text, detail: '', doc: '', text, filter: text };
}

function textWord({ text, kind, doc }: KnownValue): RequestWord {
  const json = JSON.stringify(text);
  return { kind, label: text, detail: '', doc: translated(doc), text: json, filter: json };
}

function keyWord(key: KnownKey, lead: string, { named, comma }: { readonly named: boolean; readonly comma: boolean }): RequestWord {
  const name = JSON.stringify(key.name);
  return {
    kind: key.kind,
    label: key.name,
    detail:
      key.kind === 'element' ? '' : key.required === true ? t('{type}, required', { type: typeWords(key.type) }) : typeWords(key.type),
    doc: keyDoc(key),
    // When the key already has its colon, only the name is replaced.
    text: named ? name : `${name}: ${starting(key, lead)}${comma ? ',' : ''}`,
    filter: name,
  };
}

/** A value to begin with, as JSON. A map extends over several lines and has its required fields. */
function starting({ type, kind, starting: given }: KnownKey, lead: string): string {
  if (given !== undefined) return given;
  if (kind === 'attribute' || kind === 'operator' || kind === 'element') return '""';
  if (type.kind === 'entity' && !isFiltersType(type)) {
    const fields = type.fields.filter(({ required, v1Only }) => required === true && v1Only !== true);
    const args = fields.map((field) => ({ name: field.name, type: field.type, doc: '' }));
    return args.length === 0 ? '{}' : templateText({ args }, lead);
  }
  return JSON.stringify(templateValue(type));
}

function methodMarkdown({ id, operation, title, doc, args, access, result, faults }: Method): string {
  const list = args.map((arg) => {
    const type = markdownText(typeWords(arg.type));
    const typed = arg.optional === true && arg.emptyElement !== true ? type : t('{type}, required', { type });
    const others = (arg.otherNames ?? []).map(markdownText).join(', ');
    return `- ${markdownText(arg.name)}: ${others === '' ? typed : t('{type}, also {names}', { type: typed, names: others })}`;
  });
  return [
    `**${markdownText(id)}**${title === id ? '' : ` ${markdownText(translated(title))}`}`,
    ...(doc === '' ? [] : [markdownText(translated(doc))]),
    ...(operation === id ? [] : [t('{operation} in V2 and WS-I.', { operation: markdownText(operation) })]),
    list.length === 0 ? t('It takes no arguments.') : `${t('Arguments:')}\n${list.join('\n')}`,
    `${t('Returns: {type}.', { type: markdownText(typeWords(result.type)) })} ${access === 'write' ? t('It changes data in the store.') : t('It only reads.')}`,
    ...(faults.length === 0
      ? []
      : [`${t('Faults:')}\n${faults.map(({ code, doc: of }) => `- ${markdownText(code)}: ${markdownText(translated(of))}`).join('\n')}`]),
  ].join('\n\n');
}

function keyDoc({ kind, type, required, doc: english }: KnownKey): string {
  const doc = translated(english);
  if (kind === 'operator' || kind === 'attribute' || kind === 'element') return doc === '' ? markdownText(typeWords(type)) : doc;
  const typed = markdownText(required === true ? t('{type}, required', { type: typeWords(type) }) : typeWords(type));
  return doc === '' ? typed : `${typed}. ${doc}`;
}

/** The keys that the map at a path already has. */
function keysAt(node: Parameters<typeof property>[0], path: readonly (string | number)[]): readonly string[] {
  let map = node;
  for (const step of path) map = typeof step === 'number' ? map?.children?.[step] : property(map, step)?.value;
  return (map?.type === 'object' ? (map.children ?? []) : []).flatMap(({ children: [key] = [] }) => {
    const name: unknown = key?.value;
    return typeof name === 'string' ? [name] : [];
  });
}

/** The text being typed around an offset, with its quotes. It is not in the syntax tree yet. */
function typedAround(text: string, offset: number): Range {
  const before = /"?[\w.]*$/.exec(text.slice(Math.max(0, offset - 200), offset))?.[0] ?? '';
  const after = /^[\w.]*"?/.exec(text.slice(offset, offset + 200))?.[0] ?? '';
  // A quote after the cursor closes the text if a quote before it opens one. Otherwise it begins the next key.
  const closing = before.startsWith('"') || !after.endsWith('"') ? after : after.slice(0, -1);
  return { offset: offset - before.length, length: before.length + closing.length };
}

/** The indentation of the line of an offset. */
function indentAt(text: string, offset: number): string {
  const line = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(line, offset))?.[0] ?? '';
}
