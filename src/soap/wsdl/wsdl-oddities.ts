import { itemName } from '../decoding/meaning';
import { ns } from '../namespaces';
import type { XmlElement } from '../decoding/tree';

/** Placeholders that are named in one sentence. */
const MAX_NAMED = 3;

/** Longest name that is shown whole, in UTF-16 units. */
const LONGEST_NAME_CHARS = 60;

/**
 * What is odd about a WSDL that this toolkit can read, while other clients may not: one sentence each.
 * @param root a `definitions` element
 */
export function odditiesOf(root: XmlElement): readonly string[] {
  return [...placeholders(root), ...strangeNamespaces(root)];
}

/** Places that the store's template left open, such as `{{var wsdl.name}}`. */
function placeholders(root: XmlElement): readonly string[] {
  const found = new Set<string>();
  for (const element of [root, ...inside(root)]) {
    for (const { value } of element.tag.attributes) for (const [text] of value.matchAll(/\{\{[^{}]*\}\}/g)) found.add(shown(text));
  }
  if (found.size === 0) return [];
  const some = [...found].slice(0, MAX_NAMED).join(', ');
  const more = found.size > MAX_NAMED ? `, and ${found.size - MAX_NAMED} more` : '';
  return [`The store did not fill in ${found.size === 1 ? 'a placeholder' : 'placeholders'} of its WSDL: ${some}${more}.`];
}

/** Names that are used in one namespace and described in another. PHP looks for them where they are used and does not find them. */
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
    if (namespace === undefined) told.add(`The prefix ${shown(name.slice(0, name.indexOf(':')).trim())} is used, but declared nowhere.`);
    if (namespace === undefined || namespace === ns.xsd || namespace === ns.encoding) continue;
    const namespaces = described.get(local) ?? new Set();
    if (namespaces.has(namespace)) continue;
    for (const declared of namespaces)
      told.add(`Types are described in ${quoted(declared)}, but used as if they were in ${quoted(namespace)}.`);
  }
  return [...told];
}

/** Names of types and elements as they are used, with the element that says what their prefix means. */
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

function quoted(namespace: string): string {
  return namespace === '' ? 'no namespace' : `the namespace ${shown(namespace)}`;
}

function shown(text: string): string {
  return text.length > LONGEST_NAME_CHARS ? `${text.slice(0, LONGEST_NAME_CHARS)}…` : text;
}
