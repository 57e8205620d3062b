import assert from 'node:assert/strict';
import { ToolkitError } from '../../src/api/errors';
import { soapDialects, type SoapDialect } from '../../src/api/dialect';
import { generationOf } from '../../src/api/generations';
import { wsdl } from '../../src/demo/wsdl';
import { beyondCatalogue, describedMethod, serviceDescription } from '../../src/soap/wsdl/description';
import { familyOf } from '../../src/soap/family';
import { readService } from '../../src/soap/wsdl/read-service';
import { Random } from '../support/random';

/** A WSDL of the demo store, as a start. */
export function plainWsdl(dialect: SoapDialect): string {
  return wsdl(dialect, generationOf('maho@26.7'), 'http://127.0.0.1/api/');
}

/** A message with a part of this name and type. RPC only. */
const part = (name: string, type = 'xsd:string'): string => `<part name="${name}" type="${type}"/>`;

/** Adds types to the schema. */
export const withTypes =
  (types: string) =>
  (text: string): string =>
    text.replace(/<\/((?:\w+:)?schema)>/, (_, name: string) => `${types}</${name}>`);

/** A type with fields, as WSDL text. */
export const type = (name: string, fields: string): string =>
  `<complexType xmlns="http://www.w3.org/2001/XMLSchema" name="${name}"><sequence>${fields}</sequence></complexType>`;
export const field = (name: string, of: string): string => `<element name="${name}" type="${of}"/>`;
const derived = (name: string, way: string, base: string, inner: string): string =>
  `<complexType xmlns="http://www.w3.org/2001/XMLSchema" name="${name}"><complexContent>` +
  `<${way} base="${base}" xmlns:soapenc="http://schemas.xmlsoap.org/soap/encoding/">${inner}</${way}></complexContent></complexType>`;
const list = (name: string, of: string): string =>
  derived(
    name,
    'restriction',
    'soapenc:Array',
    `<attribute ref="soapenc:arrayType" xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" wsdl:arrayType="${of}[]"/>`,
  );
export const extending = (name: string, base: string): string =>
  derived(name, 'extension', base, `<sequence>${field(`of${name}`, 'xsd:int')}</sequence>`);

/** Adds types to the schema and makes an argument of one of them. */
const withArgument =
  (types: string, name: string) =>
  (text: string): string =>
    withTypes(types)(text).replace(/(name="(?:filters|customerData|customerId)" type=")[\w:]+/, `$1typens:${name}`);

/** Names with a meaning in JavaScript, PHP, or a generated program. */
export const awkwardNames = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'valueOf',
  '__defineGetter__',
  'then',
  'var',
  'class',
  'this',
  'default',
  'arguments',
  'eval',
  'await',
  'length',
  'name',
  'CustomerClient',
  'SoapClient',
  'sessionId',
  'string',
  'int',
  'any',
  'list',
  'größe',
  'vat-id',
  'is.vip',
  '_2nd',
] as const;

/** Texts that cannot be names. */
export const impossibleNames = [
  '',
  ' ',
  'a b',
  '2nd',
  'a:b:c',
  '$(id)',
  '`id`',
  '&quot;&gt;&lt;x',
  'x&#10;y',
  '../../etc/passwd',
  '*/',
  '?&gt;',
  '&#0;',
] as const;

/** A way to spoil a WSDL. */
export type Spoil = (text: string, random: Random) => string;

/** Ways to spoil a WSDL by name. Each takes any WSDL of the family and returns a text. */
export const spoils: Readonly<Record<string, Spoil>> = {
  'a part called __proto__': (text) => text.replace(/<part /, `${part('__proto__', 'evil:x')}<part `),
  'messages called __proto__ and constructor': (text) =>
    text.replace(
      '<portType',
      `<message name="__proto__">${part('x')}</message><message name="constructor">${part('x')}</message><portType`,
    ),
  'an operation called __proto__': (text) =>
    text
      .replace(/(<portType[^>]*>)/, '$1<operation name="__proto__"><input message="typens:login"/></operation>')
      .replace(/(<soap:binding[^>]*>)/, '$1<operation name="__proto__"/>'),
  'types and elements called as JavaScript’s own': (text) =>
    awkwardNames.reduce(
      (done, name) =>
        withTypes(type(name, awkwardNames.map((own) => field(own, 'xsd:string')).join('')) + field(name, `typens:${name}`))(done),
      text,
    ),
  'a prefix called __proto__': (text) =>
    text
      .replace('<definitions', '<definitions xmlns:__proto__="urn:p" xmlns:constructor="urn:c"')
      .replace(/type="xsd:/, 'type="__proto__:'),
  'awkward parts': (text, random) => text.replace(/<part /, `${part(random.pick(awkwardNames))}<part `),
  'impossible names': (text, random) =>
    text.replace(/ name="[^"]*"/g, (name) => (random.next() < 0.02 ? ` name="${random.pick(impossibleNames)}"` : name)),
  'awkward names': (text, random) =>
    text.replace(/ name="[^"]*"/g, (name) => (random.next() < 0.05 ? ` name="${random.pick(awkwardNames)}"` : name)),
  'awkward types': (text, random) =>
    text.replace(/ type="[^"]*"/g, (name) =>
      random.next() < 0.05
        ? ` type="${random.pick(['evil:x', 'typens:nope', 'typens:constructor', 'typens:__proto__', 'xsd:nope', '', ':', 'a:b:c'])}"`
        : name,
    ),
  'messages that are missing': (text, random) =>
    text.replace(/<message name="[^"]*">.*?<\/message>/gs, (message) => (random.next() < 0.1 ? '' : message)),
  'operations that are missing': (text, random) =>
    text.replace(/<operation name="(?!login)[^"]*">.*?<\/operation>/gs, (operation) => (random.next() < 0.1 ? '' : operation)),
  'everything twice': (text, random) =>
    text
      .replace(/<(part|element) [^>]*\/>/g, (found) => (random.next() < 0.1 ? found + found : found))
      .replace(/<(message|operation) name.*?<\/\1>/gs, (found) => (random.next() < 0.1 ? found + found : found)),
  'a list of itself': withArgument(list('Endless', 'typens:Endless'), 'Endless'),
  'lists of each other': withArgument(list('EndlessA', 'typens:EndlessB') + list('EndlessB', 'typens:EndlessA'), 'EndlessB'),
  'types that hold themselves': withArgument(
    type('Knot', field('a', 'typens:Knot') + field('b', 'typens:KnotB')) +
      type('KnotB', field('a', 'typens:Knot') + field('b', 'typens:KnotB')),
    'Knot',
  ),
  'types that extend themselves': withArgument(
    extending('Egg', 'typens:Hen') + extending('Hen', 'typens:Egg') + extending('Own', 'typens:Own'),
    'Egg',
  ),
  'a chain of types': (text, random) => {
    const length = 10 + random.below(3000);
    const types = Array.from({ length }, (_, index) => type(`C${index}`, field('next', `typens:C${index + 1}`)));
    return withArgument(types.join(''), 'C0')(text);
  },
  'types that double at each step': (text, random) => {
    const length = 10 + random.below(30);
    const step = (index: number): string => type(`D${index}`, field('a', `typens:D${index + 1}`) + field('b', `typens:D${index + 1}`));
    return withArgument(Array.from({ length }, (_, index) => step(index)).join('') + type(`D${length}`, ''), 'D0')(text);
  },
  'a chain of extensions': (text, random) => {
    const length = 10 + random.below(1500);
    const types = Array.from({ length }, (_, index) => extending(`E${index + 1}`, `typens:E${index}`));
    return withArgument(type('E0', field('first', 'xsd:int')) + types.join(''), `E${length}`)(text);
  },
  'deep elements': (text, random) => withTypes(`${'<sequence>'.repeat(1 + random.below(400))}`)(text),
  'imports of itself': (text) =>
    withTypes('<import namespace="urn:Maho" schemaLocation="?wsdl=1"/><include schemaLocation="http://127.0.0.1:9/x"/>')(text).replace(
      '<portType',
      '<import namespace="urn:Maho" location="file:///etc/passwd"/><portType',
    ),
  'PHP before and behind': (text) =>
    `<br />\n<b>Notice</b>:  x in <b>/app/x.php</b>\n${text}<br />\n<b>Warning</b>:  Cannot modify header information`,
  'cut off': (text, random) => text.slice(0, random.below(text.length)),
  'a document type': (text) => text.replace(/\?>/, '?><!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'),
  'other characters': (text, random) => {
    const at = random.below(text.length);
    return (
      text.slice(0, at) +
      random.pick(['<', '>', '&', '"', '\u0000', '\ud800', ']]>', '<!--', '<![CDATA[', '\u00ff', 'xmlns="x"', '/']) +
      text.slice(at + random.below(3))
    );
  },
  'other elements': (text, random) =>
    text.replace(/<(complexType|sequence|all|element|part|message|portType|binding|types)\b/g, (found) =>
      random.next() < 0.01
        ? `<${random.pick(['constructor', 'toString', '__proto__', 'import', 'schema', 'group', 'x:y', 'simpleType'])}`
        : found,
    ),
};

/** Number of fields of the base type in a {@link hugeWsdl}, and number of types that extend it. */
const HUGE = { fields: 20_000, types: 5_000 } as const;

/**
 * A WSDL of two megabytes whose description would have more than four gigabytes: each of its 5,000 types has the 20,000 fields of the type
 * that it extends, and a field takes at least 40 bytes.
 */
export function hugeWsdl(dialect: SoapDialect): string {
  const fields = Array.from({ length: HUGE.fields }, (_, index) => field(`f${index}`, 'xsd:string')).join('');
  const types = Array.from({ length: HUGE.types }, (_, index) => derived(`H${index}`, 'extension', 'typens:Huge', '')).join('');
  return withTypes(type('Huge', fields) + types)(plainWsdl(dialect));
}

/** A WSDL with one to three mistakes. The same number results in the same WSDL. */
export function hostileWsdl(seed: number): { readonly text: string; readonly ways: readonly string[]; readonly dialect: SoapDialect } {
  const random = new Random(seed);
  const dialect = random.pick(soapDialects);
  const ways = Array.from({ length: 1 + random.below(3) }, () => random.pick(Object.keys(spoils)));
  return { dialect, ways, text: ways.reduce((text, way) => spoils[way]?.(text, random) ?? text, plainWsdl(dialect)) };
}

/** How a hostile WSDL ended. */
export type WsdlOutcome = 'read' | 'refused';

/**
 * Reads a WSDL in this thread and checks the result: either a consistent description or an error of ours, without changes to the built-in
 * objects of the language. Input that takes too long is the task of the thread with limits (src/store/soap/describe.ts), so bodies stay
 * small here.
 * @throws {Error} if the result is not as described
 */
export async function checkWsdl(text: string): Promise<WsdlOutcome> {
  const before = Object.getOwnPropertyNames(Object.prototype).length;
  try {
    const description = serviceDescription.parse(await readService(new TextEncoder().encode(text), 'hash'));
    assert.ok(Object.hasOwn(description, 'warnings'));
    beyondCatalogue(description);
    for (const method of familyOf(description)) assert.equal(typeof method.operation, 'string');
    for (const name of Object.keys(description.operations)) assert.ok(describedMethod(description, name, 'read') !== undefined, name);
    JSON.stringify(description);
    return 'read';
  } catch (error) {
    assert.ok(
      error instanceof ToolkitError && error.kind === 'decode' && error.code !== 'unexpected',
      `not an error of ours: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
    return 'refused';
  } finally {
    assert.equal(Object.getOwnPropertyNames(Object.prototype).length, before, 'Object.prototype was changed');
  }
}
