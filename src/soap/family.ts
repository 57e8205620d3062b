import { facets } from '../api/dialect-facets';
import type { Argument, Method } from '../api/method';
import { knownResources, type ResourceRegistry } from '../api/resources';
import type { EntityType, Field, ListType, WireType } from '../api/types';
import { later } from '../l10n/texts';
import { describedMethod, type ServiceDescription } from './wsdl/description';

/**
 * The methods of one store: those of the catalogue that it offers, with the types of its own WSDL and the
 * catalogue's descriptions, and its additions. V1's WSDL lists neither methods nor fields, so the result there is the catalogue itself.
 */
export function familyOf(description: ServiceDescription, registry: ResourceRegistry = knownResources): readonly Method[] {
  if (!facets[description.dialect].describesMethods) return registry.methods;
  const merge = new Merge(registry);
  const known = registry.methods.flatMap((method) => {
    const own = Object.hasOwn(description.operations, method.operation)
      ? describedMethod(description, method.operation, method.access)
      : undefined;
    return own === undefined ? [] : [merge.method(method, own)];
  });
  const names = new Set<string>(registry.methods.map(({ operation }) => operation));
  const added = Object.keys(description.operations).flatMap((operation) => {
    const id = names.has(operation) ? undefined : pathOf(operation, registry);
    const own = id === undefined ? undefined : describedMethod(description, operation, 'write');
    return id === undefined || own === undefined
      ? []
      : [
          {
            ...own,
            id,
            args: own.args.map((arg) => ({ ...arg, type: merge.type(arg.type) })),
            result: { ...own.result, type: merge.type(own.result.type) },
          },
        ];
  });
  return [...known, ...added];
}

/** Path of an operation by its prefix: `customerAddressInfo` is `customer_address.info`. The longest prefix counts. */
function pathOf(operation: string, { resources }: ResourceRegistry): string | undefined {
  const fitting = resources.filter(({ prefix }) => operation.startsWith(prefix) && /^[A-Z]/.test(operation.slice(prefix.length)));
  const [resource] = fitting.toSorted((a, b) => b.prefix.length - a.prefix.length);
  if (resource === undefined) return undefined;
  const verb = operation.slice(resource.prefix.length);
  return `${resource.name}.${verb.slice(0, 1).toLowerCase()}${verb.slice(1)}`;
}

/** Adds the catalogue's descriptions to the types of a store. Each type is merged once, since types may contain each other. */
class Merge {
  readonly #known = new Map<string, WireType>();

  constructor(private readonly registry: ResourceRegistry) {}

  /**
   * A method of the catalogue with the store's own types. An RPC message cannot say which arguments are optional, so the catalogue does.
   */
  method(method: Method, own: Method): Method {
    const args = own.args.map((arg): Argument => {
      const words = method.args.find(({ name }) => name === arg.name);
      const type = this.type(arg.type);
      return words === undefined ? { ...arg, type } : { ...words, type };
    });
    return { ...method, args, result: { ...method.result, type: this.type(own.result.type) } };
  }

  type(type: WireType): WireType {
    if (type.kind !== 'list' && type.kind !== 'entity') return type;
    const known = this.#known.get(type.name);
    if (known !== undefined) return known;
    if (type.kind === 'list') {
      const made: { kind: 'list'; name: string; of: WireType } = { kind: 'list', name: type.name, of: type.of };
      this.#known.set(type.name, made satisfies ListType);
      made.of = this.type(type.of);
      return made;
    }
    const fields: Field[] = [];
    const made: EntityType = { kind: 'entity', name: type.name, fields };
    this.#known.set(type.name, made);
    const words = this.registry.entities.find(({ name }) => name === type.name)?.fields ?? [];
    for (const field of type.fields) fields.push({ ...field, ...wordsOf(words, field), type: this.type(field.type) });
    // V1 also sends the fields that the WSDL leaves out.
    for (const field of words) if (!type.fields.some(({ name }) => name === field.name)) fields.push({ ...field, v1Only: true });
    return made;
  }
}

function wordsOf(words: readonly Field[], { name }: Field): Pick<Field, 'title' | 'doc'> {
  const found = words.find((field) => field.name === name);
  return found === undefined ? { title: name, doc: later('An addition of this store.') } : { title: found.title, doc: found.doc };
}
