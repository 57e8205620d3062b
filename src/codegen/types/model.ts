import type { Method } from '../../api/method';
import { knownResources, type ResourceRegistry } from '../../api/resources';
import { entitiesAmong, type EntityType } from '../../api/types';

/** What is needed of a method to write its types; every catalogue method is one. */
export type TypedMethod = Pick<Method, 'id' | 'operation' | 'doc' | 'args' | 'result' | 'faults'>;

/**
 * What types are written from. Data, so that a live store's WSDL can be described in the same shape. Names and
 * documentation may come from a store and are treated as hostile.
 */
export interface TypeModel {
  /** Where it comes from, for the head of the file: `the catalogue`, or a store's address. */
  readonly source: string;
  /** In the order to be written; nested ones before those that hold them or after, as it comes. */
  readonly entities: readonly EntityType[];
  readonly methods: readonly TypedMethod[];
}

/** The resources as the catalogue knows them. */
export function catalogueModel({ methods }: ResourceRegistry = knownResources): TypeModel {
  return { source: 'the catalogue', entities: entitiesOf(methods), methods };
}

/** What a store has, from its own methods. @param source its address */
export function storeModel(source: string, methods: readonly TypedMethod[]): TypeModel {
  return { source, entities: entitiesOf(methods), methods };
}

/** Every entity that methods take or return, each once, in the order they are met. */
export function entitiesOf(methods: readonly TypedMethod[]): readonly EntityType[] {
  return entitiesAmong(methods.flatMap(({ result, args }) => [result.type, ...args.map(({ type }) => type)]));
}

/** Entities that are returned, and whatever they hold. */
export function returned(model: TypeModel): ReadonlySet<string> {
  return new Set(entitiesOf(model.methods.map((method) => ({ ...method, args: [] }))).map(({ name }) => name));
}

/**
 * Names for entities in code: `customerCustomerEntity` becomes `CustomerCustomerEntity`; valid, none twice, and none that the
 * written files or their languages use for something else. TypeScript has a second type for each, with `V1` at its end.
 */
export function typeNames(model: TypeModel): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>(ownNames);
  for (const { name } of model.entities) {
    const clean = name.replace(/[^A-Za-z0-9_]/g, '').replace(/^[^A-Za-z]+/, '');
    const base = clean === '' || reserved.has(clean.toLowerCase()) ? `${pascal(clean)}Entity` : pascal(clean);
    let unique = base;
    for (let number = 2; taken.has(unique.toLowerCase()) || taken.has(`${unique.toLowerCase()}v1`); number++) unique = `${base}${number}`;
    taken.add(unique.toLowerCase()).add(`${unique.toLowerCase()}v1`);
    names.set(name, unique);
  }
  return names;
}

/** Whether a name can be a property, variable or method as it stands. */
export function isIdentifier(name: string): boolean {
  return /^[A-Za-z_]\w*$/.test(name) && name !== '__proto__' && name !== 'this';
}

/** What is named, each name once: a WSDL may have a name twice, a language may not. */
export function distinct<T>(items: readonly T[], nameOf: (item: T) => string): readonly T[] {
  const found = new Map<string, T>();
  for (const item of items) if (!found.has(nameOf(item))) found.set(nameOf(item), item);
  return [...found.values()];
}

/** Documentation on one line that cannot end its comment. */
export function docText(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\p{C}]/gu, '')
    .replaceAll('*/', '* /')
    .replaceAll('?>', '? >')
    .trim();
}

/** Faults of a method in words. */
export function faultText(method: TypedMethod): string {
  return method.faults.map(({ code, doc }) => `Fault ${code}: ${doc}`).join(' ');
}

function pascal(name: string): string {
  return name.slice(0, 1).toUpperCase() + name.slice(1);
}

/** Names of the written types and classes, and of global types that these lean on, in small letters. */
const ownNames: ReadonlySet<string> = new Set(
  (
    'customerattribute filteroperator filtertest filtersv1 mahomethods mahooperations mahov1client mahov2client ' +
    'mahowsiclient soapanswer v2 wsi wsisent ' +
    'array boolean error function number object partial promise readonlyarray record string symbol soapclient soapfault stdclass'
  ).split(' '),
);

/** Names that PHP or TypeScript keep for themselves. */
const reserved: ReadonlySet<string> = new Set(
  (
    'abstract and any array as bool boolean break callable case catch class clone const continue date declare ' +
    'default delete do double echo else elseif empty enddeclare endfor endforeach endif endswitch endwhile enum ' +
    'error eval exit ' +
    'extends false final finally float fn for foreach function global goto if implements import in include ' +
    'instanceof insteadof int integer interface isset iterable list map match mixed namespace never new null number ' +
    'object or ' +
    'parent partial print private promise protected public readonly record require return self set static string ' +
    'switch symbol throw trait true try type undefined unknown unset use var void while xor yield'
  ).split(' '),
);
