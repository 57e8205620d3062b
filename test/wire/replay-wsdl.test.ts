import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dialects, type Dialect } from '../../src/api/dialect';
import { startDemoStore } from '../../src/demo';
import { readTree, type XmlElement } from '../../src/soap/tree';
import { wireFile } from '../support/wire';

const recorded = { v1: 'wsdl-v1.xml', v2: 'wsdl-v2.xml', wsi: 'wsdl-v2-wsi.xml' } as const satisfies Record<Dialect, string>;

/** Operations that the recorded WSDL lists though they do not work there: their messages are missing. */
const BROKEN = ['call', 'multiCall'];

test('what the demo store\'s WSDLs say, the recorded WSDLs say too, and in the same words', async (t) => {
  const demo = await startDemoStore();
  t.after(() => demo.close());
  for (const dialect of dialects) {
    const ours = describe(readTree(await (await fetch(`${demo.urls[dialect]}?wsdl`)).text()));
    const theirs = describe(readTree(wireFile(recorded[dialect])));
    let compared = 0;
    for (const [name, said] of ours) {
      assert.deepEqual(said, theirs.get(name), `${dialect} ${name}`);
      compared++;
    }
    assert.ok(compared >= { v1: 27, v2: 73, wsi: 90 }[dialect], `${compared} compared`);
    const missing = [...theirs.keys()].filter((name) => /customer/i.test(name) && !/shoppingCart|Quote/.test(name) && !ours.has(name));
    assert.deepEqual(missing, [], `${dialect}: what the customer family has there and not here`);
  }
});

/** What a WSDL says, by name: types with their fields, elements, messages with their parts, operations with messages and action. */
function describe(root: XmlElement): ReadonlyMap<string, unknown> {
  const said = new Map<string, unknown>();
  const schema = [...root.descendants('schema')][0];
  for (const type of schema?.childrenNamed('complexType') ?? []) said.set(`type ${type.attribute('name') ?? ''}`, typeOf(type));
  for (const element of schema?.childrenNamed('element') ?? []) said.set(`element ${element.attribute('name') ?? ''}`, typeOf(element));
  for (const message of root.childrenNamed('message')) said.set(`message ${message.attribute('name') ?? ''}`, message.childrenNamed('part').map((part) => attributes(part, ['name', 'type', 'element'])));
  const binding = root.child('binding');
  const style = binding?.child('binding');
  said.set('binding', style === undefined ? undefined : attributes(style, ['style', 'transport']));
  for (const operation of root.child('portType')?.childrenNamed('operation') ?? []) {
    const name = operation.attribute('name') ?? '';
    const bound = binding?.childrenNamed('operation').find((other) => other.attribute('name') === name);
    const body = bound?.child('input')?.child('body');
    if (BROKEN.includes(name) && !said.has(`message ${name}`)) continue;
    said.set(`operation ${name}`, [
      operation.child('input')?.attribute('message'),
      operation.child('output')?.attribute('message'),
      bound?.child('operation')?.attribute('soapAction'),
      body === undefined ? undefined : attributes(body, ['use', 'namespace', 'encodingStyle']),
    ]);
  }
  const service = root.child('service');
  said.set('service', [service?.attribute('name'), service?.child('port')?.attribute('name'), service?.child('port')?.attribute('binding')]);
  return said;
}

/** Fields with type and bounds; what an array is of. Bounds of one are what a schema means without saying. */
function typeOf(type: XmlElement): unknown {
  const array = [...type.descendants('attribute')][0];
  if (array !== undefined) return array.tag.attributes.find(({ name }) => name.endsWith(':arrayType'))?.value;
  return [...type.descendants('element')].map((element) => {
    const { name, type: of, minOccurs = '1', maxOccurs = '1' } = attributes(element, ['name', 'type', 'minOccurs', 'maxOccurs']);
    return { name, of, minOccurs, maxOccurs };
  });
}

function attributes<Name extends string>(element: XmlElement, names: readonly Name[]): Partial<Record<Name, string>> {
  const found: Partial<Record<Name, string>> = {};
  for (const name of names) {
    const value = element.attribute(name);
    if (value !== undefined) found[name] = value;
  }
  return found;
}
