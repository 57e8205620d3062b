import { randomUUID } from 'node:crypto';
import { ToolkitError } from '../../api/errors';
import { similar } from '../../api/traps';
import { isList, isRecord, setKey, type MutableRecord, type SoapRecord, type SoapValue } from '../../api/value';
import { holdsKey } from '../../store/variables';
import { interpolate, placeholders, type GeneratedName, type Reference } from './template';

/** Fields of a store that requests may use. Nothing that opens it is among them. */
export const storeFields = ['name', 'url', 'user', 'dialect', 'environment'] as const;

/** The fields of one store, see {@link storeFields}; what it does not say is missing. */
export type StoreFields = Readonly<Partial<Record<(typeof storeFields)[number], string | undefined>>>;

/** Where the values of placeholders come from. */
export interface VariableSources {
  /** Variables of the file. */
  readonly file: SoapRecord;
  /** Variables of the chosen environment file; they win over the file's. */
  readonly environment?: SoapRecord | undefined;
  readonly store?: StoreFields | undefined;
  /** The environment of the process. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  /** `false` in an untrusted workspace: the environment is not read. */
  readonly trusted: boolean;
}

/**
 * Fills the placeholders of one run. A variable is worked out once and then keeps its value, so that `{{email}}` made of
 * `{{$randomEmail}}` is the same e-mail in every request of the run.
 */
export class Resolver {
  readonly #variables = new Map<string, SoapValue>();
  readonly #results = new Map<string, SoapValue>();
  readonly #open: string[] = [];

  constructor(private readonly sources: VariableSources) {}

  /** Keeps the result of a request for later ones. */
  remember(request: string, result: SoapValue): void {
    this.#results.set(request, result);
  }

  /** Lets go of a result that nothing refers to any more. */
  forget(request: string): void {
    this.#results.delete(request);
  }

  /**
   * A value with its placeholders filled. A text that is nothing but one placeholder takes the type of its value.
   * @throws {ToolkitError} of kind `input` for what cannot be filled, `policy` for the environment of an untrusted workspace
   */
  resolve(value: SoapValue): SoapValue {
    if (typeof value === 'string') return this.#text(value);
    if (isList(value)) return value.map((item) => this.resolve(item));
    if (!isRecord(value)) return value;
    const record: MutableRecord = {};
    for (const [key, item] of Object.entries(value)) setKey(record, key, this.resolve(item));
    return record;
  }

  /**
   * A text with its placeholders filled by texts.
   * @param extra values of placeholders that only exist here, as they are
   * @param escape what is done to every other value, such as writing it as XML
   * @throws {ToolkitError} of kind `input` for what cannot be filled by a text, `policy` for the environment of an untrusted workspace
   */
  resolveText(text: string, extra: Readonly<Record<string, string>> = {}, escape: (text: string) => string = (plain): string => plain): string {
    return interpolate(text, ({ source, reference }) => (Object.hasOwn(extra, source) ? (extra[source] ?? '') : escape(asText(source, this.#value(reference, source)))));
  }

  #text(text: string): SoapValue {
    const found = placeholders(text);
    const [only] = found;
    if (only !== undefined && found.length === 1 && only.offset === 0 && only.length === text.length) return this.#value(only.reference, only.source);
    return this.resolveText(text);
  }

  #value(reference: Reference, source: string): SoapValue {
    switch (reference.kind) {
      case 'malformed':
        throw problem('variable-malformed', `{{${source}}} cannot be understood.`, reference.why);
      case 'generated':
        return generate(reference.name);
      case 'env':
        return this.#env(reference.name);
      case 'store':
        return this.#store(reference.field);
      case 'result':
        return this.#result(reference.request, reference.path, source);
      case 'variable':
        return this.#variable(reference.name);
    }
  }

  #variable(name: string): SoapValue {
    const known = this.#variables.get(name);
    if (known !== undefined) return known;
    const { environment, file } = this.sources;
    const raw = environment !== undefined && Object.hasOwn(environment, name) ? environment[name] : Object.hasOwn(file, name) ? file[name] : undefined;
    if (raw === undefined) {
      const meant = similar(name, [...Object.keys(file), ...Object.keys(environment ?? {})]);
      throw problem('variable-unknown', `There is no variable "${name}".`, meant === undefined ? 'Neither the file nor the chosen environment has it.' : `Did you mean "${meant}"?`);
    }
    if (this.#open.includes(name)) throw problem('variable-cycle', `The variable "${name}" is made of itself.`, `${[...this.#open.slice(this.#open.indexOf(name)), name].join(' -> ')}.`);
    this.#open.push(name);
    try {
      const value = this.resolve(raw);
      this.#variables.set(name, value);
      return value;
    } finally {
      this.#open.pop();
    }
  }

  #env(name: string): string {
    if (holdsKey(name)) throw problem('variable-key', `{{$env ${name}}} is not read.`, 'Variables that begin with MAHO_SOAP_ hold API keys, and keys are never variables.');
    if (!this.sources.trusted) throw new ToolkitError('policy', { code: 'variable-untrusted', what: `{{$env ${name}}} is not read in an untrusted workspace.`, why: 'A request file could send what the environment of this machine holds to a store.', next: 'Trust the workspace if you know where its files come from.' });
    const value = this.sources.env?.[name];
    if (value === undefined) throw problem('variable-env-missing', `The environment variable ${name} is not set.`, undefined);
    return value;
  }

  #store(field: string): SoapValue {
    const known = storeFields.find((each) => each === field);
    if (known === undefined) throw problem('variable-store', `{{store.${field}}} is not to be had.`, `Of a store there are ${storeFields.join(', ')}. Keys and passwords are never variables.`);
    const value = this.sources.store?.[known];
    if (value === undefined) throw problem('variable-store', `The store says nothing about its ${field}.`, undefined);
    return value;
  }

  #result(request: string, path: readonly (string | number)[], source: string): SoapValue {
    const result = this.#results.get(request);
    if (result === undefined) throw problem('variable-result', `{{${source}}} has no value.`, `The request "${request}" has not brought a result before this one.`);
    let value: SoapValue | undefined = result;
    for (const step of path) value = isList(value) ? value[Number(step)] : isRecord(value) && Object.hasOwn(value, step) ? value[step] : undefined;
    if (value === undefined) throw problem('variable-result-path', `{{${source}}} has no value.`, `The result of "${request}" has nothing at that place.`);
    return value;
  }
}

function generate(name: GeneratedName): string | number {
  switch (name) {
    case 'uuid':
      return randomUUID();
    case 'timestamp':
      return Math.floor(Date.now() / 1000);
    case 'randomEmail':
      return `user-${randomUUID().replaceAll('-', '').slice(0, 12)}@example.com`;
  }
}

function asText(source: string, value: SoapValue): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw problem('variable-not-text', `{{${source}}} is ${value === null ? 'null' : isList(value) ? 'a list' : 'a map'}, which cannot be part of a text.`, 'Let the placeholder stand alone, or take one value out of it.');
}

function problem(code: string, what: string, why: string | undefined): ToolkitError {
  return new ToolkitError('input', { code, what, why });
}
