import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SoapValue } from '../../../src/api/value';
import { decodeResponse, ResponseDecoder, type Decoded } from '../../../src/soap/decoding/decode';
import { DecodeError } from '../../../src/soap/xml/errors';
import { entry, envelope, v1Answer } from '../../support/envelopes';

const bytes = (text: string): Uint8Array => Buffer.from(text);
const value = (text: string): SoapValue => {
  const decoded = decodeResponse(bytes(text));
  assert.equal(decoded.kind, 'result');
  return decoded.value;
};

test('V1 values keep the types the store gave them', () => {
  const map =
    `<callReturn xsi:type="ns2:Map">${entry('id', '7', 'xsd:int')}${entry('name', 'Jos&#233; &amp; Söhne')}` +
    `${entry('on', 'true', 'xsd:boolean')}${entry('rate', '1.5', 'xsd:double')}<item><key xsi:type="xsd:string">dob</` +
    'key><value xsi:nil="true"/></item></callReturn>';
  assert.deepEqual(value(v1Answer(map)), { id: 7, name: 'José & Söhne', on: true, rate: 1.5, dob: null });
});

test('an integer too large for a number stays the text it was', () => {
  assert.equal(value(v1Answer('<callReturn xsi:type="xsd:int">9007199254740993</callReturn>')), '9007199254740993');
  assert.equal(value(v1Answer('<callReturn xsi:type="xsd:int">-12</callReturn>')), -12);
});

test('a list of one is a list, and an empty list is empty', () => {
  assert.deepEqual(
    value(v1Answer('<callReturn SOAP-ENC:arrayType="xsd:int[1]" xsi:type="SOAP-ENC:Array"><item xsi:type="xsd:int">5</item></callReturn>')),
    [5],
  );
  assert.deepEqual(value(v1Answer('<callReturn SOAP-ENC:arrayType="xsd:ur-type[0]" xsi:type="SOAP-ENC:Array"/>')), []);
});

test('items without a type of their own take the type of their array', () => {
  assert.deepEqual(
    value(v1Answer('<callReturn SOAP-ENC:arrayType="xsd:int[2]" xsi:type="SOAP-ENC:Array"><item>5</item><item>6</item></callReturn>')),
    [5, 6],
  );
});

test('WS-I lists come out plain, typed by the catalogue, also with one row and with none', () => {
  const list = (rows: string): string =>
    envelope(`<ns1:customerCustomerListResponseParam><result>${rows}</result></ns1:customerCustomerListResponseParam>`);
  assert.deepEqual(value(list('<complexObjectArray><customer_id>1</customer_id><email>a@b.c</email></complexObjectArray>')), [
    { customer_id: 1, email: 'a@b.c' },
  ]);
  assert.deepEqual(value(list('')), []);
  assert.deepEqual(
    decodeResponse(bytes(list('<complexObjectArray><customer_id>1</customer_id></complexObjectArray>')), { wrappers: true }),
    {
      kind: 'result',
      operation: 'customerCustomerList',
      value: { complexObjectArray: [{ customer_id: 1 }] },
      rows: 0,
      charset: 'utf-8',
      junk: [],
    },
  );
});

test('an element that stands several times outside of any list becomes a list, as in PHP', () => {
  const body = envelope('<ns1:fooResponseParam><result><x>1</x><x>2</x><x>3</x><y>4</y></result></ns1:fooResponseParam>');
  assert.deepEqual(value(body), { x: ['1', '2', '3'], y: '4' });
});

test('a list that stands several times becomes a list of lists, and none of them grows', () => {
  const list = (item: string): string =>
    `<x SOAP-ENC:arrayType="xsd:string[1]" xsi:type="SOAP-ENC:Array"><item xsi:type="xsd:string">${item}</item></x>`;
  assert.deepEqual(value(envelope(`<ns1:fooResponseParam><result>${list('a')}${list('b')}<x>c</x></result></ns1:fooResponseParam>`)), {
    x: [['a'], ['b'], 'c'],
  });
});

test('CDATA and comments inside a value are read as XML says', () => {
  assert.equal(
    value(v1Answer('<callReturn xsi:type="xsd:string">a<![CDATA[<&]]]]><![CDATA[>]]><!-- not this -->z</callReturn>')),
    'a<&]]>z',
  );
});

test('a key named __proto__ is data like any other', () => {
  const decoded = value(
    v1Answer(`<callReturn xsi:type="ns2:Map">${entry('__proto__', 'mine')}${entry('constructor', 'too')}</callReturn>`),
  );
  assert.deepEqual(Object.entries(decoded ?? {}), [
    ['__proto__', 'mine'],
    ['constructor', 'too'],
  ]);
});

test('prefixes mean what the nearest declaration says, not what they are called', () => {
  const body =
    '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><q:callResponse ' +
    'xmlns:q="urn:Maho"><callReturn xmlns:i="http://www.w3.org/2001/XMLSchema-instance" ' +
    'xmlns:s="http://www.w3.org/2001/XMLSchema" i:type="s:int">4</callReturn></q:callResponse></e:Body></e:Envelope>';
  assert.equal(value(body), 4);
  assert.equal(value(body.replace('http://www.w3.org/2001/XMLSchema"', 'urn:else"')), '4');
});

test('multi-references are put in their places, wherever the value stands', () => {
  const body = envelope(
    '<ns1:callResponse><callReturn xsi:type="ns2:Map"><item><key xsi:type="xsd:string">a</key><value ' +
      'href="#one"/></item><item><key xsi:type="xsd:string">b</key><value ' +
      'href="#one"/></item></callReturn></ns1:callResponse><multiRef id="one" xsi:type="ns2:Map"><item><key ' +
      'xsi:type="xsd:string">x</key><value xsi:type="xsd:int">1</value></item></multiRef>',
  );
  assert.deepEqual(value(body), { a: { x: 1 }, b: { x: 1 } });
});

test('faults of SOAP 1.1 and 1.2 are read alike', () => {
  const fault = (body: string): Decoded => decodeResponse(bytes(body));
  const old = fault(envelope('<SOAP-ENV:Fault><faultcode>102</faultcode><faultstring>Customer not exists.</faultstring></SOAP-ENV:Fault>'));
  assert.ok(old.kind === 'fault');
  assert.deepEqual(old.fault, { code: '102', message: 'Customer not exists.' });
  const modern = fault(
    '<env:Envelope xmlns:env="http://www.w3.org/2003/05/soap-envelope"><env:Body><env:Fault><env:Code><env:Value>env:' +
      'Sender</env:Value></env:Code><env:Reason><env:Text ' +
      'xml:lang="en">No</env:Text></env:Reason><env:Detail><x>y</x></env:Detail></env:Fault></env:Body></env:Envelope>',
  );
  assert.ok(modern.kind === 'fault');
  assert.deepEqual(modern.fault, { code: 'env:Sender', message: 'No', detail: '{"x":"y"}' });
});

test('rows of a list are delivered while the answer is still coming', () => {
  const row = (id: number): string => `<item xsi:type="ns2:Map">${entry('customer_id', String(id))}</item>`;
  const whole = v1Answer(`<callReturn SOAP-ENC:arrayType="ns2:Map[3]" xsi:type="SOAP-ENC:Array">${row(1)}${row(2)}${row(3)}</callReturn>`);
  const seen: SoapValue[] = [];
  const decoder = new ResponseDecoder({ onRow: (item) => seen.push(item) });
  decoder.write(bytes(whole.slice(0, whole.indexOf(row(3)))));
  assert.deepEqual(seen, [{ customer_id: '1' }, { customer_id: '2' }]);
  decoder.write(bytes(whole.slice(whole.indexOf(row(3)))));
  const end = decoder.end();
  assert.ok(end.kind === 'result');
  assert.equal(end.rows, 3);
  assert.deepEqual(end.value, []);
});

test('a row that refers to something further down waits for it', () => {
  const seen: SoapValue[] = [];
  decodeResponse(
    bytes(
      envelope(
        '<ns1:callResponse><callReturn SOAP-ENC:arrayType="ns2:Map[2]" xsi:type="SOAP-ENC:Array"><item ' +
          'xsi:type="ns2:Map"><item><key xsi:type="xsd:string">a</key><value href="#x"/></item></item><item ' +
          'xsi:type="ns2:Map"/></callReturn></ns1:callResponse><multiRef id="x" xsi:type="xsd:string">late</multiRef>',
      ),
    ),
    { onRow: (row) => seen.push(row) },
  );
  assert.deepEqual(seen, [{ a: 'late' }, {}]);
});

test('junk around the XML does not stop decoding and is reported with its place', () => {
  const notice = '<br />\n<b>Notice</b>:  Undefined index in <b>/var/www/x.php</b> on line <b>1</b><br />\n';
  const xml = v1Answer('<callReturn xsi:type="xsd:boolean">true</callReturn>').trimEnd();
  const decoded = decodeResponse(bytes(`\ufeff${notice}${xml}\nbye`));
  assert.ok(decoded.kind === 'result');
  assert.equal(decoded.value, true);
  assert.deepEqual(decoded.junk, [
    { where: 'mark', offset: 0, text: 'utf-8' },
    { where: 'before', offset: 0, text: notice },
    { where: 'after', offset: 3 + notice.length + xml.length, text: '\nbye' },
  ]);
});

test('UTF-16 in either order, and single-byte charsets that the document declares, are read', () => {
  const xml = v1Answer('<callReturn xsi:type="xsd:string">Łukasz 漢 😀</callReturn>').replace('UTF-8', 'UTF-16');
  const little = Buffer.from(`\ufeff${xml}`, 'utf16le');
  const big = Buffer.from(little).swap16();
  for (const body of [little, big, little.subarray(2), big.subarray(2)]) {
    const decoded = decodeResponse(body);
    assert.ok(decoded.kind === 'result');
    assert.equal(decoded.value, 'Łukasz 漢 😀');
  }
  const latin = Buffer.from(v1Answer('<callReturn xsi:type="xsd:string">Zoë</callReturn>').replace('UTF-8', 'ISO-8859-1'), 'latin1');
  const decoded = decodeResponse(latin);
  assert.ok(decoded.kind === 'result');
  assert.equal(decoded.value, 'Zoë');
});

test('bytes that are not UTF-8 are replaced and reported with their offset', () => {
  const xml = v1Answer('<callReturn xsi:type="xsd:string">Zo#</callReturn>');
  const body = bytes(xml);
  body[xml.indexOf('#')] = 0xeb;
  const decoded = decodeResponse(body);
  assert.ok(decoded.kind === 'result');
  assert.equal(decoded.value, 'Zo\ufffd');
  assert.equal(decoded.junk[0]?.where, 'bytes');
  assert.equal(decoded.junk[0].offset, xml.indexOf('#'));
});

test('HTML pages, WSDLs, empty and plain answers are told apart from SOAP', () => {
  const page = decodeResponse(bytes('<!DOCTYPE html>\n<html><head><title> Maintenance </title></head><body>Back soon</body></html>'));
  assert.ok(page.kind === 'not-soap');
  assert.deepEqual([page.root, page.title], ['html', 'Maintenance']);
  const wsdl = decodeResponse(bytes('<?xml version="1.0"?><!-- generated --><definitions xmlns="http://schemas.xmlsoap.org/wsdl/"/>'));
  assert.ok(wsdl.kind === 'not-soap');
  assert.equal(wsdl.root, 'definitions');
  for (const text of ['', '   ', 'Fatal error', '{"a":1}']) assert.equal(decodeResponse(bytes(text)).kind, 'not-soap', text);
});

test('an answer that is cut off says where, and keeps the rows that were complete', () => {
  const row = (id: number): string => `<item xsi:type="ns2:Map">${entry('customer_id', String(id))}</item>`;
  const whole = v1Answer(`<callReturn SOAP-ENC:arrayType="ns2:Map[3]" xsi:type="SOAP-ENC:Array">${row(1)}${row(2)}${row(3)}</callReturn>`);
  const cut = whole.slice(0, whole.indexOf(row(3)) + 20);
  assert.throws(
    () => decodeResponse(bytes(cut)),
    (error: unknown) => {
      assert.ok(error instanceof DecodeError);
      assert.equal(error.code, 'cut-off');
      assert.equal(error.offset, cut.length);
      assert.deepEqual(error.partial, { rows: 0, value: [{ customer_id: '1' }, { customer_id: '2' }] });
      return true;
    },
  );
  for (let end = 41; end < whole.length - 1; end += 7) {
    assert.throws(() => decodeResponse(bytes(whole.slice(0, end))), DecodeError, `cut at ${end}: ${whole.slice(end - 20, end)}`);
  }
});

test('offsets count bytes, not characters', () => {
  const body = v1Answer('<callReturn xsi:type="xsd:string">漢漢</b></callReturn>');
  assert.throws(
    () => decodeResponse(bytes(body)),
    (error: unknown) => {
      assert.ok(error instanceof DecodeError);
      assert.equal(error.offset, Buffer.byteLength(body.slice(0, body.indexOf('</b>'))));
      return true;
    },
  );
});

test('a reference to an element that only refers to another brings the value, and a circle of them is an error', () => {
  const answer = (targets: string): Decoded =>
    decodeResponse(bytes(envelope(`<ns1:callResponse><callReturn href="#a"/></ns1:callResponse>${targets}`)));
  const decoded = answer('<m id="a" href="#b"/><m id="b" href="#c"/><m id="c" xsi:type="xsd:int">5</m>');
  assert.deepEqual(decoded.kind === 'result' && decoded.value, 5);
  assert.throws(() => answer('<m id="a" href="#b"/><m id="b" href="#a"/>'), DecodeError);
});

test('text that a value would leave out is an error, as in PHP', () => {
  for (const part of [
    '<callReturn xsi:type="xsd:string">a<b>c</b>d</callReturn>',
    '<callReturn xsi:type="xsd:int"><b/></callReturn>',
    '<callReturn xsi:type="ns2:Map"><item><value xsi:type="xsd:string">x</value></item></callReturn>',
  ]) {
    assert.throws(
      () => decodeResponse(bytes(v1Answer(part))),
      (error: unknown) => error instanceof DecodeError && error.code === 'malformed',
      part,
    );
  }
  const fault = decodeResponse(
    bytes(envelope('<SOAP-ENV:Fault><faultcode>1</faultcode><faultstring xsi:type="xsd:string">No<br/></faultstring></SOAP-ENV:Fault>')),
  );
  assert.equal(fault.kind, 'fault');
});

test('lists of lists, nil in capitals and the types of 1999 are read as in PHP', () => {
  const lists = '<callReturn SOAP-ENC:arrayType="xsd:int[][1]" xsi:type="SOAP-ENC:Array"><i><j>1</j></i></callReturn>';
  assert.deepEqual(value(v1Answer(lists)), [{ j: '1' }]);
  assert.equal(value(v1Answer('<callReturn xsi:nil="TRUE" xsi:type="xsd:int">7</callReturn>')), null);
  assert.equal(value(v1Answer('<callReturn xmlns:o="http://www.w3.org/1999/XMLSchema" xsi:type="o:int">12</callReturn>')), 12);
});
