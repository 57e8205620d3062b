import { isSecretValue } from '../api/secrets';
import { keyVariable } from './key';
import { Expression, isTemplateList, isTemplateRecord, mapRecord, type Template } from './template';

/** Whether values under a name can be secret. {@link isSecretValue} decides about each value. */
export function isGuarded(name: string): boolean {
  return isSecretValue(name, 'any text');
}

/**
 * Name of the environment variable for a secret attribute, such as `MAHO_SOAP_PASSWORD`. It is valid in every shell and language, for any
 * attribute.
 */
export function variableFor(attribute: string, number = 1): string {
  return `MAHO_SOAP_${attribute.toUpperCase().replace(/[^A-Z0-9]+/g, '_')}${number === 1 ? '' : `_${number}`}`;
}

/** The name of an attribute for a sentence in a program. It cannot end a comment or a text. */
export function wordsOf(attribute: string): string {
  return attribute.replace(/[^\w -]+/g, '_');
}

/** A secret that was removed from arguments. */
export interface TakenSecret {
  readonly attribute: string;
  /** Name of its variable in the program: `passwordHash`, or `password2` for a second value of the same attribute. */
  readonly name: string;
  /** Name of its environment variable. */
  readonly variable: string;
}

/** Arguments without secrets, and the secrets that were removed. */
export interface WithoutSecrets<T> {
  readonly value: T;
  /** In order of appearance. Equal values of an attribute are listed once. */
  readonly taken: readonly TakenSecret[];
}

/**
 * Replaces the values of secret attributes in arguments.
 * @param read makes the expression that reads a secret in the target language
 */
export function withoutSecrets(value: Template, read: (secret: TakenSecret) => string): WithoutSecrets<Template> {
  const { value: parts, taken } = partsWithoutSecrets([{ value }], read);
  return { value: parts[0]?.value ?? null, taken };
}

/** Replaces the secrets in the parts of a call. See {@link withoutSecrets}. */
export function partsWithoutSecrets<P extends { readonly value: Template }>(
  parts: readonly P[],
  read: (secret: TakenSecret) => string,
): WithoutSecrets<readonly P[]> {
  const secrets = new Map<string, TakenSecret>();
  const numbers = new Map<string, number>();
  const names = new Set([...programNames, keyVariable]);
  const value = parts.map((part) => ({ ...part, value: walk(part.value) }));
  return { value, taken: [...secrets.values()] };

  function walk(node: Template): Template {
    if (isTemplateList(node)) return node.map(walk);
    if (!isTemplateRecord(node)) return node;
    // V2's filters have the name of the attribute in a value: { key: 'password_hash', value: … }.
    const { key, value: operand } = node;
    if (typeof key === 'string' && isGuarded(key) && operand !== undefined) return { ...node, value: hide(operand, key) };
    return mapRecord(node, (inner, name) => (isGuarded(name) ? hide(inner, name) : walk(inner)));
  }

  /** Replaces every text and number in a value, including alternatives and lists. Operators stay. */
  function hide(node: Template, attribute: string): Template {
    if ((typeof node === 'string' || typeof node === 'number') && isSecretValue(attribute, node))
      return new Expression(read(secretFor(attribute, String(node))));
    if (isTemplateList(node)) return node.map((item) => hide(item, attribute));
    if (isTemplateRecord(node)) return mapRecord(node, (inner, name) => (name === 'key' ? inner : hide(inner, attribute)));
    return node;
  }

  function secretFor(attribute: string, text: string): TakenSecret {
    const key = JSON.stringify([attribute, text]);
    const known = secrets.get(key);
    if (known !== undefined) return known;
    // Two attributes may lead to the same name; then the next free number is used.
    for (let number = (numbers.get(attribute) ?? 0) + 1; ; number++) {
      const secret = { attribute, name: `${camelCase(attribute)}${number === 1 ? '' : number}`, variable: variableFor(attribute, number) };
      if (names.has(secret.name.toLowerCase()) || names.has(secret.variable)) continue;
      names.add(secret.name.toLowerCase()).add(secret.variable);
      numbers.set(attribute, number);
      secrets.set(key, secret);
      return secret;
    }
  }
}

/** Names that the programs already use in any of the languages, and reserved words, in lower case. */
const programNames: ReadonlySet<string> = new Set(
  (
    'answer apikey call client createclientasync encode error fault faultof key login plain process result rows ' +
    'session sessionid status this url user withsession xml ' +
    'all api body check conditions exchange fits json logout randomuuid resultof send token ' +
    'arguments await break case catch class const continue debugger default delete do else enum eval export extends ' +
    'false finally for function globals if implements import in ' +
    'instanceof interface let new null package private protected public return static super switch throw true try ' +
    'typeof undefined var void while with yield'
  ).split(' '),
);

/** Converts `password_hash` to `passwordHash`. The result is a valid name in every language, for any attribute. */
function camelCase(attribute: string): string {
  const [first = '', ...more] = attribute.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  const name = [first, ...more.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))].join('');
  return /^[a-z]/i.test(name) ? name : `secret${name}`;
}
