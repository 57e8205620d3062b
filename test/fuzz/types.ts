import { any, boolean, double, entity, int, list, string, type EntityType, type WireType } from '../../src/api/types';
import type { TypeModel } from '../../src/codegen/index';
import { Random } from '../support/random';
import { awkwardNames, hostileText } from './hostile-text';

/** Names that collide with the written types and classes, with each other after cleaning, and with words of the languages. */
const colliding = [
  'MahoV1Client',
  'MahoV2Client',
  'mahoWsiClient',
  'MahoMethods',
  'MahoOperations',
  'FiltersV1',
  'filters',
  'Wsi',
  'wsiSent',
  'V2',
  'SoapAnswer',
  'Promise',
  'Record',
  'stdClass',
  'SoapClient',
  'foo',
  'Foo',
  'f-oo',
  'fooV1',
  'FooV1',
  'a b',
  'a_b',
  'class',
  'Class',
  'enum',
  'interface',
  'self',
  'int',
  'list',
  'GLOBALS',
  '_GET',
  'this',
  'value',
  'fields',
  'toSoap',
  'fromSoap',
] as const;

/** A model as a hostile or careless store's WSDL may result in: every name, title, documentation and type is random. */
export function hostileModel(seed: number, canary: string): TypeModel {
  const random = new Random(seed);
  const name = (): string =>
    random.next() < 0.3 ? hostileText(random, canary) : random.next() < 0.5 ? random.pick(awkwardNames) : random.pick(colliding);
  const text = (): string => hostileText(random, canary);
  const made: EntityType[] = [];
  const type = (): WireType => {
    const kind = random.below(8);
    if (kind === 0) return list(name(), type());
    if (kind === 1 && made.length > 0) return random.pick(made);
    return random.pick([string, int, boolean, double, any]);
  };
  for (let count = 2 + random.below(5); count > 0; count--) {
    const one = entity(
      name(),
      Array.from({ length: random.below(6) }, () => ({
        name: name(),
        type: type(),
        title: text(),
        doc: text(),
        ...(random.next() < 0.3 ? { required: true } : {}),
        ...(random.next() < 0.2 ? { v1Only: true } : {}),
      })),
    );
    if (made.every((other) => other.name !== one.name)) made.push(one);
  }
  const methods = Array.from({ length: 1 + random.below(5) }, () => ({
    id: name(),
    operation: name(),
    doc: text(),
    args: Array.from({ length: random.below(4) }, () => ({
      name: name(),
      type: type(),
      doc: text(),
      ...(random.next() < 0.5 ? { optional: true } : {}),
    })),
    result: { type: type(), part: name(), doc: text() },
    faults: [{ code: text(), doc: text() }],
  }));
  return { source: text(), entities: made, methods };
}
