import { isSecretValue, keyAttributes, secretAttributes } from '../api/secrets';
import { Expression, isTemplateList, isTemplateRecord, mapRecord, type Template } from './template';

/** Whether secrets may stand under a name; which of its values are some, {@link isSecretValue} says. */
export function isGuarded(name: string): boolean {
  return secretAttributes.has(name) || keyAttributes.has(name);
}

/** Environment variable that code reads a secret attribute from, such as `MAHO_SOAP_PASSWORD`. */
export function variableFor(attribute: string, number = 1): string {
  return `MAHO_SOAP_${attribute.toUpperCase()}${number === 1 ? '' : `_${number}`}`;
}

/** A secret that was taken out of arguments. */
export interface TakenSecret {
  readonly attribute: string;
  /** For a variable of the program: `passwordHash`, `password2` for a second value of the same attribute. */
  readonly name: string;
  /** Environment variable to read it from. */
  readonly variable: string;
}

/** Arguments without secrets, and which were taken out. */
export interface WithoutSecrets<T> {
  readonly value: T;
  /** In the order they were met; equal values of an attribute once. */
  readonly taken: readonly TakenSecret[];
}

/**
 * Takes the values of secret attributes out of arguments.
 * @param read writes what stands in their place in the target language
 */
export function withoutSecrets(value: Template, read: (secret: TakenSecret) => string): WithoutSecrets<Template> {
  const { value: parts, taken } = partsWithoutSecrets([{ value }], read);
  return { value: parts[0]?.value ?? null, taken };
}

/** Takes the secrets out of a call's parts. */
export function partsWithoutSecrets<P extends { readonly value: Template }>(parts: readonly P[], read: (secret: TakenSecret) => string): WithoutSecrets<readonly P[]> {
  const secrets = new Map<string, Map<string, TakenSecret>>();
  const value = parts.map((part) => ({ ...part, value: walk(part.value) }));
  return { value, taken: [...secrets.values()].flatMap((values) => [...values.values()]) };

  function walk(node: Template): Template {
    if (isTemplateList(node)) return node.map(walk);
    if (!isTemplateRecord(node)) return node;
    // V2's filters name the attribute in a value: { key: 'password_hash', value: … }.
    const { key, value: operand } = node;
    if (typeof key === 'string' && isGuarded(key) && operand !== undefined) return { ...node, value: hide(operand, key) };
    return mapRecord(node, (inner, name) => (isGuarded(name) ? hide(inner, name) : walk(inner)));
  }

  /** Replaces every text inside a value, alternatives and lists included; an operator stays. */
  function hide(node: Template, attribute: string): Template {
    if (typeof node === 'string' && isSecretValue(attribute, node)) return new Expression(read(secretFor(attribute, node)));
    if (isTemplateList(node)) return node.map((item) => hide(item, attribute));
    if (isTemplateRecord(node)) return mapRecord(node, (inner, name) => (name === 'key' ? inner : hide(inner, attribute)));
    return node;
  }

  function secretFor(attribute: string, text: string): TakenSecret {
    const known = secrets.get(attribute) ?? new Map<string, TakenSecret>();
    secrets.set(attribute, known);
    const number = known.size + 1;
    const secret = known.get(text) ?? { attribute, name: `${camelCase(attribute)}${number === 1 ? '' : number}`, variable: variableFor(attribute, number) };
    known.set(text, secret);
    return secret;
  }
}

/** `password_hash` as `passwordHash`. */
function camelCase(attribute: string): string {
  return attribute.replace(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase());
}
