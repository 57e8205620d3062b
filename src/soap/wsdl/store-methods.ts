import { findProtocolOperation } from '../../api/protocol';
import { DESCRIPTION_VERSION, descriptionLimits, partsText, typeText } from '../../api/store-methods/kept';
import type { KeptDescription, KeptMethod, KeptPart, KeptResource } from '../../api/store-methods/kept';
import { operationOfPath, operationPrefix, pathOfOperation } from '../../api/store-methods/names';
import { isList, isRecord, type SoapValue } from '../../api/value';
import type { DescribedPart } from '../../api/described-types';
import type { ServiceDescription } from './description';

/** The sources for a description of a store's methods. A missing source leaves gaps that {@link KeptDescription} names. */
export interface MethodSources {
  readonly v2?: ServiceDescription | undefined;
  readonly wsi?: ServiceDescription | undefined;
  /** The answer to `resources`, which V1 and V2 have (facts §3): the methods that the API user may call, with paths, titles, aliases. */
  readonly resources?: SoapValue | undefined;
}

/** Characters of a title or description that are kept. */
const MAX_TITLE_CHARS = 2_000;

/**
 * The methods of a store as one description. V1's path and the operation of V2 and WS-I are one method. Arguments of V2 and WS-I are
 * paired by position, since V1 knows only positions. All content comes from the store. Its size is limited here, and it is checked when
 * it is read again.
 */
export function describeMethods({ v2, wsi, resources }: MethodSources): KeptDescription {
  const listed = resources === undefined ? undefined : resourcesIn(resources);
  const operations = new Set([...Object.keys(v2?.operations ?? {}), ...Object.keys(wsi?.operations ?? {})]);
  for (const name of operations) if (findProtocolOperation(name) !== undefined) operations.delete(name);
  const byCase = new Map([...operations].map((name) => [name.toLowerCase(), name]));
  const found = new Groups(listed ?? []);
  for (const resource of listed ?? []) {
    for (const method of resource.methods) {
      const name = [`${resource.name}.${method.name}`, ...(method.aliases ?? [])].map(operationOfPath);
      // PHP ignores case in method names, and extensions spell their operations in various ways.
      const operation = name.find((each) => operations.has(each)) ?? byCase.get(name[0]?.toLowerCase() ?? '');
      if (operation !== undefined) operations.delete(operation);
      found.add(resource, { ...method, callable: true, ...described(operation, v2, wsi, method.title !== undefined) });
    }
  }
  const prefixes = (listed ?? []).map(({ name }) => ({ name, prefix: operationPrefix(name) }));
  for (const operation of operations) {
    const { resource, method, pathless } = placeOf(operation, prefixes);
    const words = described(operation, v2, wsi, false);
    found.add(
      { name: resource, ...(pathless ? { pathless } : {}) },
      { name: method, ...(listed === undefined ? {} : { callable: false }), ...words },
    );
  }
  const wsiTypes = textsOf(wsi);
  const types = v2 === undefined ? wsiTypes : textsOf(v2);
  const differing = v2 === undefined ? [] : Object.entries(wsiTypes).filter(([name, text]) => types[name] !== text);
  return {
    version: DESCRIPTION_VERSION,
    namespace: (v2 ?? wsi)?.namespace.slice(0, 500) ?? '',
    from: [
      ...(listed === undefined ? [] : (['v1'] as const)),
      ...(v2 === undefined ? [] : (['v2'] as const)),
      ...(wsi === undefined ? [] : (['wsi'] as const)),
    ],
    ...(v2?.cutOff === true || wsi?.cutOff === true ? { cutOff: true } : {}),
    resources: found.resources(),
    types,
    ...(differing.length > 0 ? { wsiTypes: Object.fromEntries(differing) } : {}),
  };
}

/** Collects the resources. Those that `resources` listed come first, in its order. */
class Groups {
  readonly #groups = new Map<string, KeptResource>();
  readonly #methods = new Set<string>();

  constructor(listed: readonly KeptResource[]) {
    for (const resource of listed) this.#groups.set(resource.name, { ...resource, methods: [] });
  }

  add(resource: Omit<KeptResource, 'methods'>, method: KeptMethod): void {
    const key = resource.pathless === true ? `${resource.name} ` : resource.name;
    const id = `${key}.${method.name}`;
    if (this.#methods.size >= descriptionLimits.methods || this.#methods.has(id)) return;
    let group = this.#groups.get(key);
    if (group === undefined && this.#groups.size >= descriptionLimits.resources) return;
    if (group === undefined) this.#groups.set(key, (group = { ...resource, methods: [] }));
    this.#methods.add(id);
    group.methods.push(method);
  }

  resources(): KeptResource[] {
    return [...this.#groups.values()].filter(({ methods }) => methods.length > 0);
  }
}

/**
 * Resource and method of an operation that `resources` did not list. @param listed the listed resources with the prefix of their operations
 */
function placeOf(
  operation: string,
  listed: readonly { readonly name: string; readonly prefix: string }[],
): { resource: string; method: string; pathless: boolean } {
  const fitting = listed
    .filter(({ prefix }) => operation.startsWith(prefix) && /^[A-Z]/.test(operation.slice(prefix.length)))
    .toSorted((a, b) => b.prefix.length - a.prefix.length);
  const known = pathOfOperation(operation);
  const [first] = fitting;
  const listedPlace = first === undefined ? undefined : { resource: first.name, method: small(operation.slice(first.prefix.length)) };
  if (known !== undefined && (listedPlace === undefined || operationPrefix(known.resource).length >= (first?.prefix.length ?? 0)))
    return { resource: known.resource, method: known.verb, pathless: false };
  if (listedPlace !== undefined) return { ...listedPlace, pathless: false };
  const [, noun = operation, verb = operation] = /^(.+?)([A-Z][a-z\d]*)$/.exec(operation) ?? [];
  return { resource: noun, method: small(verb), pathless: true };
}

function small(word: string): string {
  return `${word.slice(0, 1).toLowerCase()}${word.slice(1)}`;
}

/**
 * The description of an operation in the WSDLs. @param titled whether `resources` gave it a title, which is used instead of the WSDL's text
 */
function described(
  operation: string | undefined,
  v2: ServiceDescription | undefined,
  wsi: ServiceDescription | undefined,
  titled: boolean,
): Partial<KeptMethod> {
  if (operation === undefined) return {};
  const over = (service: ServiceDescription | undefined): ServiceDescription['operations'][string] | undefined =>
    service !== undefined && Object.hasOwn(service.operations, operation) ? service.operations[operation] : undefined;
  const [first, second] = [over(v2), over(wsi)];
  const single = v2 === undefined || wsi === undefined || first === undefined || second === undefined;
  const parts = single ? alone((first ?? second)?.args ?? [], second !== undefined) : paired(first.args, second.args);
  const results = single ? (first ?? second)?.result : undefined;
  const result = single
    ? results === undefined
      ? []
      : alone([results], true)
    : pairs([first.result].filter(isPart), [second.result].filter(isPart));
  const doc = titled ? undefined : wordsOf((first ?? second)?.doc);
  return {
    operation,
    args: partsText(parts),
    ...(result.length > 0 ? { result: partsText(result.map((part) => ({ ...part, optional: false }))) } : {}),
    ...(doc === undefined ? {} : { title: doc }),
    ...(second?.wrapper === undefined ? {} : { wrapper: second.wrapper }),
    ...(v2 !== undefined && wsi !== undefined && single ? { only: first === undefined ? 'wsi' : 'v2' } : {}),
  };
}

function isPart(part: DescribedPart | undefined): part is DescribedPart {
  return part !== undefined;
}

/** Arguments that one WSDL describes. @param says whether this WSDL can say which arguments are optional */
function alone(args: readonly DescribedPart[], says: boolean): readonly KeptPart[] {
  return withoutSession(args).map((part) => {
    const own = { name: part.name, type: typeName(part) };
    return { v2: own, wsi: own, optional: says ? part.optional === true : undefined };
  });
}

/** Arguments of both WSDLs as one list: paired by name if both have the same names, otherwise by position. */
function paired(v2: readonly DescribedPart[], wsi: readonly DescribedPart[]): readonly KeptPart[] {
  const [first, second] = [withoutSession(v2), withoutSession(wsi)];
  const sameNames = first.length === second.length && first.every(({ name }) => second.some((part) => part.name === name));
  return pairs(first, sameNames ? first.flatMap(({ name }) => second.find((part) => part.name === name) ?? []) : second);
}

function pairs(first: readonly DescribedPart[], second: readonly DescribedPart[]): readonly KeptPart[] {
  return Array.from({ length: Math.max(first.length, second.length) }, (_, index): KeptPart => {
    const [own, other] = [first[index], second[index]];
    return {
      v2: own === undefined ? undefined : { name: own.name, type: typeName(own) },
      wsi: other === undefined ? undefined : { name: other.name, type: typeName(other) },
      // The arguments that only V2 has are at the end, and the store has a default for them.
      optional: other === undefined ? undefined : other.optional === true,
    };
  });
}

function withoutSession(parts: readonly DescribedPart[]): readonly DescribedPart[] {
  return parts.filter(({ name }) => name !== 'sessionId' && isPlain(name));
}

/** Types of a WSDL in the kept form. */
function textsOf(service: ServiceDescription | undefined): Record<string, string> {
  const types: [string, string][] = [];
  for (const [name, type] of Object.entries(service?.types ?? {})) {
    if (!isPlain(name) || types.length >= descriptionLimits.types) continue;
    const text = typeText(
      type.kind === 'list'
        ? { kind: 'list', of: isPlain(type.of) ? type.of : 'any' }
        : {
            kind: 'entity',
            fields: type.fields.filter((field) => isPlain(field.name)).map((field) => ({ ...field, type: typeName(field) })),
          },
    );
    if (text.length <= descriptionLimits.textCharacters) types.push([name, text]);
  }
  return Object.fromEntries(types);
}

function typeName({ type }: DescribedPart): string {
  return isPlain(type) ? type : 'any';
}

/** Whether a name can be used in the kept form, which separates names with these characters. XML allows none of them in names. */
function isPlain(name: string): boolean {
  return /^[^\s:/?*[\]]+$/.test(name);
}

/** The resources in the answer to `resources`. Entries of another shape are left out. */
function resourcesIn(answer: SoapValue): readonly KeptResource[] {
  const seen = new Set<string>();
  return items(answer).flatMap((entry): readonly KeptResource[] => {
    const name = isRecord(entry) ? nameIn(entry['name']) : undefined;
    if (!isRecord(entry) || name === undefined || seen.has(name) || seen.size >= descriptionLimits.resources) return [];
    seen.add(name);
    return [{ name, ...wordsIn(entry), methods: items(entry['methods']).flatMap(methodIn) }];
  });
}

function methodIn(entry: SoapValue): readonly KeptMethod[] {
  const name = isRecord(entry) ? nameIn(entry['name']) : undefined;
  return isRecord(entry) && name !== undefined ? [{ name, ...wordsIn(entry) }] : [];
}

function wordsIn(entry: Readonly<Record<string, SoapValue>>): Pick<KeptResource, 'title' | 'description' | 'aliases'> {
  const [title, description] = [wordsOf(entry['title']), wordsOf(entry['description'])];
  const aliases = items(entry['aliases'])
    .flatMap((alias) => nameIn(alias) ?? [])
    .slice(0, 100);
  return {
    ...(title === undefined ? {} : { title }),
    ...(description === undefined ? {} : { description }),
    ...(aliases.length > 0 ? { aliases } : {}),
  };
}

function items(value: SoapValue | undefined): readonly SoapValue[] {
  if (value === undefined) return [];
  return isList(value) ? value : isRecord(value) ? Object.values(value) : [];
}

function nameIn(value: SoapValue | undefined): string | undefined {
  return typeof value === 'string' && value !== '' && value.length <= 200 && !/\s/.test(value) ? value : undefined;
}

function wordsOf(value: SoapValue | undefined): string | undefined {
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  return value.trim().replace(/\s+/g, ' ').slice(0, MAX_TITLE_CHARS);
}
