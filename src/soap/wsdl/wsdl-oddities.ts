import { plural, t } from '../../l10n/texts';
import { itemName } from '../decoding/meaning';
import { ns } from '../namespaces';
import type { XmlElement } from '../decoding/tree';

/** Maximum number of placeholders that one sentence names. */
const MAX_NAMED_PLACEHOLDERS = 3;

/** Longest name that is shown in full, in UTF-16 units. */
const MAX_NAME_CHARS = 60;

/**
 * Oddities of a WSDL that this toolkit can read but other clients may not, one sentence each.
 * @param root a `definitions` element
 */
export function odditiesOf(root: XmlElement): readonly string[] {
  return [...placeholders(root), ...strangeNamespaces(root)];
}

/** Placeholders of the store's template that were not filled in, such as `{{var wsdl.name}}`. */
function placeholders(root: XmlElement): readonly string[] {
  const found = new Set<string>();
  for (const element of [root, ...inside(root)]) {
    for (const { value } of element.tag.attributes) for (const [text] of value.matchAll(/\{\{[^{}]*\}\}/g)) found.add(shown(text));
  }
  if (found.size === 0) return [];
  const names = [...found].slice(0, MAX_NAMED_PLACEHOLDERS).join(', ');
  const more = found.size - MAX_NAMED_PLACEHOLDERS;
  if (found.size === 1) return [t('The store did not fill in a placeholder of its WSDL: {names}.', { names })];
  if (more <= 0) return [t('The store did not fill in placeholders of its WSDL: {names}.', { names })];
  return [
    plural(
      more,
      'The store did not fill in placeholders of its WSDL: {names}, and {count} more.',
      'The store did not fill in placeholders of its WSDL: {names}, and {count} more.',
      { names },
    ),
  ];
}

/** Names that are used in one namespace and described in another. PHP searches the namespace in which they are used and finds nothing. */
function strangeNamespaces(root: XmlElement): readonly string[] {
  const schemas = root.childrenNamed('types').flatMap((types) => types.childrenNamed('schema'));
  const described = new Map<string, Set<string>>();
  for (const schema of schemas) {
    const namespace = schema.attribute('targetNamespace') ?? '';
    for (const child of schema.children) note(described, child.attribute('name'), namespace);
  }
  const told = new Set<string>();
  for (const [name, where] of references(root, schemas)) {
    const { namespace, local } = where.scope.resolve(name);
    if (namespace === undefined)
      told.add(t('The prefix {name} is used, but not declared.', { name: shown(name.slice(0, name.indexOf(':')).trim()) }));
    if (namespace === undefined || namespace === ns.xsd || namespace === ns.encoding) continue;
    const namespaces = described.get(local) ?? new Set();
    if (namespaces.has(namespace)) continue;
    for (const declared of namespaces) told.add(elsewhere(declared, namespace));
  }
  return [...told];
}

/** Names of types and elements that are used, each with the element in whose scope its prefix is declared. */
function* references(root: XmlElement, schemas: readonly XmlElement[]): Generator<readonly [name: string, where: XmlElement]> {
  const users = [...schemas.flatMap((schema) => [...inside(schema)]), ...root.childrenNamed('message').flatMap(({ children }) => children)];
  for (const user of users) {
    for (const name of ['type', 'base', 'element']) {
      const used = user.attribute(name);
      if (used !== undefined) yield [used, user];
    }
    const list = user.attribute('arrayType', ns.wsdl);
    if (list !== undefined) yield [itemName(list), user];
  }
}

function note(into: Map<string, Set<string>>, name: string | undefined, value: string): void {
  if (name === undefined) return;
  const values = into.get(name) ?? new Set();
  into.set(name, values.add(value));
}

function* inside(element: XmlElement): Generator<XmlElement> {
  for (const child of element.children) {
    yield child;
    yield* inside(child);
  }
}

/** The sentence that types are described in one namespace and used in another. Either may be an empty text for no namespace. */
function elsewhere(described: string, used: string): string {
  if (described === '')
    return t('Types are described in no namespace, but used as if they were in the namespace {used}.', { used: shown(used) });
  if (used === '')
    return t('Types are described in the namespace {described}, but used as if they were in no namespace.', {
      described: shown(described),
    });
  return t('Types are described in the namespace {described}, but used as if they were in the namespace {used}.', {
    described: shown(described),
    used: shown(used),
  });
}

function shown(text: string): string {
  return text.length > MAX_NAME_CHARS ? `${text.slice(0, MAX_NAME_CHARS)}…` : text;
}
