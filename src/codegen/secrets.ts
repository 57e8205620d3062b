import { addressEntity, customerEntity, customerEntityToCreate } from '../api/entities';
import { Expression, isTemplateList, isTemplateRecord, mapRecord, type Template } from './template';

/** Attributes whose values never stand in code. */
export const secretAttributes: ReadonlySet<string> = new Set(
  [customerEntity, customerEntityToCreate, addressEntity].flatMap((entity) => entity.fields.filter((field) => field.role === 'secret').map((field) => field.name)),
);

/** Environment variable that code reads a secret attribute from, such as `MAHO_SOAP_PASSWORD`. */
export function variableFor(attribute: string): string {
  return `MAHO_SOAP_${attribute.toUpperCase()}`;
}

/** Arguments without secrets, and which were taken out. */
export interface WithoutSecrets<T> {
  readonly value: T;
  /** Attribute codes, in the order they were met. */
  readonly taken: readonly string[];
}

/**
 * Takes the values of secret attributes out of arguments.
 * @param read writes what stands in their place in the target language
 */
export function withoutSecrets(value: Template, read: (attribute: string) => string): WithoutSecrets<Template> {
  const taken = new Set<string>();
  return { value: walk(value), taken: [...taken] };

  function walk(node: Template): Template {
    if (isTemplateList(node)) return node.map(walk);
    if (!isTemplateRecord(node)) return node;
    // V2's filters name the attribute in a value: { key: 'password_hash', value: … }.
    const { key, value: operand } = node;
    if (typeof key === 'string' && secretAttributes.has(key) && operand !== undefined) return { ...node, value: hide(operand, key) };
    return mapRecord(node, (inner, name) => (secretAttributes.has(name) ? hide(inner, name) : walk(inner)));
  }

  /** Replaces every text inside a value, alternatives and lists included; an operator stays. */
  function hide(node: Template, attribute: string): Template {
    if (typeof node === 'string' && node !== '') {
      taken.add(attribute);
      return new Expression(read(attribute));
    }
    if (isTemplateList(node)) return node.map((item) => hide(item, attribute));
    if (isTemplateRecord(node)) return mapRecord(node, (inner, name) => (name === 'key' ? inner : hide(inner, attribute)));
    return node;
  }
}

/** Takes the secrets out of a call's parts. */
export function partsWithoutSecrets<P extends { readonly value: Template }>(parts: readonly P[], read: (attribute: string) => string): WithoutSecrets<readonly P[]> {
  const taken = new Set<string>();
  const value = parts.map((part) => {
    const hidden = withoutSecrets(part.value, read);
    for (const attribute of hidden.taken) taken.add(attribute);
    return { ...part, value: hidden.value };
  });
  return { value, taken: [...taken] };
}

/** `password_hash` as `passwordHash`: a variable name in any language. */
export function camelCase(attribute: string): string {
  return attribute.replace(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase());
}
