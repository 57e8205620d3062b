import assert from 'node:assert/strict';
import { test } from 'node:test';
import { soapDialects, type SoapDialect } from '../../src/api/dialect';
import { startDemoStore } from '../../src/demo';
import { readTree, type XmlElement } from '../../src/soap/decoding/tree';
import { wireFile, type RecordedStore } from '../support/wire';

/** Recorded stores, and the name of the file of WS-I among their recordings. */
const recorded = [
  { product: 'maho@25', wsi: 'wsdl-v2-wsi.xml' },
  { product: 'maho@26.7', wsi: 'wsdl-wsi.xml' },
  { product: 'openmage@20.18', wsi: 'wsdl-wsi.xml' },
] as const satisfies readonly { readonly product: RecordedStore; readonly wsi: string }[];

/**
 * What differs, with the reason why it may: in V2 of Maho 25 both methods for the version share messages and one type with optional
 * fields, in its WS-I each has its own; the demo store describes them as WS-I does in both.
 */
const accepted: ReadonlySet<string> = new Set(
  [
    'type mahoInfoEntity',
    'type magentoInfoEntity',
    'message magentoInfoRequest',
    'message magentoInfoResponse',
    'operation magentoInfo',
  ].map((name) => `maho@25 v2 ${name}`),
);

/** Operations that the recorded WSDL lists though they do not work there: their messages are missing. */
const BROKEN = ['call', 'multiCall'];

for (const { product, wsi } of recorded) {
  test(`what the demo store's WSDLs of ${product} say, the recorded WSDLs say too, and in the same words`, async (t) => {
    const demo = await startDemoStore({ product });
    t.after(() => demo.close());
    for (const dialect of soapDialects) {
      const file = { v1: 'wsdl-v1.xml', v2: 'wsdl-v2.xml', wsi } satisfies Record<SoapDialect, string>;
      const ours = describe(readTree(await (await fetch(`${demo.urls[dialect]}?wsdl`)).text()));
      const theirs = describe(readTree(wireFile(file[dialect], product)));
      let compared = 0;
      for (const [name, said] of ours) {
        if (accepted.has(`${product} ${dialect} ${name}`)) {
          assert.notDeepEqual(said, theirs.get(name), `${name} does not differ any more`);
          continue;
        }
        assert.deepEqual(said, theirs.get(name), `${dialect} ${name}`);
        compared++;
      }
      assert.ok(compared >= { v1: 27, v2: 76, wsi: 96 }[dialect], `${dialect}: ${compared} compared`);
      const family = (name: string): boolean => /customer|(?:maho|magento)Info/i.test(name) && !/shoppingCart|Quote/.test(name);
      const missing = [...theirs.keys()].filter((name) => family(name) && !ours.has(name));
      assert.deepEqual(missing, [], `${dialect}: what the customer family and the version have there and not here`);
    }
  });
}

/** What a WSDL says, by name: types with their fields, elements, messages with their parts, operations with messages and action. */
function describe(root: XmlElement): ReadonlyMap<string, unknown> {
  const said = new Map<string, unknown>();
  const schema = [...root.descendants('schema')][0];
  for (const type of schema?.childrenNamed('complexType') ?? []) said.set(`type ${type.attribute('name') ?? ''}`, typeOf(type));
  for (const element of schema?.childrenNamed('element') ?? []) said.set(`element ${element.attribute('name') ?? ''}`, typeOf(element));
  for (const message of root.childrenNamed('message'))
    said.set(
      `message ${message.attribute('name') ?? ''}`,
      message.childrenNamed('part').map((part) => attributes(part, ['name', 'type', 'element'])),
    );
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
  said.set('service', [
    service?.attribute('name'),
    service?.child('port')?.attribute('name'),
    service?.child('port')?.attribute('binding'),
  ]);
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
