import { toToolkitError, ToolkitError } from '../../src/api/errors';
import { decodeText } from '../../src/api/text-input';
import {
  lint,
  parseEnvironment,
  parseRequestFile,
  prepare,
  readRequestFile,
  Resolver,
  fileError,
  requestError,
  variablesOf,
  type RequestFile,
} from '../../src/requests';
import { match } from '../../src/requests/expect/match';
import { operators } from '../../src/api/filters';
import { catalogue, type Method } from '../../src/api/catalogue';
import type { Random } from '../support/random';

/** A kind of input for `npm run fuzz`: generated from a seed, and checked by an operation that must never fail on it. */
export interface Fuzz {
  readonly name: string;
  readonly make: (random: Random) => Uint8Array;
  /** Throws when the result is anything but a value or a typed error. */
  readonly check: (input: Uint8Array) => void;
}

const methods: readonly Method[] = catalogue;

const names = [
  'a',
  'b',
  'A',
  'Read customers',
  '',
  ' ',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'é',
  '😀',
  '\ud800',
  'x.result',
  '{{a}}',
  '\u0000',
  'a\nb',
];

const placeholders = [
  '{{a}}',
  '{{b}}',
  '{{$uuid}}',
  '{{$timestamp}}',
  '{{$randomEmail}}',
  '{{$env PATH}}',
  '{{$env constructor}}',
  '{{$env MAHO_SOAP_KEY}}',
  '{{store.name}}',
  '{{store.key}}',
  '{{store.__proto__}}',
  '{{A.result}}',
  '{{A.result[0].email}}',
  '{{A.result["__proto__"]}}',
  '{{',
  '}}',
  '{{}}',
  '\\{{a}}',
  '{{{{a}}}}',
  '{{$session}}',
  '{{a b}}',
  '{{constructor}}',
  '{{__proto__}}',
];

const literals = [
  '0',
  '-0',
  '1',
  '-1',
  '1.10',
  '1e5',
  '1e400',
  '-1e-400',
  '12345678901234567890',
  '0.1e-7',
  'true',
  'false',
  'null',
  '01',
  '1.',
  '+1',
  'NaN',
  '0x10',
  "'a'",
  'undefined',
  '"\\u00',
  '"\\x"',
  '// c\n',
  '/* c',
  '',
];

const patterns = [
  '^(a+)+$',
  '(a|a)*b',
  '(?=a)',
  '(a)\\1',
  '[',
  'a{1,1000}{1,1000}',
  '\\p{L}+',
  '(?<n>a)\\k<n>',
  '^$',
  '.{1000}',
  '[^]',
  '(?:(?:a?){100}){100}',
  '\\u{110000}',
];

const keys = [
  '$schema',
  'store',
  'dialect',
  'variables',
  'requests',
  'before',
  'after',
  'delay',
  'until',
  'every',
  'for',
  'name',
  'description',
  'method',
  'args',
  'envelope',
  'expect',
  'result',
  'fault',
  'error',
  'under',
  'code',
  'message',
  '$type',
  '$regex',
  '$flags',
  '$range',
  '$length',
  '$oneOf',
  '$partial',
  '$contains',
  '$each',
  '$not',
  '$absent',
  '$absentOr',
  'filters',
  'customerId',
  'customerData',
  'attributes',
  'filter',
  'complex_filter',
  'key',
  'value',
  'calls',
  'options',
  'email',
  'customer_id',
  ...Object.keys(operators),
  ...names,
];

/** JSON of any shape, mostly well-formed, with keys and values that have a meaning in a request file. */
function anyJson(random: Random, depth: number): string {
  const kind = random.below(depth <= 0 ? 4 : 8);
  switch (kind) {
    case 0:
      return random.pick(literals);
    case 1:
      return JSON.stringify(random.pick(placeholders).repeat(1 + random.below(3)));
    case 2:
      return JSON.stringify(random.pick([...names, ...patterns, '500ms', '2s', 'v1', 'v2', 'wsi', 'v3', '2026-01-01']));
    case 3:
      return String(random.below(1000) - 10);
    case 4:
    case 5:
      return `[${Array.from({ length: random.below(4) }, () => anyJson(random, depth - 1)).join(random.below(30) === 0 ? ' ' : ',')}]`;
    default:
      return (
        '{' +
        `${Array.from({ length: random.below(4) }, () => `${JSON.stringify(random.pick(keys))}:${anyJson(random, depth - 1)}`).join(',')}` +
        '}'
      );
  }
}

function variables(random: Random): string {
  const entries = Array.from(
    { length: random.below(6) },
    (_, index) =>
      `${JSON.stringify(random.below(3) === 0 ? random.pick(names) : random.pick(['a', 'b', `v${index}`]))}:` +
      `${random.below(4) === 0 ? growing(random, index) : anyJson(random, 3)}`,
  );
  return `{${entries.join(',')}}`;
}

/** A value that uses the previous variable several times, as a list or a text. */
function growing(random: Random, index: number): string {
  const use = `{{v${index - 1}}}`;
  return random.below(2) === 0 ? JSON.stringify(Array.from({ length: 10 }, () => use)) : JSON.stringify(use.repeat(10));
}

const envelopes = [
  '<a/>',
  '<',
  '<!DOCTYPE a><a/>',
  '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><call><sessionId>{{$session}}</sessionId>{{a}}</call></e:Body>' +
    '</e:Envelope>',
];

function request(random: Random): string {
  const method =
    random.below(6) === 0
      ? random.pick(['multiCall', 'login', 'x.y', 'constructor', '__proto__', '', 'customer.', 'Customer.List'])
      : random.pick(methods.flatMap(({ id, operation }) => [id, operation]));
  const fields = [
    `"name":${JSON.stringify(random.pick(names))}`,
    random.below(5) === 0 ? `"envelope":${JSON.stringify(random.pick(envelopes))}` : `"method":${JSON.stringify(method)}`,
    random.below(4) === 0 ? '' : `"args":${anyJson(random, 4)}`,
    random.below(3) === 0 ? `"expect":${anyJson(random, 4)}` : random.below(2) === 0 ? `"expect":{"result":${anyJson(random, 4)}}` : '',
    random.below(6) === 0 ? `"dialect":${anyJson(random, 0)}` : '',
    random.below(8) === 0 ? `${JSON.stringify(random.pick(keys))}:${anyJson(random, 2)}` : '',
  ];
  return `{${fields.filter((field) => field !== '').join(',')}}`;
}

/** A request file that may be valid, nearly valid, or hostile: deep, long, cut off, in any encoding. */
export function hostileRequestFile(random: Random): Uint8Array {
  if (random.below(12) === 0) return encoded(random, anyJson(random, 6));
  if (random.below(25) === 0) {
    const depth = random.pick([100, 499, 501, 3000, 20_000]);
    const deep = `${'['.repeat(depth)}${']'.repeat(random.below(3) === 0 ? depth - 1 : depth)}`;
    return encoded(
      random,
      `{"variables":{"a":${random.below(2) === 0 ? deep : '1'}},"requests":[{"name":"A","method":"customer.list","args":${deep}}]}`,
    );
  }
  const store = random.below(5) === 0 ? `"store":${anyJson(random, 0)},` : '';
  const dialect = random.below(5) === 0 ? `"dialect":${random.pick(['"v1"', '"v2"', '"wsi"', '"v3"', '1', 'null'])},` : '';
  const list = Array.from({ length: random.below(5) }, () => request(random)).join(',');
  const text = `{${store}${dialect}${random.below(3) === 0 ? '' : `"variables":${variables(random)},`}"requests":[${list}]}`;
  return encoded(random, mangled(random, text));
}

/** A request file that is valid except for a few mistakes, for readers that must agree on its errors. */
export function plausibleRequestFile(random: Random): string {
  const rarely = (text: string): string => (random.below(12) === 0 ? text : '');
  const list = Array.from({ length: random.below(12) === 0 ? 0 : 1 + random.below(2) }, (_, index) =>
    plausibleRequest(random, `R${random.below(20) === 0 ? 0 : index}`),
  );
  const fields = [
    rarely('"store":"Shop"'),
    rarely('"store":""'),
    rarely(`"dialect":${anyJson(random, 0)}`),
    rarely(`"variables":${variables(random)}`),
    rarely(`"variabels":{}`),
    rarely(`"include":${anyJson(random, 1)}`),
    rarely('"include":["a.json"]'),
    random.below(6) === 0 ? `"before":[${plausibleRequest(random, 'B')}]` : '',
    random.below(6) === 0
      ? `"after":[${plausibleRequest(random, random.below(8) === 0 ? 'R0' : 'A')}]`
      : rarely(`"after":${anyJson(random, 0)}`),
    `"requests":[${list.join(',')}]`,
  ];
  return `{${fields.filter((field) => field !== '').join(',')}}`;
}

const times = ['"500ms"', '"2s"', '"1.5 s"', '100', '0', '-1', '1e9', '"2m"', '"123456s"', 'null', '""'];

function plausibleWait(random: Random): string {
  const fields = [
    random.below(8) === 0 ? '' : `"for":${random.pick(times)}`,
    random.below(2) === 0 ? `"every":${random.pick(times)}` : '',
    random.below(5) === 0 ? '' : random.pick(['"result":[]', '"fault":true', '"fault":"102"', '"error":"x"', '"result":{"$length":1}']),
    random.below(12) === 0 ? '"under":"1s"' : '',
  ];
  return `{${fields.filter((field) => field !== '').join(',')}}`;
}

function plausibleRequest(random: Random, name: string): string {
  const known = random.pick(methods);
  const args = known.args
    .map((arg) => [arg.name, plausibleArgument(random, arg.name, arg.type.kind)] as const)
    .filter((_, index) => known.args[index]?.optional !== true || random.below(2) === 0);
  const written =
    random.below(4) === 0
      ? `[${args.map(([, value]) => value).join(',')}]`
      : `{${args.map(([key, value]) => `${JSON.stringify(key)}:${value}`).join(',')}}`;
  const fields = [
    `"name":${random.below(20) === 0 ? anyJson(random, 0) : JSON.stringify(name)}`,
    random.below(15) === 0
      ? ''
      : `"method":${JSON.stringify(random.below(8) === 0 ? 'catalog_product.info' : random.pick([known.id, known.operation]))}`,
    random.below(10) === 0 ? (random.below(2) === 0 ? '' : `"args":${anyJson(random, 2)}`) : `"args":${written}`,
    random.below(15) === 0 ? `"envelope":${random.pick(['"<a/>"', '["<a>","</a>"]', '7', '[7]'])}` : '',
    random.below(10) === 0 ? `"dialect":${random.pick(['"v1"', '"v2"', '"wsi"', '"v3"'])}` : '',
    random.below(3) === 0 ? `"expect":${plausibleExpectation(random)}` : '',
    random.below(12) === 0 ? `"delay":${random.pick(times)}` : '',
    random.below(12) === 0 ? `"until":${plausibleWait(random)}` : '',
    random.below(12) === 0 ? `"each":${random.pick(['[1]', '[]', '"a.csv"', '""', '{}', '"{{a}}"', 'null', '[{"email":1.10}]'])}` : '',
    random.below(12) === 0 ? `"tags":${random.pick(['["smoke"]', '[]', '"smoke"', '[1]', '[" "]'])}` : '',
    random.below(25) === 0 ? '"arg":1' : '',
  ];
  return `{${fields.filter((field) => field !== '').join(',')}}`;
}

const plausibleValues: Readonly<Record<string, readonly string[]>> = {
  filters: [
    '{}',
    '[]',
    '"{{a}}"',
    '{"lastname":"Doe"}',
    '{"customer_id":{"from":1,"to":5}}',
    '{"group_id":{"in":[1,2]}}',
    '{"email":[{"like":"a%"},{"like":"b%"}]}',
    '{"filter":[{"key":"email","value":"a"}]}',
    '{"complex_filter":[{"key":"email","value":{"key":"like","value":"a%"}}]}',
    '{"created_at":{"from":"2026-01-01"}}',
    '{"own_attribute":{"notnull":true}}',
  ],
  customerData: [
    '{"email":"a@example.com","firstname":"A","lastname":"B","website_id":1,"password":"secret12"}',
    '{"firstname":"A"}',
    '{"own":"x"}',
    '{"group_id":"1"}',
    '{"group_id":1.0}',
    '{"firstname":12345678901234567890}',
  ],
  addressData: [
    '{"firstname":"A","lastname":"B","street":["1 High St"],"city":"Bonn","postcode":"53111","country_id":"DE","telephone":"1"}',
    '{"city":"Bonn"}',
    '{"street":"a"}',
    '{"is_default_billing":true}',
  ],
  attributes: ['["email"]', '[]', '"email"'],
};

function plausibleArgument(random: Random, name: string, kind: string): string {
  if (random.below(8) === 0) return random.pick(['"{{a}}"', 'null', anyJson(random, 1)]);
  return random.pick(plausibleValues[name] ?? (kind === 'int' ? ['1', '"1"', '1e3', '"{{a}}"', ' 7'] : ['"x"']));
}

function plausibleExpectation(random: Random): string {
  switch (random.below(7)) {
    case 0:
    case 1:
      return `{"result":${plausibleResult(random, 3)}}`;
    case 2: {
      const faults = [
        'true',
        'false',
        '102',
        '"102"',
        '1.5',
        '102.0',
        '{"code":102}',
        '{"message":{"$regex":"x"}}',
        '{"cod":1}',
        '{"code":1.5}',
        '12345678901234567890',
      ];
      return `{"fault":${random.pick(faults)}}`;
    }
    case 3:
      return `{"error":${random.pick(['"read-only"', '1'])}}`;
    case 4: {
      const times = ['"500ms"', '"2s"', '"2 s"', '"2m"', '500', '0', '-1', '0.5', '"1.5s"', 'null'];
      return `{"under":${random.pick(times)},"result":${plausibleResult(random, 1)}}`;
    }
    case 5:
      return '{"result":1,"fault":1}';
    default:
      return random.pick(['{}', 'null']);
  }
}

function plausibleResult(random: Random, depth: number): string {
  if (random.below(12) === 0) return anyJson(random, 1);
  if (depth <= 0) return random.pick(['1', '"a"', 'null', 'true']);
  const inner = plausibleResult(random, depth - 1);
  return random.pick(['1', `[${inner}]`, `{"email":${inner}}`, plausibleMatcher(random, inner)]);
}

function plausibleMatcher(random: Random, inner: string): string {
  return random.pick([
    `{"$type":${random.pick(['"int"', '["int","null"]', '"integer"', '[]'])}}`,
    `{"$regex":${JSON.stringify(random.pick(['^a', '[', '(?=a)', String.raw`\d+`]))}}`,
    `{"$range":${random.pick(['[1,2]', '[null,"b"]', '[1]', '[1,2,3]', '[true,1]', '[1.10,1e400]'])}}`,
    `{"$length":${random.pick(['1', '1.0', '-1', '1.5', '[1,null]', '[null,null]', '[1]', '"1"', '12345678901234567890', '[-1,2]'])}}`,
    `{"$oneOf":${random.pick([`[${inner}]`, '1', '[]'])}}`,
    `{"$partial":${inner},"$not":${inner}}`,
    `{"$contains":${inner}}`,
    `{"$each":${inner}}`,
    `{"$regex":"^a","$flags":${random.pick(['"i"', '"im"', '"g"', '""', '"ii"', 'true'])}}`,
    '{"$flags":"i"}',
    `{"$absentOr":${inner}}`,
    `{"$absentOr":${inner},"$absent":true}`,
    `{"$absent":${random.pick(['true', 'false', '1'])}}`,
    '{"$lenght":1}',
    '{"$length":1,"email":"a"}',
  ]);
}

/** An environment file of the same kind. */
export function hostileEnvironment(random: Random): Uint8Array {
  return encoded(random, mangled(random, random.below(6) === 0 ? anyJson(random, 4) : variables(random)));
}

function mangled(random: Random, text: string): string {
  const at = random.below(text.length + 1);
  switch (random.below(10)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return (
        text.slice(0, at) +
        random.pick(['{', '}', '[', ']', '"', ',', ':', '\\', '/', '//', '/*', '\u0000', '\u2028', '{{', '}}']) +
        text.slice(at)
      );
    case 2:
      return text.slice(0, at) + text.slice(at + 1 + random.below(8));
    default:
      return text;
  }
}

function encoded(random: Random, text: string): Uint8Array {
  switch (random.below(12)) {
    case 0:
      return Buffer.from(`\ufeff${text}`);
    case 1:
      return Buffer.from(`\ufeff${text}`, 'utf16le');
    case 2:
      return Buffer.from(text, 'latin1');
    default:
      return Buffer.from(text);
  }
}

/** Runs everything that happens with a request file before a request is sent. @throws only errors that are not typed */
export function checkRequestFile(input: Uint8Array): void {
  const file = readRequestFile(input, 'fuzz.maho.json');
  for (const context of [{}, { dialect: 'v1', trusted: false }, { dialect: 'v2', stores: ['a'], environment: ['a'] }] as const)
    checkRanges(file, context);
  fileError('fuzz.maho.json', file);
  const resolver = new Resolver({ file: variablesOf(file), env: { PATH: '/bin' }, trusted: true, store: { name: 'a' } });
  resolver.remember('A', [{ email: 'jane@example.com' }]);
  for (const each of file.requests) {
    requestError(file, each);
    typed(() => prepare(each, resolver));
    const { expect } = each;
    if (expect?.result !== undefined)
      for (const actual of ['aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!', [{ email: 'a' }], null])
        match(expect.result, actual, 'result');
  }
}

/** Ranges must be inside the file. */
function checkRanges(file: RequestFile, context: Parameters<typeof lint>[1]): void {
  for (const { range, code, message, fixes } of lint(file, context)) {
    for (const { offset, length } of [range, ...fixes.flatMap(({ edits }) => edits.map((edit) => edit.range))]) {
      if (!(offset >= 0 && length >= 0 && offset + length <= file.text.length)) throw new Error(`${code} stands outside the file.`);
    }
    if (/undefined|\[object|native code/.test(message.replace(/"[^"]*"/g, ''))) throw new Error(`${code} says: ${message}`);
  }
}

/** Reads an environment file and resolves all of its variables. @throws only errors that are not typed */
export function checkEnvironment(input: Uint8Array): void {
  typed(() => {
    const environment = parseEnvironment(decodeText(input, 'fuzz.env.json'), 'fuzz.env.json');
    const resolver = new Resolver({
      file: variablesOf(parseRequestFile('{"variables":{"a":"{{b}}"},"requests":[]}')),
      environment,
      trusted: true,
    });
    for (const name of Object.keys(environment)) typed(() => resolver.resolve(`{{${name}}}`));
  });
}

function typed(action: () => unknown): void {
  try {
    action();
  } catch (error) {
    if (!(error instanceof ToolkitError) || toToolkitError(error).code === 'unexpected') throw error;
  }
}

/** See {@link Fuzz}. */
export const requestFileFuzz: readonly Fuzz[] = [
  { name: 'request files', make: hostileRequestFile, check: checkRequestFile },
  { name: 'environment files', make: hostileEnvironment, check: checkEnvironment },
];
