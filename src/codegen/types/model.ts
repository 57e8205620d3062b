import type { Method } from '../../api/method';
import { knownResources, type ResourceRegistry } from '../../api/resources';
import { entitiesAmong, type EntityType } from '../../api/types';

/** The parts of a method that its types need. Every catalogue method has them. */
export type TypedMethod = Pick<Method, 'id' | 'operation' | 'doc' | 'args' | 'result' | 'faults'>;

/**
 * The data from which types are generated: the catalogue, or the WSDL of a store. Names and documentation may come from a store and are not
 * trusted.
 */
export interface TypeModel {
  /** The origin, for the head of the file: `the catalogue`, or a store's address. */
  readonly source: string;
  /** In the order in which they are written. A nested entity may come before or after the entity that contains it. */
  readonly entities: readonly EntityType[];
  readonly methods: readonly TypedMethod[];
}

/** The types of the catalogue. */
export function catalogueModel({ methods }: ResourceRegistry = knownResources): TypeModel {
  return { source: 'the catalogue', entities: entitiesOf(methods), methods };
}

/** The types of a store, from its methods. @param source address of the store */
export function storeModel(source: string, methods: readonly TypedMethod[]): TypeModel {
  return { source, entities: entitiesOf(methods), methods };
}

/** Every entity that methods take or return, without duplicates, in order of appearance. */
export function entitiesOf(methods: readonly TypedMethod[]): readonly EntityType[] {
  return entitiesAmong(methods.flatMap(({ result, args }) => [result.type, ...args.map(({ type }) => type)]));
}

/** Names of the entities that methods return, including nested ones. */
export function returned(model: TypeModel): ReadonlySet<string> {
  return new Set(entitiesOf(model.methods.map((method) => ({ ...method, args: [] }))).map(({ name }) => name));
}

/**
 * Names for entities in code: `customerCustomerEntity` becomes `CustomerCustomerEntity`. They are valid, unique, and not used otherwise by
 * the generated files or their languages. TypeScript has a second type for each, with `V1` appended.
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

/** Whether a name can be used as a property, variable or method without quotes. */
export function isIdentifier(name: string): boolean {
  return /^[A-Za-z_]\w*$/.test(name) && name !== '__proto__' && name !== 'this';
}

/** Items without duplicate names: a WSDL may repeat a name, a language does not allow that. */
export function distinct<T>(items: readonly T[], nameOf: (item: T) => string): readonly T[] {
  const found = new Map<string, T>();
  for (const item of items) if (!found.has(nameOf(item))) found.set(nameOf(item), item);
  return [...found.values()];
}

/** Documentation as one line that cannot end its comment. */
export function docText(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\p{C}]/gu, '')
    .replaceAll('*/', '* /')
    .replaceAll('?>', '? >')
    .trim();
}

/** The faults of a method as text. */
export function faultText(method: TypedMethod): string {
  return method.faults.map(({ code, doc }) => `Fault ${code}: ${doc}`).join(' ');
}

function pascal(name: string): string {
  return name.slice(0, 1).toUpperCase() + name.slice(1);
}

/** Names of generated types and classes, and of the global types that they use, in lower case. */
const ownNames: ReadonlySet<string> = new Set(
  (
    'customerattribute filteroperator filtertest filtersv1 mahomethods mahooperations mahov1client mahov2client ' +
    'mahowsiclient soapanswer v2 wsi wsisent ' +
    'array boolean error function number object partial promise readonlyarray record string symbol soapclient soapfault stdclass'
  ).split(' '),
);

/** Reserved names of PHP and TypeScript. */
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
