import assert from 'node:assert/strict';
import fc from 'fast-check';
import { catalogue, findMethod, type Method } from '../../src/api/catalogue';
import { isList, isRecord, type SoapRecord, type SoapValue } from '../../src/api/value';
import { xmlSafeText } from './soap-values';

/** Arguments as callers may give them, for every method of the catalogue. */
export const calls = fc.constantFrom(...catalogue.map((method: Method) => method.id)).chain((id) => {
  const method = findMethod(id);
  assert.ok(method);
  const args = method.args.map((arg): [string, fc.Arbitrary<SoapValue>] => [arg.name, argumentOf(method, arg.name)]);
  return fc.record(Object.fromEntries(args)).map((given) => ({ method, args: given }));
});

function argumentOf(method: Method, name: string): fc.Arbitrary<SoapValue> {
  const type = method.args.find((arg) => arg.name === name)?.type;
  if (name === 'filters')
    return fc.dictionary(
      fc.constantFrom('email', 'customer_id', 'group_id'),
      fc.oneof(xmlSafeText, fc.record({ from: fc.nat(), to: fc.nat() }), fc.record({ like: xmlSafeText })),
      { minKeys: 1, noNullPrototype: true },
    );
  if (type?.kind === 'int') return fc.nat();
  if (type?.kind === 'list') return fc.array(xmlSafeText);
  assert.ok(type?.kind === 'entity');
  const fields = type.fields.filter((field) => !field.v1Only);
  return fc
    .record(
      Object.fromEntries(
        fields.map((field): [string, fc.Arbitrary<SoapValue>] => [
          field.name,
          field.type.kind === 'int'
            ? fc.nat()
            : field.type.kind === 'boolean'
              ? fc.boolean()
              : field.type.kind === 'list'
                ? fc.array(xmlSafeText)
                : xmlSafeText,
        ]),
      ),
      { requiredKeys: [], noNullPrototype: true },
    )
    .map((record): SoapRecord =>
      Object.fromEntries(Object.entries(record).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]]))),
    );
}

/**
 * PHP cannot distinguish an empty map from an empty list, and neither can V1's encoding. CR becomes a reference in XML, so it is preserved.
 */
export function asPhp(value: SoapValue): SoapValue {
  if (isList(value)) return value.map(asPhp);
  if (!isRecord(value)) return Object.is(value, -0) ? 0 : value;
  const entries = Object.entries(value);
  if (entries.length === 0) return [];
  const record: SoapRecord = Object.fromEntries(entries.map(([key, inner]) => [key, asPhp(inner)]));
  return record;
}
