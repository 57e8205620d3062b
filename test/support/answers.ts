import fc from 'fast-check';
import { envelope } from './envelopes';

/** Texts of each type that PHP reads without a fault. */
const texts: Readonly<Record<string, fc.Arbitrary<string>>> = {
  string: fc.constantFrom(
    '',
    ' ',
    'x',
    'a &amp; b',
    '&#233;&lt;',
    'Zoë 漢 😀',
    '<![CDATA[<&>]]>',
    'a<!-- c -->b',
    ' a\n b ',
    '0',
    'a&#13;b',
  ),
  int: fc.constantFrom('', '0', '7', '-12', ' 5 ', '+5', '007', '5.5', '2147483648'),
  boolean: fc.constantFrom('', 'true', 'false', '1', '0', 'TRUE', ' f ', 'no', ' ', 't'),
  double: fc.constantFrom('', '1.5', '-0.25', ' 3 ', '1e3', '0'),
  decimal: fc.constantFrom('1.10', ' 7 '),
  token: fc.constantFrom('a', ' a  b '),
  long: fc.constantFrom('1', '9007199254740991'),
  unsignedLong: fc.constantFrom('12'),
};

const name = fc.constantFrom('a', 'b', 'p', 'id', 'customer_id', 'complex', 'constructor');
const key = fc.constantFrom('a', 'b', 'k &amp; l', 'é', 'password');
/** Content between elements that has no meaning. */
const between = fc.constantFrom('', '', '', '\n', '<!-- c -->', ' <!-- a --> ');

/** Writes an element. Its position determines the name. */
type Element = (name: string) => string;

const typed = fc.constantFrom(...Object.keys(texts)).chain((type) =>
  (texts[type] ?? fc.constant('')).map(
    (text): Element =>
      (tag) =>
        `<${tag} xsi:type="xsd:${type}">${text}</${tag}>`,
  ),
);
const untyped = (texts['string'] ?? fc.constant('')).map(
  (text): Element =>
    (tag) =>
      text === '' ? `<${tag}/>` : `<${tag}>${text}</${tag}>`,
);
const nil: fc.Arbitrary<Element> = fc.constantFrom(
  (tag) => `<${tag} xsi:nil="true"/>`,
  (tag) => `<${tag} xsi:nil="1" xsi:type="xsd:string">x</${tag}>`,
  (tag) => `<${tag} xsi:nil="TRUE" xsi:type="xsd:int">7</${tag}>`,
  // PHP only checks whether the attribute exists, whatever its value and namespace.
  (tag) => `<${tag} xsi:nil="false" xsi:type="xsd:string">x</${tag}>`,
  (tag) => `<${tag} xsi:nil="0"><a>1</a></${tag}>`,
  (tag) => `<${tag} nil="">x</${tag}>`,
);
/** The offset of an array or the position of an item, some of them invalid. */
const place = fc.constantFrom('[0]', '[1]', '[2]', '[7]', '[1,1]', '[0,1]', '[,2]', '3', '[x]', '', '[-1]', '[4294967298]');
/** Refers to one of {@link targets}. */
const reference = fc.constantFrom('one', 'two', 'three').map(
  (id): Element =>
    (tag) =>
      `<${tag} href="#${id}"/>`,
);

const { element } = fc.letrec<{ element: Element; struct: Element; map: Element; array: Element }>((tie) => ({
  element: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    typed,
    typed,
    untyped,
    nil,
    reference,
    tie('struct'),
    tie('map'),
    tie('array'),
  ),
  struct: fc
    .tuple(
      fc.constantFrom('', ' xsi:type="ns1:foo"', ' xsi:type="SOAP-ENC:Struct"', ' attribute="x"'),
      fc.array(fc.tuple(name, tie('element'), between), { minLength: 1, maxLength: 6 }),
    )
    .map(
      ([attributes, fields]): Element =>
        (tag) =>
          `<${tag}${attributes}>${fields.map(([field, write, gap]) => write(field) + gap).join('')}</${tag}>`,
    ),
  map: fc
    .array(fc.tuple(key, fc.constantFrom(' xsi:type="xsd:string"', ''), tie('element'), between, fc.boolean()), {
      minLength: 1,
      maxLength: 4,
    })
    .map((entries): Element => (tag) => {
      const item = ([name, type, write, gap, turned]: (typeof entries)[number]): string => {
        const pair = [`<key${type}>${name}</key>`, write('value')];
        return `<item>${(turned ? pair.reverse() : pair).join(gap)}</item>${gap}`;
      };
      return `<${tag} xsi:type="ns2:Map">${entries.map(item).join('')}</${tag}>`;
    }),
  array: fc
    .tuple(
      fc.constantFrom('xsd:ur-type', 'xsd:anyType', 'ns1:foo', 'xsd:int[]'),
      fc.option(fc.constantFrom('2,2', '2 , 3', ',2', '2,', ',', '0,0', '1,1,2', '', 'x'), { freq: 5, nil: undefined }),
      fc.option(
        place.map((value) => ` SOAP-ENC:offset="${value}"`),
        { freq: 5, nil: '' },
      ),
      fc.array(fc.tuple(tie('element'), fc.option(place, { freq: 5, nil: undefined }), between), { maxLength: 4 }),
    )
    .map(([type, size, offset, items]): Element => (tag) => {
      const attributes = `SOAP-ENC:arrayType="${type}[${size ?? items.length}]" xsi:type="SOAP-ENC:Array"${offset}`;
      const placed = ([write, position, gap]: (typeof items)[number]): string =>
        (position === undefined ? write('item') : write(`item`).replace('<item', `<item SOAP-ENC:position="${position}"`)) + gap;
      return `<${tag} ${attributes}>${items.map(placed).join('')}</${tag}>`;
    }),
}));

const targets =
  '<multiRef id="one" xsi:type="xsd:int">1</multiRef><multiRef id="two"><x>1</x><x xsi:type="xsd:string">2</x></multiRef>' +
  // This one only refers to another.
  '<multiRef id="three" href="#one"/>';

/** Responses of typed and untyped structures, maps, arrays, nil and references, in many spellings that PHP reads. */
export const answers: fc.Arbitrary<string> = fc
  .array(fc.tuple(name, element, between), { minLength: 1, maxLength: 3 })
  .map((parts) =>
    envelope(`<ns1:callResponse>${parts.map(([tag, write, gap]) => write(tag) + gap).join('')}</ns1:callResponse>${targets}`),
  );
