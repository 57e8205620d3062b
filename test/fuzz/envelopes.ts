import { findMethod } from '../../src/api/catalogue';
import { soapDialects, type SoapDialect } from '../../src/api/dialect';
import { codecs } from '../../src/soap/dialects';
import { encodedEnvelope, encodeNatural } from '../../src/soap/dialects/encoded';
import { encodeV1Call } from '../../src/soap/dialects/v1';
import { inspectEnvelope } from '../../src/store/soap/envelope';
import { isWrite } from '../../src/store/calls/policy';
import { Random } from '../support/random';

/** An envelope for a dialect's address. It is bytes, since some envelopes are not UTF-8. */
export interface TriedEnvelope {
  readonly dialect: SoapDialect;
  /** The mutations of the envelope. */
  readonly ways: readonly string[];
  readonly xml: Uint8Array;
}

const context = { namespace: 'urn:Maho' };
const READ = 'customer.info';
const WRITE = 'customer.delete';

/** An envelope in the form that we write. */
export function plainEnvelopeOf(dialect: SoapDialect, id: string): string {
  const method = findMethod(id);
  if (method === undefined) throw new Error(`The catalogue lacks ${id}.`);
  return codecs[dialect].encodeCall(method, method.args.length === 0 ? {} : { customerId: 1 }, 'session', context);
}

/** Many calls in one V1 envelope. */
function batch(...paths: readonly string[]): string {
  const parts =
    encodeNatural('sessionId', 'session') +
    encodeNatural(
      'calls',
      paths.map((path) => [path, [1]]),
    );
  return encodedEnvelope('multiCall', parts, context.namespace);
}

/** The element of a write in the Body, and the same element with other parts. */
function writing(dialect: SoapDialect): string {
  return /<(?:\w|-)+:Body>(.*)<\/(?:\w|-)+:Body>/s.exec(plainEnvelopeOf(dialect, WRITE))?.[1] ?? '';
}

/** A way to hide a write, or to make an envelope unusual. */
type Twist = (xml: string, random: Random, dialect: SoapDialect) => string;

const path = (xml: string, made: string): string => xml.replace(/<resourcePath[^>]*>[^<]*<\/resourcePath>/, made);
const plainPath = (text: string, attributes = ''): string => `<resourcePath xsi:type="xsd:string"${attributes}>${text}</resourcePath>`;
const target = (id: string, text = WRITE): string => `<multiRef id="${id}" xsi:type="xsd:string">${text}</multiRef>`;
const inBody = (xml: string, first: string, last: string): string =>
  xml.replace(/(<[\w-]+:Body[^>]*>)(.*)(<\/[\w-]+:Body>)/s, `$1${first}$2${last}$3`);
const beforeBody = (xml: string, more: string): string => xml.replace(/<[\w-]+:Body/, `${more}$&`);
const behindBody = (xml: string, more: string): string => xml.replace(/<\/[\w-]+:Body>/, `$&${more}`);
const header = (inner: string): string => `<SOAP-ENV:Header>${inner}</SOAP-ENV:Header>`;
/** Adds attributes to some elements. */
const attributed = (xml: string, random: Random, made: string): string =>
  xml.replace(/<(?!\?|\/|SOAP-ENV:Envelope)([\w:-]+)/g, (tag) => (random.next() < 0.3 ? `${tag} ${made}` : tag));

const oddArrayTypes = [
  'xsd:string[1,2]',
  'xsd:string[2,1]',
  'xsd:anyType[,]',
  'ns2:Map[1]',
  'SOAP-ENC:Array[1]',
  'xsd:int[1]',
  'xsd:string[][1]',
  'x',
  '',
  'no:x[1]',
  'xsd:string[0]',
];
const oddTypes = [
  'xsd:int',
  'xsd:base64Binary',
  'xsd:boolean',
  'SOAP-ENC:Array',
  'ns2:Map',
  'SOAP-ENC:Struct',
  'ns1:FixedArray',
  'no:x',
  'string',
  'xsd:token',
  'xsd:hexBinary',
  'SOAP-ENC:string',
];
const styles = ['', 'urn:x', 'http://www.w3.org/2003/05/soap-encoding', 'http://schemas.xmlsoap.org/soap/encoding/'];
const text = (name: string, value: string, attributes = ''): string => `<${name} xsi:type="xsd:string"${attributes}>${value}</${name}>`;
const entry = (key: string, value: string): string => `<item>${key}${value}</item>`;
const numbered = (key: number, value: string): string => entry(`<key xsi:type="xsd:int">${key}</key>`, value);

const arrayOf = (name: string, of: string, inner: string): string =>
  `<${name} SOAP-ENC:arrayType="${of}[1]" xsi:type="SOAP-ENC:Array">${inner}</${name}>`;
const itemTypes = [
  'xsd:base64Binary',
  'xsd:hexBinary',
  'SOAP-ENC:base64',
  'xsd:NMTOKENS',
  'xsd:string',
  'xsd:ur-type',
  'SOAP-ENC:string',
  'ns2:Map',
];
const mapped = (name: string, inner: string): string => `<${name} xsi:type="ns2:Map">${inner}</${name}>`;

/** The twists by name. Each takes any envelope and returns one that may not be well-formed. */
export const twists: Readonly<Record<string, Twist>> = {
  'a write in the Header': (xml, _, dialect) => beforeBody(xml, header(writing(dialect))),
  'a Header without a name space': (xml, _, dialect) => beforeBody(xml, `<Header>${writing(dialect)}</Header>`),
  'a Header behind the Body': (xml, _, dialect) => behindBody(xml, header(writing(dialect))),
  'a write before it': (xml, _, dialect) => inBody(xml, writing(dialect), ''),
  'a write behind it': (xml, _, dialect) => inBody(xml, '', writing(dialect)),
  'a Body before it': (xml, _, dialect) => beforeBody(xml, `<SOAP-ENV:Body>${writing(dialect)}</SOAP-ENV:Body>`),
  'a Body behind it': (xml, _, dialect) => behindBody(xml, `<SOAP-ENV:Body>${writing(dialect)}</SOAP-ENV:Body>`),
  'a Body of no name space before it': (xml, _, dialect) => beforeBody(xml, `<Body>${writing(dialect)}</Body>`),
  'a Body inside': (xml, _, dialect) => inBody(xml, `<SOAP-ENV:Body>${writing(dialect)}</SOAP-ENV:Body>`, ''),
  'an envelope inside': (xml, _, dialect) => inBody(xml, plainEnvelopeOf(dialect, WRITE).replace(/<\?.*?\?>/, ''), ''),
  'an envelope behind': (xml, _, dialect) => xml + plainEnvelopeOf(dialect, WRITE).replace(/<\?.*?\?>/, ''),
  'two paths': (xml) => path(xml, plainPath(WRITE) + plainPath(READ)),
  'two paths, the other way round': (xml) => path(xml, plainPath(READ) + plainPath(WRITE)),
  'parts in another order': (xml) => xml.replace(/(<sessionId.*?<\/sessionId>)(.*?)(<\/)/s, '$2$1$3'),
  'parts by position': (xml) =>
    xml.replace(/<(\/?)(sessionId|resourcePath|args)/g, '<$1x$2').replace(/(<xresourcePath[^>]*>)[^<]*/, `$1${WRITE}`),
  'a path by reference': (xml) => inBody(path(xml, '<resourcePath href="#p"/>'), '', target('p')),
  'a path by reference that has a text': (xml) => inBody(path(xml, plainPath(READ, ' href="#p"')), '', target('p')),
  'two targets of one name': (xml) => inBody(path(xml, '<resourcePath href="#p"/>'), '', target('p') + target('p', READ)),
  'a target in the Header': (xml) => beforeBody(path(xml, '<resourcePath href="#p"/>'), header(target('p'))),
  'targets in Header and Body': (xml) =>
    inBody(beforeBody(path(xml, '<resourcePath href="#p"/>'), header(target('p'))), '', target('p', READ)),
  'a reference of another name space': (xml) => inBody(path(xml, plainPath(READ, ' xmlns:o="urn:o" o:href="#p"')), '', target('p')),
  'the session as a target': (xml) =>
    path(xml.replace(/<sessionId[^>]*>[^<]*/, `<sessionId id="p" xsi:type="xsd:string">${WRITE}`), '<resourcePath href="#p"/>'),
  'a reference at the operation': (xml, _, dialect) =>
    inBody(xml, '<ns1:call href="#op"/>', writing(dialect).replace(/<[\w:]+/, '$& id="op"')),
  'the calls by reference': (xml) =>
    inBody(
      xml.replace(/<calls.*<\/calls>/s, '<calls href="#c"/>'),
      '',
      encodeNatural('multiRef', [[WRITE, [1]]]).replace('<multiRef', '<multiRef id="c"'),
    ),
  'positions of items': (xml, random) => attributed(xml, random, `SOAP-ENC:position="[${random.below(3)}]"`),
  'positions in another name space': (xml, random) => attributed(xml, random, `xmlns:o="urn:o" o:position="[${random.below(3)}]"`),
  'positions without a name space': (xml, random) => attributed(xml, random, `position="[${random.below(3)}]"`),
  'an offset': (xml, random) => attributed(xml, random, `SOAP-ENC:offset="[${random.below(3)}]"`),
  'an order of items by positions': (xml) =>
    xml.replace(
      /<item xsi:type="xsd:string">[^<]*<\/item>/,
      text('item', READ, ' SOAP-ENC:position="[1]"') + text('item', WRITE, ' SOAP-ENC:position="[0]"'),
    ),
  'another array type': (xml, random) => xml.replace(/arrayType="[^"]*"/g, () => `arrayType="${random.pick(oddArrayTypes)}"`),
  'a two-dimensional list of calls': (xml) =>
    xml.replace(
      /<calls.*<\/calls>/s,
      `<calls SOAP-ENC:arrayType="xsd:string[1,2]" xsi:type="SOAP-ENC:Array">${text('item', WRITE)}${text('item', READ)}</calls>`,
    ),
  'calls as a map': (xml) =>
    xml.replace(
      /<calls.*<\/calls>/s,
      mapped('calls', numbered(0, mapped('value', numbered(1, text('value', READ)) + numbered(0, text('value', WRITE))))),
    ),
  'a map with a key twice': (xml) =>
    xml.replace(
      /<item SOAP-ENC.*?<\/item>(?=<\/calls>|<item SOAP-ENC)/s,
      `<item xsi:type="ns2:Map">${entry('<key>0</key>', text('value', READ))}${entry('<key>0</key>', text('value', WRITE))}</item>`,
    ),
  'other types': (xml, random) =>
    xml.replace(/xsi:type="[^"]*"/g, (type) => (random.next() < 0.3 ? `xsi:type="${random.pick(oddTypes)}"` : type)),
  'a path in base64': (xml) =>
    path(xml, `<resourcePath xsi:type="xsd:base64Binary">${Buffer.from(WRITE).toString('base64')}</resourcePath>`),
  'a path in base64 by the type of its array, which reads like a path itself': (xml) =>
    xml.replace(
      /<calls.*<\/calls>/s,
      arrayOf('calls', 'xsd:anyType', arrayOf('item', 'xsd:base64Binary', `<item>${btoa(`${WRITE}.xx`)}.info</item>`)),
    ),
  'a path whose array says of what type it is': (xml, random) =>
    xml.replace(
      /<calls.*<\/calls>/s,
      arrayOf('calls', 'xsd:anyType', arrayOf('item', random.pick(itemTypes), `<item>${random.pick([READ, WRITE])}</item>`)),
    ),
  'a path in hex': (xml) => path(xml, `<resourcePath xsi:type="xsd:hexBinary">${Buffer.from(WRITE).toString('hex')}</resourcePath>`),
  'no types': (xml) => xml.replace(/ xsi:type="[^"]*"/g, ''),
  'prefixes bound anew': (xml, random) =>
    attributed(
      xml,
      random,
      random.pick([
        'xmlns:xsd="urn:x"',
        'xmlns:xsi="urn:x"',
        `xmlns:xsd="http://xml.apache.org/xml-soap"`,
        'xmlns:ns1="urn:x"',
        'xmlns="urn:x"',
        'xmlns:SOAP-ENC="urn:x"',
      ]),
    ),
  'a prefix that is not declared': (xml, random) =>
    xml.replace(
      random.pick([
        'xmlns:xsd="http://www.w3.org/2001/XMLSchema"',
        'xmlns:ns1="urn:Maho"',
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"',
      ]),
      '',
    ),
  nil: (xml, random) =>
    xml.replace(/<(sessionId|resourcePath|item|calls|args)\b/g, (tag) =>
      random.next() < 0.3 ? `${tag} xsi:nil="${random.pick(['true', '1', 'false', 'x'])}"` : tag,
    ),
  'a comment in the path': (xml) => path(xml, plainPath('customer.<!-- info -->delete')),
  'a comment first in the path': (xml) => path(xml, plainPath(`<!--${READ}-->${WRITE}`)),
  'comments anywhere': (xml, random) =>
    xml.replace(/>/g, (end) => (random.next() < 0.1 ? `>${random.pick(['<!---->', '<!-- <x> -->', ' <!-- a > b --> '])}` : end)),
  CDATA: (xml) => path(xml, plainPath(`<![CDATA[customer]]>.<![CDATA[delete]]>`)),
  'CDATA and text': (xml) => path(xml, plainPath(`${READ}<![CDATA[]]>`)),
  'character references': (xml) => path(xml, plainPath('customer&#46;&#x64;elete')),
  'a processing instruction': (xml) => path(xml, plainPath('customer.<?x info?>delete')),
  'an element in the path': (xml) => path(xml, plainPath(`${READ}<b>x</b>`)),
  'text and elements mixed': (xml) => xml.replace(/<(args|item)\b[^>]*>/, `$&${WRITE}`),
  'a document type': (xml) => path(xml, plainPath('&w;')).replace(/\?>/, `?><!DOCTYPE x [<!ENTITY w "${WRITE}">]>`),
  'a byte order mark': (xml) => `\ufeff${xml}`,
  'no XML declaration': (xml) => xml.replace(/<\?.*?\?>/, ''),
  'another encoding': (xml, random) =>
    xml.replace(
      'encoding="UTF-8"',
      `encoding="${random.pick(['ISO-8859-1', 'UTF-16', 'UTF-7', 'utf-8', 'US-ASCII', 'windows-1252', 'x', ''])}"`,
    ),
  'another version': (xml, random) => xml.replace('version="1.0"', `version="${random.pick(['1.1', '2.0', ''])}"`),
  'a path in UTF-7': (xml) => path(xml, plainPath('customer.+AGQ-elete')).replace('encoding="UTF-8"', 'encoding="UTF-7"'),
  'SOAP 1.2': (xml) => xml.replaceAll('http://schemas.xmlsoap.org/soap/envelope/', 'http://www.w3.org/2003/05/soap-envelope'),
  'SOAP 1.2 with a reference': (xml) =>
    inBody(path(xml, '<resourcePath xmlns:e="http://www.w3.org/2003/05/soap-encoding" e:ref="#p"/>'), '', target('p'))
      .replaceAll('http://schemas.xmlsoap.org/soap/envelope/', 'http://www.w3.org/2003/05/soap-envelope')
      .replace(/ SOAP-ENV:encodingStyle="[^"]*"/, ''),
  'another encoding style': (xml, random) => attributed(xml, random, `SOAP-ENV:encodingStyle="${random.pick(styles)}"`),
  'another case of the operation': (xml, random) =>
    xml.replace(
      /(<\/?ns1:)(\w+)/g,
      (_, start: string, name: string) => start + (random.next() < 0.5 ? name.toUpperCase() : name.charAt(0).toUpperCase() + name.slice(1)),
    ),
  'a write in another case': (xml, random) =>
    path(xml, plainPath(random.pick(['Customer.Delete', 'CUSTOMER.DELETE', 'customer.DELETE', 'customer.Delete']))),
  'a path with more points': (xml, random) =>
    path(
      xml,
      plainPath(
        random.pick([
          'customer.delete.info',
          'customer.info.delete',
          'customer..info',
          '.info',
          'customer.delete.',
          'customer.create.list',
        ]),
      ),
    ),
  'a path with blanks': (xml, random) =>
    path(
      xml,
      plainPath(
        random.pick([
          ' customer.delete',
          'customer.delete ',
          '\n customer.info',
          'customer. info',
          'customer.info\t',
          'customer.delete&#10;.info',
          'customer.info\u00a0',
        ]),
      ),
    ),
  'a path as an array': (xml) => path(xml, encodeNatural('resourcePath', [WRITE])),
  'a path as a map': (xml) => path(xml, encodeNatural('resourcePath', { 0: WRITE })),
  'a path as an object': (xml) => path(xml, `<resourcePath><x>${WRITE}</x></resourcePath>`),
  'calls deep inside': (xml) =>
    xml.replace(/<calls.*<\/calls>/s, encodeNatural('calls', [[[WRITE, [1]]], [['multiCall', [[WRITE]]]], ['multiCall', [[WRITE, [1]]]]])),
  'a call without a path': (xml) => xml.replace(/<calls.*<\/calls>/s, encodeNatural('calls', [[], [WRITE], ['', [WRITE]]])),
  'one call of many is a write': () => batch(READ, WRITE, READ),
  'V1 over other addresses': () => encodeV1Call(WRITE, [1], 'session', context),
  'many calls over other addresses': () => batch(WRITE),
  'the name of another dialect': (xml, random, dialect) =>
    plainEnvelopeOf(random.pick(soapDialects.filter((other) => other !== dialect)), WRITE) || xml,
  'another name of the element': (xml, random) =>
    xml.replace(
      /(<\/?ns1:\w+?)(RequestParam)?(?=[\s>/])/g,
      (_, name: string) => `${name}${random.pick(['Param', 'RequestParam', 'Response', 'ResponseParam', ''])}`,
    ),
  'another name space': (xml, random) =>
    xml.replace(
      '"urn:Maho"',
      `"${random.pick(['urn:x', 'http://schemas.xmlsoap.org/soap/envelope/', 'urn:maho', 'http://schemas.xmlsoap.org/soap/encoding/'])}"`,
    ),
  'no name space': (xml) => xml.replace(/(<\/?)ns1:/g, '$1'),
  'attributes that mean something elsewhere': (xml, random) =>
    attributed(
      xml,
      random,
      random.pick([
        'xml:base="#p"',
        'xml:id="p"',
        'Id="p"',
        'id="p"',
        'SOAP-ENC:root="0"',
        'SOAP-ENV:mustUnderstand="1"',
        'SOAP-ENV:actor="x"',
        'href="http://127.0.0.1:9/"',
        'href="#nothing"',
        'type="xsd:int"',
      ]),
    ),
  'text behind the envelope': (xml, random) => `${xml}${random.pick(['x', '<x/>', '<!-- x -->', '\u0000', '<?x?>', '   '])}`,
  'something before the envelope': (xml, random) => `${random.pick([' ', '\n', 'x', '<x/>', '<!-- x -->'])}${xml}`,
  'a letter less or more': (xml, random) => {
    const at = random.below(xml.length);
    return xml.slice(0, at) + random.pick(['', '"', '<', '>', ' ', '/', ':', '&', '=', '#', 'x']) + xml.slice(at + random.below(2));
  },
};

/** Envelopes to start from. */
function starts(dialect: SoapDialect): readonly string[] {
  return [
    plainEnvelopeOf(dialect, READ),
    plainEnvelopeOf(dialect, WRITE),
    plainEnvelopeOf(dialect, 'customer_group.list'),
    ...(dialect === 'v1' ? [batch(READ, READ), batch(READ)] : []),
  ];
}

/** Each twist once, on a read in each dialect and on many calls. */
export function craftedEnvelopes(): readonly TriedEnvelope[] {
  const random = new Random(1);
  return Object.entries(twists).flatMap(([way, twist]) =>
    soapDialects.flatMap((dialect) =>
      [plainEnvelopeOf(dialect, READ), ...(dialect === 'v1' ? [batch(READ, READ)] : [])].map((xml) => ({
        dialect,
        ways: [way],
        xml: Buffer.from(twist(xml, random, dialect)),
      })),
    ),
  );
}

/** An envelope with up to three twists. The same number results in the same envelope. */
export function twistedEnvelope(seed: number): TriedEnvelope {
  const random = new Random(seed);
  const dialect = random.pick(soapDialects);
  const ways = Array.from({ length: random.below(4) }, () => random.pick(Object.keys(twists)));
  const xml = ways.reduce((text, way) => twists[way]?.(text, random, dialect) ?? text, random.pick(starts(dialect)));
  return { dialect, ways, xml: random.next() < 0.03 ? Buffer.from(xml, 'utf16le') : Buffer.from(xml) };
}

/** Whether the policy allows sending an envelope to a read-only store. */
export function countsAsRead({ xml }: TriedEnvelope): boolean {
  const { methods, unclear } = inspectEnvelope(xml);
  return unclear === undefined && methods.length > 0 && !methods.some((method) => isWrite(method));
}

/**
 * Compares the policy with the calls that PHP ran.
 * @param ran paths and operations that PHP's server ran for the envelope
 * @returns the error, or `undefined`
 */
export function checkEnvelope(envelope: TriedEnvelope, ran: readonly string[]): string | undefined {
  const wrote = ran.filter((name) => !/^(?:customer\.info|customer_group\.list|customer(?:Customer(?:Info|List)|GroupList))$/i.test(name));
  if (wrote.length === 0 || !countsAsRead(envelope)) return undefined;
  const what = `${envelope.dialect}, ${envelope.ways.join(' + ')}: it counts as a read, and PHP ran ${wrote.join(', ')}`;
  return `${what}\n${Buffer.from(envelope.xml).toString()}`;
}
