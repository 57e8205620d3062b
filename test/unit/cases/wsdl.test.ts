// WSDLs of extended and broken shops (cases 58 and 63): the doctor's findings for each, and the types that are written from it.
import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';
import { diagnose } from '../../../src/store/doctor/doctor';
import type { Check } from '../../../src/store/doctor/check';
import { generateTypes, storeModel } from '../../../src/codegen';
import { familyOf } from '../../../src/soap/family';
import { readService } from '../../../src/soap/wsdl/read-service';
import { StoreClient, type ClientPorts } from '../../../src/store/calls/client';
import type { DescriptionCache } from '../../../src/store/soap/services';
import { serve } from '../../support/loopback';
import { cli } from '../requests/support';
import { caseAnswer, caseWsdl, sendXml } from './support';

type Twist = (text: string) => string | Uint8Array;

/** A store of case 58: an ordinary store with another WSDL. */
async function storeWith(t: TestContext, twist: Twist): Promise<{ readonly url: string; readonly ports: ClientPorts }> {
  const store = await serve(t, ({ request, body }, response) => {
    if (request.method !== 'GET') sendXml(response, caseAnswer(body.toString()));
    else if (request.url?.includes('/v2_soap/') === true) sendXml(response, twist(caseWsdl(store.port)));
    else response.writeHead(404).end();
  });
  // Each WSDL is read in this process, because a thread for each takes seconds here. Other tests check the threads.
  const descriptions: DescriptionCache = {
    read: async (hash) => await readService(bytesOf(twist(caseWsdl(store.port))), hash),
    write: () => Promise.resolve(),
  };
  return { url: `${store.url}/api/v2_soap/`, ports: { key: () => Promise.resolve('key'), descriptions } };
}

const bytesOf = (text: string | Uint8Array): Uint8Array => (typeof text === 'string' ? new TextEncoder().encode(text) : text);

async function wsdlFinding({ url, ports }: { readonly url: string; readonly ports: ClientPorts }): Promise<Check> {
  for await (const check of diagnose({ name: 'Case', url, user: '' }, ports, { login: false })) if (check.id === 'wsdl') return check;
  assert.fail('The doctor says nothing of the WSDL.');
}

function clientOf(t: TestContext, { url, ports }: { readonly url: string; readonly ports: ClientPorts }): StoreClient {
  const client = new StoreClient({ name: 'Case', url, user: 'api' }, ports);
  t.after(() => client.close());
  return client;
}

/** The types that are written from a store. */
async function types(client: StoreClient): Promise<{ readonly typescript: string; readonly php: string }> {
  const model = storeModel(client.url ?? '', familyOf(await client.service()));
  return { typescript: generateTypes('typescript', model), php: generateTypes('php', model) };
}

/** Inserts a text before or after the first match, which must exist. */
function changed(text: string, at: RegExp | string, to: string): string {
  const after = text.replace(at, to);
  assert.ok(after !== text, String(at));
  return after;
}

const fields = [
  '<element name="vat-id" type="xsd:string"/>',
  '<element name="2nd_phone" type="xsd:string"/>',
  '<element name="class" type="xsd:string"/>',
  '<element name="größe" type="xsd:decimal"/>',
  '<element name="list" type="typens:ArrayOfString"/>',
  '<element name="is.vip" type="xsd:boolean"/>',
  '<element name="__proto__" type="xsd:string"/>',
  '<element name="this" type="xsd:int" minOccurs="0"/>',
  '<element name="raw" type="xsd:base64Binary"/>',
  '<element name="own" type="typens:myModuleEntity"/>',
].join('\n');
const ownType =
  '<complexType name="myModuleEntity"><sequence><element name="points" type="xsd:int"/>' +
  '<element name="self" type="typens:myModuleEntity"/></sequence></complexType>\n';
const customerType = '<complexType name="customerCustomerEntity">\n<all>';

/** WSDLs that can be used: the doctor's warning, if any, and text that the types must or must not contain. */
const usable: Readonly<
  Record<string, { readonly twist: Twist; readonly warning?: RegExp; readonly has?: RegExp; readonly lacks?: RegExp }>
> = {
  'as it is': { twist: (text) => text, has: /customerCustomerInfo/ },
  'with warnings of PHP behind it': {
    twist: (text) => `${text}<br />\n<b>Warning</b>:  Cannot modify header information in <b>/app/x.php</b> on line <b>3</b><br />\n`,
    warning: /^There is text after the WSDL: Warning : Cannot modify header information/,
  },
  'with placeholders': {
    twist: (text) => changed(changed(text, /urn:Maho/g, 'urn:{{var wsdl.name}}'), 'name="Maho"', 'name="{{var wsdl.name}}"'),
    warning: /^The store did not fill in a placeholder of its WSDL: \{\{var wsdl\.name\}\}\./,
  },
  'with placeholders in its address alone': {
    twist: (text) => changed(text, /location="[^"]*"/, 'location="{{var wsdl.handler}}?a={{b}}"'),
    warning: /placeholders of its WSDL: \{\{var wsdl\.handler\}\}, \{\{b\}\}\./,
  },
  'with types in another namespace': {
    twist: (text) =>
      changed(
        text.replaceAll('urn:Maho', 'urn:OpenMage'),
        'XMLSchema" targetNamespace="urn:OpenMage"',
        'XMLSchema" targetNamespace="urn:Magento"',
      ),
    warning: /^Types are described in the namespace urn:Magento, but used as if they were in the namespace urn:OpenMage\./,
    has: /customerCustomerInfo/,
  },
  'with a prefix that is not declared': {
    twist: (text) => changed(text, '<part name="sessionId" type="xsd:string"/>', '<part name="sessionId" type="xs:string"/>'),
    warning: /The prefix xs is used, but not declared\./,
  },
  'with an operation twice': {
    twist: (text) =>
      changed(
        text,
        /(<portType[^>]*>)/,
        '$1<operation name="customerCustomerList"><input message="typens:customerCustomerListRequest"/>' +
          '<output message="typens:customerCustomerListResponse"/></operation>',
      ),
    warning: /<operation name="customerCustomerList"> twice\. The first one counts\./,
    has: /customerCustomerList/,
  },
  'without the message of an operation': {
    twist: (text) => changed(text, /<message name="customerCustomerInfoRequest">[^]*?<\/message>/, ''),
    warning: /operation customerCustomerInfo refers to the message typens:customerCustomerInfoRequest.* It is left out\./,
    has: /customerCustomerList/,
    lacks: /customerCustomerInfo\b/,
  },
  'without the customer operations': {
    twist: (text) => changed(text, /<operation name="customer\w+">[^]*?<\/operation>/g, ''),
    warning: /^It lacks customer\.list, customer\.create/,
    lacks: /customerCustomerList/,
  },
  'with fields of other names': {
    twist: (text) =>
      changed(
        changed(text, customerType, `${customerType}\n${fields}`),
        '<complexType name="customerCustomerEntity">',
        `${ownType}<complexType name="customerCustomerEntity">`,
      ),
    warning: /field with the name "2nd_phone", which XML does not allow\. It is left out\./,
    has: /'vat-id'[^]*'größe': number[^]*list: string\[\][^]*\['__proto__'\]: string[^]*own: MyModuleEntity/,
    lacks: /2nd_phone/,
  },
  'in Latin-1, as it says': {
    twist: (text) =>
      Buffer.from(changed(changed(text, 'encoding="UTF-8"', 'encoding="ISO-8859-1"'), '</types>', '<!-- Größe --></types>'), 'latin1'),
  },
  'in Latin-1, though it says UTF-8': {
    twist: (text) => Buffer.from(changed(text, '</types>', '<!-- Größe --></types>'), 'latin1'),
    warning: /bytes that are not text in its encoding, the first near ".*<!-- Gr\ufffd\ufffde/,
  },
  'that ends in the middle of its operations': {
    twist: (text) => text.slice(0, text.indexOf('<operation name="customerAddressDelete">', text.indexOf('<binding')) + 60),
    warning: /It lacks customer_address\.delete.*The WSDL is cut off inside <operation>\. The rest is missing\./,
    has: /customerCustomerList/,
    lacks: /customerAddressDelete/,
  },
};

suite('A WSDL', () => {
  for (const [name, { twist, warning, has, lacks }] of Object.entries(usable)) {
    test(`${name}: the doctor ${warning === undefined ? 'finds nothing' : 'warns'}, calls work and types are written`, async (t) => {
      const store = await storeWith(t, twist);
      const { state, why, next, facts } = await wsdlFinding(store);
      if (warning === undefined) assert.deepEqual([state, facts?.['warnings']], ['ok', []]);
      else {
        assert.equal(state, 'warning');
        assert.match(why ?? '', warning);
        assert.ok(next !== undefined && next !== '');
      }
      const client = clientOf(t, store);
      const { typescript, php } = await types(client);
      if (has !== undefined) assert.match(typescript, has);
      if (lacks !== undefined) assert.doesNotMatch(typescript, lacks);
      assert.match(php, /^<\?php/);
      assert.deepEqual((await client.call('customer.list', {})).value, [{ customer_id: 7, email: 'a@example.com' }]);
    });
  }

  const unusable: Readonly<Record<string, { readonly twist: Twist; readonly what: RegExp }>> = {
    'that is cut off before its operations': {
      twist: (text) => text.slice(0, Math.floor(text.length / 2)),
      what: /ends inside <message> \(byte 11\d\d\d\)/,
    },
    'with a character that no name may have': {
      twist: (text) => changed(text, '<definitions', '<definitions xmlns:foo&="x"'),
      what: /attribute xmlns:foo has no value \(byte 39\)/,
    },
    'that is JSON': { twist: () => '{"wsdl_list":[]}', what: /^There is no WSDL of this API at/ },
    'that is empty': { twist: () => '', what: /^There is no WSDL of this API at/ },
  };
  for (const [name, { twist, what }] of Object.entries(unusable)) {
    test(`${name}: the doctor and the types say why it cannot be read`, async (t) => {
      const store = await storeWith(t, twist);
      const { state, text, why, next } = await wsdlFinding(store);
      assert.equal(state, 'failed');
      assert.match(text, what);
      assert.ok(why !== undefined && next !== undefined);
      const { code, out, err } = await cli(['types', '--language', 'php', '--out', '-', '--url', store.url]);
      assert.deepEqual([code, out], [2, '']);
      assert.match(err, what);
    });
  }

  test('with more errors than are shown gets a count of the others', async (t) => {
    const store = await storeWith(t, (text) =>
      changed(
        text,
        customerType,
        `${customerType}\n${Array.from({ length: 9 }, (_, index) => `<element name="${index}x" type="xsd:int"/>`).join('')}`,
      ),
    );
    const { why, facts } = await wsdlFinding(store);
    assert.match(why ?? '', /"4x", which XML does not allow\. It is left out\. And 4 more\.$/);
    assert.equal((facts?.['warnings'] as readonly string[]).length, 9);
  });
});

test('the command line writes types from a WSDL that is broken in one place', async (t) => {
  const { url } = await storeWith(t, usable['without the message of an operation']?.twist ?? assert.fail());
  const { code, out, err } = await cli(['types', '--language', 'typescript', '--out', '-', '--url', url]);
  assert.deepEqual([code, err], [0, '']);
  assert.match(out, /customerCustomerList\b/);
  assert.doesNotMatch(out, /customerCustomerInfo\b/);
});

suite('A field of a type without a PHP name (case 63)', () => {
  for (const [type, property] of [
    ['xsd:anyType', /public mixed \$loyalty/],
    ['xsd:anySimpleType', /public mixed \$loyalty/],
    ['typens:nowhereEntity', /public mixed \$loyalty/],
    ['xsd:boolean', /public \?bool \$loyalty/],
    ['xsd:dateTime', /public \?string \$loyalty/],
  ] as const) {
    test(`${type} becomes a property that PHP accepts`, async (t) => {
      const store = await storeWith(t, (text) => changed(text, customerType, `${customerType}\n<element name="loyalty" type="${type}"/>`));
      const { php } = await types(clientOf(t, store));
      assert.match(php, property);
      assert.doesNotMatch(php, /\?mixed/);
    });
  }
});
