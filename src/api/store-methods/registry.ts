import { t } from '../../l10n/texts';
import type { Dialect } from '../dialect';
import { facets, writtenIn } from '../dialect-facets';
import { isFiltersType } from '../filters';
import type { Argument, Method } from '../method';
import { knownResources, ResourceRegistry, type FurtherMethods, type Resource } from '../resources';
import { entity, type EntityType, type Field, type WireType } from '../types';
import { operationPrefix } from './names';
import type { DescribedDialect, StoreMethod, StoreMethods, StoreResource } from './store-methods';

/** Options for the methods of a description. */
export interface DescribedAs {
  /** Dialect of their names and types. For V1 these are V2's. */
  readonly dialect: Dialect;
  /** Their owner, for the beginning of a sentence. `The store` by default. */
  readonly owner?: string | undefined;
  /** Whether the description has all methods. */
  readonly complete: boolean;
  /** Whether arguments may have the name of another dialect: true for requests of this tool, false for programs. */
  readonly anyName: boolean;
}

const known = new WeakMap<StoreMethods, Map<string, ResourceRegistry>>();

/**
 * The resources of the catalogue, followed by the methods of a description. Each method is made when first needed. Registries are cached as
 * long as their description exists.
 */
export function describedRegistry(methods: StoreMethods, as: DescribedAs): ResourceRegistry {
  const style = styleOf(as.dialect);
  const key = [style, as.owner ?? '', as.complete, as.anyName].join('\n');
  let made = known.get(methods);
  if (made === undefined) known.set(methods, (made = new Map<string, ResourceRegistry>()));
  let registry = made.get(key);
  if (registry === undefined) {
    registry = new ResourceRegistry(knownResources.resources, new DescribedMethods(methods, style, as));
    made.set(key, registry);
  }
  return registry;
}

function styleOf(dialect: Dialect): DescribedDialect {
  return facets[writtenIn(dialect)].style === 'document' ? 'wsi' : 'v2';
}

/** The methods of a description in the form of the catalogue. */
class DescribedMethods implements FurtherMethods {
  readonly owner: string;
  readonly complete: boolean;
  readonly #made = new Map<StoreMethod, Method>();
  readonly #resourceOf = new Map<Method, StoreResource>();
  readonly #resources = new Map<StoreResource, Resource>();

  constructor(
    private readonly described: StoreMethods,
    private readonly style: DescribedDialect,
    private readonly as: DescribedAs,
    private readonly others = new Map<string, DescribedMethods>(),
  ) {
    this.owner = as.owner ?? t('The store');
    this.complete = as.complete;
    others.set(formOf(style, as.anyName), this);
  }

  get methods(): readonly Method[] {
    return this.described.methods.map((method) => this.#method(method));
  }

  get resources(): readonly Resource[] {
    return this.described.resources.map((resource) => this.#resource(resource));
  }

  find(name: string): Method | undefined {
    const found = this.described.find(name);
    return found === undefined ? undefined : this.#method(found);
  }

  resourceOf(method: Method): Resource | undefined {
    const found = this.#resourceOf.get(method);
    return found === undefined ? undefined : this.#resource(found);
  }

  over(dialect: Dialect, anyName: boolean): FurtherMethods {
    const style = styleOf(dialect);
    return this.others.get(formOf(style, anyName)) ?? new DescribedMethods(this.described, style, { ...this.as, anyName }, this.others);
  }

  #method(described: StoreMethod): Method {
    const made = this.#made.get(described);
    if (made !== undefined) return made;
    const own = this.described.asMethod(described, this.style);
    const method = this.as.anyName ? { ...own, args: own.args.map((arg) => withOtherNames(arg, described)) } : own;
    this.#made.set(described, method);
    const resource = this.described.resourceOf(described);
    if (resource !== undefined) this.#resourceOf.set(method, resource);
    return method;
  }

  #resource(described: StoreResource): Resource {
    let made = this.#resources.get(described);
    if (made === undefined) this.#resources.set(described, (made = resourceOf(described)));
    return made;
  }
}

function formOf(style: DescribedDialect, anyName: boolean): string {
  return `${style} ${anyName}`;
}

function withOtherNames(arg: Argument, { args = [] }: StoreMethod): Argument {
  const same = args.find(({ name, names }) => [name, names.v2, names.wsi].includes(arg.name));
  const others = [same?.name, same?.names.v2, same?.names.wsi].filter((name) => name !== undefined && name !== arg.name);
  return others.length === 0 ? arg : { ...arg, otherNames: [...new Set(others.filter((name) => name !== undefined))] };
}

/** A resource as far as its description says: its prefixes, and the fields of a row. */
function resourceOf(described: StoreResource): Resource {
  const pathless = described.methods.every(({ path }) => path === undefined);
  let attributes: readonly Field[] | undefined;
  return {
    get filterAttributes() {
      return (attributes ??= attributesOf(described));
    },
    name: described.name,
    prefix: pathless ? described.name : operationPrefix(described.name),
    aliases: described.aliases,
    words: { one: 'entry', many: 'entries' },
    storeTitle: described.title ?? described.name,
    entity: rowOf(described) ?? entity(described.name, []),
    idField: '',
    labelField: '',
    operations: {},
    faults: [],
    demo: { phpClass: '', rows: [] },
  };
}

/** Every scalar attribute that a resource reads or writes. Those of a row come first, because they are the most likely ones. */
function attributesOf(described: StoreResource): readonly Field[] {
  const found = new Map<string, Field>();
  const add = (type: WireType | undefined): void => {
    if (type?.kind !== 'entity' || isFiltersType(type)) return;
    for (const field of type.fields) if (isPlain(field.type) && !found.has(field.name)) found.set(field.name, field);
  };
  add(rowOf(described));
  for (const { args = [], result } of described.methods) {
    add(result.kind === 'list' ? result.of : result);
    for (const { type } of args) add(type);
  }
  return [...found.values()];
}

function isPlain({ kind }: WireType): boolean {
  return kind !== 'list' && kind !== 'entity';
}

/** The type of a row in a resource's list. A list with filters is preferred. */
function rowOf({ methods }: StoreResource): EntityType | undefined {
  const rows = methods.flatMap(({ args = [], result }) => {
    const row = result.kind === 'list' && result.of.kind === 'entity' ? result.of : undefined;
    return row === undefined ? [] : [{ row, filtered: args.some(({ type }) => isFiltersType(type)) }];
  });
  return (rows.find(({ filtered }) => filtered) ?? rows[0])?.row;
}
