import { createHash } from 'node:crypto';
import { ToolkitError } from '../../api/errors';
import { decodeText } from '../../api/text-input';
import { similar } from '../../api/traps';
import { isList, isRecord, setKey, type MutableRecord, type SoapRecord, type SoapValue } from '../../api/value';
import type { NamedFiles } from '../file/named-files';
import { holdsKey } from '../../store/settings/variables';
import { t } from '../../l10n/texts';
import { generators } from './generated';
import { interpolate, placeholders, referencesIn, type Reference } from './template';

/** Fields of a store that requests may use. No secret is among them. */
export const storeFields = ['name', 'url', 'user', 'dialect', 'environment'] as const;

/** The fields of one store, see {@link storeFields}. Unknown ones are missing. */
export type StoreFields = Readonly<Partial<Record<(typeof storeFields)[number], string | undefined>>>;

/** The sources of the values of placeholders. */
export interface VariableSources {
  /** Variables of the request file. */
  readonly file: SoapRecord;
  /** Variables of the chosen environment file. They win over those of the request file. */
  readonly environment?: SoapRecord | undefined;
  readonly store?: StoreFields | undefined;
  /** The environment of the process. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  /** The files that the request file may name. */
  readonly files?: NamedFiles | undefined;
  /** By the name of a variable from an included file, the files that it may name. */
  readonly homes?: ReadonlyMap<string, NamedFiles> | undefined;
  /** `false` in an untrusted workspace: neither the environment nor files are read. */
  readonly trusted: boolean;
}

/** Size limit of a filled value, in characters and items. Variables that use each other several times grow exponentially. */
const MAX_VALUE_CHARS = 16 * 1024 * 1024;

/** Depth limit of a filled value, because later code is recursive. */
const MAX_VALUE_LEVELS = 500;

/** A value with its size and depth. */
interface Filled {
  readonly value: SoapValue;
  /** Characters of texts and keys, plus one for each value. */
  readonly size: number;
  /** Levels of nested lists and maps. */
  readonly depth: number;
}

/**
 * Fills the placeholders of one run. A variable is evaluated once and keeps its value, so that `{{email}}` made of `{{$randomEmail}}` is
 * the same e-mail in every request of the run.
 */
export class Resolver {
  readonly #variables = new Map<string, Filled>();
  readonly #results = new Map<string, SoapValue>();

  /** The files that a request of an included file may name, instead of those of the sources. */
  #files: NamedFiles | undefined;
  /** The row for which the current request runs. */
  #row: SoapValue | undefined;
  /** Greater than 0 while a variable is evaluated. It cannot use the row, because it keeps its value for the whole run. */
  #inVariable = 0;

  constructor(private readonly sources: VariableSources) {}

  /** Sets the files that a request of an included file may name; `undefined` for those of the sources. */
  useFiles(files: NamedFiles | undefined): void {
    this.#files = files;
  }

  /** Sets the value of `{{row}}`; `undefined` for none. */
  useRow(row: SoapValue | undefined): void {
    this.#row = row;
  }

  /** Keeps the result of a request for later requests. */
  remember(request: string, result: SoapValue): void {
    this.#results.set(request, result);
  }

  /** Releases a result that no later request uses. */
  forget(request: string): void {
    this.#results.delete(request);
  }

  /**
   * Fills the placeholders of a value. A text that is a single placeholder gets the type of its value.
   * @throws {ToolkitError} of kind `input` for a placeholder that cannot be filled or a value that becomes too large, `policy` for the
   * environment in an untrusted workspace
   */
  resolve(value: SoapValue): SoapValue {
    return this.#fill(value, 0).value;
  }

  /**
   * Fills the placeholders of a text with texts.
   * @param extra values of further placeholders, inserted unchanged
   * @param escape applied to every other value, such as escaping it for XML
   * @throws {ToolkitError} of kind `input` for a value that is not text or cannot be found, `policy` for the environment in an untrusted
   * workspace
   */
  resolveText(
    text: string,
    extra: Readonly<Record<string, string>> = {},
    escape: (text: string) => string = (plain): string => plain,
  ): string {
    let size = text.length;
    return interpolate(text, ({ source, reference }) => {
      const part = Object.hasOwn(extra, source) ? (extra[source] ?? '') : escape(asText(source, this.#value(reference, source).value));
      size = within(size + part.length);
      return part;
    });
  }

  #fill(value: SoapValue, level: number): Filled {
    if (typeof value === 'string') return this.#text(value);
    if (!isList(value) && !isRecord(value)) return { value, size: 1, depth: 0 };
    if (level >= MAX_VALUE_LEVELS) throw tooDeep();
    let size = 1;
    let depth = 0;
    const inner = (item: SoapValue): SoapValue => {
      const filled = this.#fill(item, level + 1);
      size = within(size + filled.size);
      depth = Math.max(depth, filled.depth);
      if (depth >= MAX_VALUE_LEVELS) throw tooDeep();
      return filled.value;
    };
    if (isList(value)) return { value: value.map(inner), size, depth: depth + 1 };
    const record: MutableRecord = {};
    for (const [key, item] of Object.entries(value)) {
      setKey(record, key, inner(item));
      size = within(size + key.length);
    }
    return { value: record, size, depth: depth + 1 };
  }

  #text(text: string): Filled {
    const found = placeholders(text);
    const [only] = found;
    if (only !== undefined && found.length === 1 && only.offset === 0 && only.length === text.length)
      return this.#value(only.reference, only.source);
    const value = this.resolveText(text);
    return { value, size: value.length + 1, depth: 0 };
  }

  #value(reference: Reference, source: string): Filled {
    switch (reference.kind) {
      case 'malformed':
        throw problem('variable-malformed', t('{placeholder} is not valid.', { placeholder: `{{${source}}}` }), reference.why);
      case 'generated':
        return measured(generators[reference.name].make(reference.words));
      case 'literal':
        return measured(reference.text);
      case 'file':
        return measured(decodeText(this.#file(reference.path), reference.path));
      case 'encoded':
        return measured(this.#encoded(reference.as, reference.of, source));
      case 'env':
        return measured(this.#env(reference.name));
      case 'store':
        return measured(this.#store(reference.field));
      case 'result':
        return measured(this.#result(reference.request, reference.path, source));
      case 'row':
        if (this.#row !== undefined && this.#inVariable === 0) return measured(this.#ofRow(this.#row, reference.path, source));
        return this.#variables.get(reference.name) ?? this.#variable(reference.name);
      case 'variable':
        return this.#variables.get(reference.name) ?? this.#variable(reference.name);
    }
  }

  /**
   * Evaluates a variable after those that it uses. It does so without recursion, since a chain of variables may be longer than the stack
   * allows.
   */
  #variable(wanted: string): Filled {
    const open = new Map<string, { readonly raw: SoapValue; readonly uses: Iterator<string> }>();
    const enter = (name: string): void => {
      if (open.has(name)) throw cycle([...open.keys()], name);
      const raw = this.#raw(name);
      open.set(name, { raw, uses: variablesIn(raw) });
    };
    enter(wanted);
    const names = [wanted];
    for (;;) {
      const name = names.at(-1) ?? wanted;
      const entry = open.get(name);
      const next = entry?.uses.next();
      if (entry !== undefined && next?.done === false) {
        if (this.#variables.has(next.value)) continue;
        enter(next.value);
        names.push(next.value);
        continue;
      }
      const files = this.#files;
      this.#files = this.sources.homes?.get(name);
      this.#inVariable++;
      let filled: Filled;
      try {
        filled = this.#fill(entry?.raw ?? null, 0);
      } finally {
        this.#inVariable--;
        this.#files = files;
      }
      this.#variables.set(name, filled);
      open.delete(name);
      names.pop();
      if (names.length === 0) return filled;
    }
  }

  #raw(name: string): SoapValue {
    const { environment, file } = this.sources;
    const raw =
      environment !== undefined && Object.hasOwn(environment, name)
        ? environment[name]
        : Object.hasOwn(file, name)
          ? file[name]
          : undefined;
    if (raw !== undefined) return raw;
    const meant = similar(name, [...Object.keys(file), ...Object.keys(environment ?? {})]);
    throw problem(
      'variable-unknown',
      t('There is no variable "{name}".', { name }),
      meant === undefined ? t('Neither the file nor the selected environment file defines it.') : t('Did you mean "{meant}"?', { meant }),
      t('Define variables in the file under "variables", or in the selected environment file.'),
    );
  }

  #file(path: string): Buffer {
    const { trusted } = this.sources;
    const files = this.#files ?? this.sources.files;
    if (!trusted)
      throw new ToolkitError('policy', {
        code: 'variable-untrusted',
        what: t('{placeholder} is not read in an untrusted workspace.', { placeholder: `{{$file ${path}}}` }),
        why: t('A request file could send files of this computer to a store.'),
        next: t('Trust the workspace if you know where its files come from.'),
      });
    if (files === undefined)
      throw problem(
        'variable-file',
        t('The file {path} is not read.', { path }),
        t('The request file itself is not saved on a disk, so it has no folder.'),
      );
    return files.read(path);
  }

  #encoded(as: 'base64' | 'md5', of: Reference, source: string): string {
    const bytes = of.kind === 'file' ? this.#file(of.path) : Buffer.from(asText(source, this.#value(of, source).value));
    return as === 'base64' ? bytes.toString('base64') : createHash('md5').update(bytes).digest('hex');
  }

  #ofRow(row: SoapValue, path: readonly (string | number)[], source: string): SoapValue {
    const value = at(row, path);
    if (value !== undefined) return value;
    const columns = isRecord(row) ? Object.keys(row) : [];
    const meant = similar(String(path[0] ?? ''), columns);
    const known =
      columns.length === 0 ? t('The row is not a map.') : t('The row has {columns}.', { columns: columns.slice(0, 20).join(', ') });
    throw problem(
      'row-path',
      t('{placeholder} has no value.', { placeholder: `{{${source}}}` }),
      meant === undefined ? known : t('Did you mean "{meant}"?', { meant }),
    );
  }

  #env(name: string): string {
    if (holdsKey(name))
      throw problem(
        'variable-key',
        t('{placeholder} is not read.', { placeholder: `{{$env ${name}}}` }),
        t('Variables that begin with MAHO_SOAP_ contain API keys, and API keys are never variables.'),
      );
    if (!this.sources.trusted)
      throw new ToolkitError('policy', {
        code: 'variable-untrusted',
        what: t('{placeholder} is not read in an untrusted workspace.', { placeholder: `{{$env ${name}}}` }),
        why: t('A request file could send environment variables of this computer to a store.'),
        next: t('Trust the workspace if you know where its files come from.'),
      });
    const { env } = this.sources;
    const value = env !== undefined && Object.hasOwn(env, name) ? env[name] : undefined;
    if (value === undefined) throw problem('variable-env-missing', t('The environment variable {name} is not set.', { name }), undefined);
    return value;
  }

  #store(field: string): SoapValue {
    const known = storeFields.find((each) => each === field);
    if (known === undefined)
      throw problem(
        'variable-store',
        t('{placeholder} does not exist.', { placeholder: `{{store.${field}}}` }),
        t('The fields of a store are {fields}. API keys and passwords are never variables.', { fields: storeFields.join(', ') }),
      );
    const value = this.sources.store?.[known];
    if (value === undefined) throw problem('variable-store', t('The {field} of the store is not known.', { field }), undefined);
    return value;
  }

  #result(request: string, path: readonly (string | number)[], source: string): SoapValue {
    const result = this.#results.get(request);
    if (result === undefined)
      throw problem(
        'variable-result',
        t('{placeholder} has no value.', { placeholder: `{{${source}}}` }),
        t('The request "{request}" has no result yet.', { request }),
      );
    const value = at(result, path);
    if (value === undefined)
      throw problem(
        'variable-result-path',
        t('{placeholder} has no value.', { placeholder: `{{${source}}}` }),
        t('The result of "{request}" has no value at this path.', { request }),
      );
    return value;
  }
}

function variablesIn(raw: SoapValue): Iterator<string> {
  return new Set(
    referencesIn(raw).flatMap((reference) => (reference.kind === 'variable' || reference.kind === 'row' ? [reference.name] : [])),
  ).values();
}

/** The part of a value at a path. */
function at(value: SoapValue, path: readonly (string | number)[]): SoapValue | undefined {
  let found: SoapValue | undefined = value;
  for (const step of path)
    found = isList(found) ? found[Number(step)] : isRecord(found) && Object.hasOwn(found, step) ? found[step] : undefined;
  return found;
}

/** A value without placeholders, with its size. Throws as soon as it is too large. */
function measured(value: SoapValue): Filled {
  let size = 0;
  let deepest = 0;
  const count = (item: SoapValue, depth: number): void => {
    size = within(size + 1 + (typeof item === 'string' ? item.length : 0));
    if (!isList(item) && !isRecord(item)) return;
    if (depth >= MAX_VALUE_LEVELS) throw tooDeep();
    deepest = Math.max(deepest, depth + 1);
    if (isList(item)) for (const each of item) count(each, depth + 1);
    else
      for (const [key, each] of Object.entries(item)) {
        size += key.length;
        count(each, depth + 1);
      }
  };
  count(value, 0);
  return { value, size, depth: deepest };
}

/** @throws {ToolkitError} when a size is too large */
function within(size: number): number {
  if (size <= MAX_VALUE_CHARS) return size;
  throw problem(
    'value-too-large',
    t('Its placeholders make a value of more than {count} million characters.', { count: MAX_VALUE_CHARS / 1024 / 1024 }),
    t('Variables that contain other variables several times multiply their content.'),
  );
}

function tooDeep(): ToolkitError {
  return problem(
    'value-too-deep',
    t('Its placeholders nest lists and maps more than {count} levels deep.', { count: MAX_VALUE_LEVELS }),
    undefined,
  );
}

/** The path is shown if it is short enough to read. */
function cycle(open: readonly string[], name: string): ToolkitError {
  const way = [...open.slice(open.indexOf(name)), name];
  return problem(
    'variable-cycle',
    t('The variable "{name}" contains itself.', { name }),
    way.length > 20 ? t('The circle contains {count} others.', { count: way.length - 2 }) : `${way.join(' -> ')}.`,
  );
}

function asText(source: string, value: SoapValue): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw problem(
    'variable-not-text',
    t('{placeholder} is {kind}, which cannot be part of a text.', {
      placeholder: `{{${source}}}`,
      kind: value === null ? 'null' : isList(value) ? t('a list') : t('a map'),
    }),
    t('Use the placeholder alone, or select one value in it.'),
  );
}

function problem(code: string, what: string, why: string | undefined, next?: string): ToolkitError {
  return new ToolkitError('input', { code, what, why, next });
}
