import { addressEntity, addressEntityCreate, customerEntity, customerEntityToCreate } from './entities';
import { kindOf, type SoapValue } from './value';

/** Attributes whose values are secrets in every dialect: the fields that the catalogue calls so. */
export const secretAttributes: ReadonlySet<string> = new Set(
  [customerEntity, customerEntityToCreate, addressEntity, addressEntityCreate].flatMap((entity) => entity.fields.filter((field) => field.role === 'secret').map((field) => field.name)),
);

/** Attributes that V1 returns a secret for, V2 and WS-I only whether there is one: whoever holds the key of `confirmation` can confirm the address (facts §4). */
export const keyAttributes: ReadonlySet<string> = new Set(['confirmation']);

/** How yes and no come over the wire. */
const FLAG = /^(?:true|false|[01])$/;

/**
 * Whether an attribute has a secret for its value. Nothing (null, empty text) is none, nor is a plain yes or no.
 * @param name attribute code, or whatever else the value stands under
 * @param always names whose values are secrets whatever they are
 */
export function isSecretValue(name: string, value: SoapValue | undefined, always: ReadonlySet<string> = secretAttributes): boolean {
  if (value === undefined || value === null || value === '' || typeof value === 'boolean') return false;
  return always.has(name) || (keyAttributes.has(name) && (typeof value === 'object' || !FLAG.test(String(value))));
}

/** A short value as a sentence may quote it; {@link kindOf} for lists, maps and secrets. */
export function quotedValue(name: string, value: SoapValue | undefined, longest = 60): string {
  if (value === undefined || value === null || typeof value === 'object' || isSecretValue(name, value)) return kindOf(value);
  const text = String(value);
  return `"${text.length > longest ? `${text.slice(0, longest - 3)}…` : text}"`;
}
