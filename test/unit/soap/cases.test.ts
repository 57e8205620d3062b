import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { SoapValue } from '../../../src/api/value';
import { decodeRequest, decodeResponse, type Decoded, type DecodeOptions } from '../../../src/soap/decoding/decode';
import { entry, envelope, v1Answer } from '../../support/envelopes';

const fixtures = join(import.meta.dirname, '../../fixtures/answers');
const decoded = (name: string): Decoded => decodeResponse(readFileSync(join(fixtures, name)));

/** What PHP's client makes of each answer. */
const values: Readonly<Record<string, SoapValue>> = {
  '01-list.xml': [{ customer_id: '7', middlename: null }, { customer_id: '8' }],
  '01-login.xml': '0123456789abcdef0123456789abcdef',
  '01-multi.xml': [{ customer_id: '7' }],
  '72-apart.xml': { p: ['1', '2'], z: '0' },
  '72-info.xml': { customer_id: 7, phone: ['1', '2', '3'] },
  '72-mixed.xml': { p: [{ a: '' }, '2'] },
  '72-structs.xml': { p: [{ q: '1' }, { q: '2' }] },
  '72-top.xml': { p: ['1', '2'] },
  '72-typed-leaf.xml': { p: ['1', '2'] },
  '72-typed-parent.xml': { p: ['1', '2', '3'] },
  '72-untyped.xml': { p: ['1', '2', '3'] },
  '72-wsi.xml': { customer_id: 7, addresses: [{ street: 'a' }, { street: 'b' }] },
};

for (const [name, value] of Object.entries(values)) {
  test(`the answer ${name} decodes to what PHP's client keeps of it`, () => {
    const answer = decoded(name);
    assert.ok(answer.kind === 'result', answer.kind);
    assert.deepEqual(answer.value, value);
  });
}

test('a fault of SOAP 1.2 keeps its code and its reason', () => {
  const answer = decoded('01-fault.xml');
  assert.ok(answer.kind === 'fault');
  assert.deepEqual(answer.fault, { code: '5', message: 'Session expired. Try to relogin.' });
});

/** Value of an operation with these parts. */
function valueOf(parts: string, options: DecodeOptions = {}): SoapValue {
  const answer = decodeResponse(Buffer.from(envelope(`<ns1:callResponse>${parts}</ns1:callResponse>`)), options);
  assert.ok(answer.kind === 'result');
  return answer.value;
}

test('typed fields that repeat become a list, whatever stands between them', () => {
  for (const between of ['', '\n', '<!-- c -->', '<z/>', ' <!-- a --> <!-- b --> ']) {
    const p = (text: string): string => `<p xsi:type="xsd:string">${text}</p>`;
    const read = valueOf(`<r>${p('1')}${between}${p('2')}${between}${p('3')}</r>`);
    assert.deepEqual(read, between === '<z/>' ? { p: ['1', '2', '3'], z: ['', ''] } : { p: ['1', '2', '3'] }, JSON.stringify(between));
  }
});

test('a field that repeats keeps lists, structures, nil and referred values as items of its list', () => {
  const list = (item: string): string => `<p SOAP-ENC:arrayType="xsd:int[1]" xsi:type="SOAP-ENC:Array"><i>${item}</i></p>`;
  assert.deepEqual(valueOf(`<r>${list('1')}${list('2')}<p xsi:nil="true"/><p xsi:type="xsd:int">3</p></r>`), { p: [[1], [2], null, 3] });
  assert.deepEqual(valueOf(`<r><p href="#a"/><p href="#b"/></r><x id="a">1</x><x id="b"><y>2</y></x>`), {
    r: { p: ['1', { y: '2' }] },
    x: ['1', { y: '2' }],
  });
  assert.deepEqual(valueOf(`<r xsi:type="ns2:Map">${entry('a', '1')}${entry('a', '2')}</r>`), { a: '2' });
});

test('more names of fields than there are bits for still keep every repetition', () => {
  const names = Array.from({ length: 200 }, (_, index) => `f${index}`);
  const parts = [...names, ...names, 'constructor', 'constructor', '__proto__', '__proto__'].map(
    (name, index) => `<${name} xsi:type="xsd:int">${index}</${name}>`,
  );
  const read = valueOf(`<r>${parts.join('')}</r>`);
  const wanted = [
    ...names.map((name, index): [string, SoapValue] => [name, [index, index + 200]]),
    ['constructor', [400, 401]],
    ['__proto__', [402, 403]],
  ];
  assert.deepEqual(Object.entries(read ?? {}), wanted);
});

test('inner structures do not disturb what their outer one remembers of its fields', () => {
  assert.deepEqual(valueOf('<r><a>1</a><b><a>2</a><a>3</a></b><a>4</a><b><b>5</b></b></r>'), {
    a: ['1', '4'],
    b: [{ a: ['2', '3'] }, { b: '5' }],
  });
});

test('an entry of a map takes its first key and its first value, in either order', () => {
  const map = (item: string): SoapValue => valueOf(`<r xsi:type="ns2:Map"><item>${item}</item></r>`);
  assert.deepEqual(map('<value xsi:type="xsd:int">1</value><key xsi:type="xsd:string">a</key>'), { a: 1 });
  assert.deepEqual(map('<key>a</key><value>1</value><value>2</value>'), { a: '1' });
  assert.deepEqual(map('<key xsi:type="xsd:int">007</key><value xsi:type="xsd:string">x</value>'), { 7: 'x' });
});

test('booleans and numbers are read as PHP reads them', () => {
  const read = (type: string, text: string): SoapValue => valueOf(`<r xsi:type="xsd:${type}">${text}</r>`);
  for (const text of ['true', 'TRUE', ' t ', 'T', '1', 'no', '00', 'yes', '-1']) assert.equal(read('boolean', text), true, text);
  for (const text of ['false', 'False', ' f ', 'F', '0', ' 0 ', ' ']) assert.equal(read('boolean', text), false, text);
  for (const type of ['boolean', 'int', 'double']) assert.equal(read(type, ''), null, type);
  assert.deepEqual(
    [read('int', ' 5 '), read('int', '+5'), read('int', '007'), read('int', '5.5'), read('unsignedLong', '12')],
    [5, 5, 7, 5.5, 12],
  );
  assert.deepEqual(
    [read('double', ' 1.50 '), read('double', '1e3'), read('double', 'INF'), read('double', '0x10')],
    [1.5, 1000, 'INF', '0x10'],
  );
  assert.deepEqual(
    [read('decimal', ' 1.10 '), read('token', ' a  b '), read('date', '2020-01-01'), read('string', ' a ')],
    ['1.10', 'a b', '2020-01-01', ' a '],
  );
});

test('an operation without parts is what stands in it, and otherwise nothing', () => {
  assert.equal(valueOf('hello &amp; more'), 'hello & more');
  assert.equal(valueOf(' \n '), null);
  assert.equal(valueOf('text<p>1</p>'), '1');
});

test('of elements with the same id the first one counts, wherever it stands', () => {
  assert.deepEqual(valueOf('<r href="#a"/><s id="a">5</s><t id="a">6</t>'), { r: '5', s: '5', t: '6' });
  assert.deepEqual(valueOf('<r href="#a"/><s id="a"><t id="a">6</t></s>'), { r: { t: '6' }, s: { t: '6' } });
  const header = envelope('<ns1:callResponse><r href="#h"/></ns1:callResponse><q><w id="c">1</w></q>').replace(
    '<SOAP-ENV:Body>',
    '<SOAP-ENV:Header><h id="h"><x href="#c"/></h></SOAP-ENV:Header><SOAP-ENV:Body>',
  );
  const answer = decodeResponse(Buffer.from(header));
  assert.ok(answer.kind === 'result');
  assert.deepEqual(answer.value, { x: '1' });
});

test('arrays of several dimensions are lists of lists', () => {
  const items = '<a>1</a><a>2</a><a>3</a><a>4</a>';
  assert.deepEqual(valueOf(`<r SOAP-ENC:arrayType="xsd:int[2,2]" xsi:type="SOAP-ENC:Array">${items}</r>`), [
    [1, 2],
    [3, 4],
  ]);
  assert.deepEqual(valueOf(`<r SOAP-ENC:arrayType="xsd:int[4]" xsi:type="SOAP-ENC:Array">${items}</r>`), [1, 2, 3, 4]);
  assert.deepEqual(valueOf('<r arrayType="xsd:int[1]"><a>1</a></r>'), [1]);
});

test('arguments that come several times in a request are a list too', () => {
  const request = decodeRequest(
    Buffer.from(v1Answer('<a xsi:type="xsd:int">1</a><a xsi:type="xsd:int">2</a>').replaceAll('callResponse', 'call')),
  );
  assert.ok(request.kind === 'result');
  assert.deepEqual(request.value, { a: [1, 2] });
});
