import { createRequire } from 'node:module';
import type * as VscodeJson from 'vscode-json-languageservice';
import { compareDecimals } from '../../src/api/decimal';
import { maskText } from '../../src/store/masking/mask';
import type { SoapRecord } from '../../src/api/value';
import { envelopeProgram, generateTypes, storeModel } from '../../src/codegen';
import { planFor } from '../../src/extension/find/queries';
import { prettyXml } from '../../src/extension/response/pretty-xml';
import { RowTable } from '../../src/extension/grid/row-table';
import {
  applyTextFix,
  compareResults,
  evaluate,
  hasPlaceholder,
  interpolate,
  lint,
  parseJson,
  parseRequestFile,
  referencesIn,
  requestAt,
  requestFileSchema,
  savedEnvelope,
} from '../../src/requests';
import { namePattern, withNeeds } from '../../src/requests/run/select';
import { beyondCatalogue, describedMethod } from '../../src/soap/wsdl/description';
import { pageTitle } from '../../src/soap/decoding/page';
import { readService } from '../../src/soap/wsdl/read-service';
import { readTree } from '../../src/soap/decoding/tree';
import { exceptionFault } from '../../src/store/wire/answer';
import { HeadReader } from '../../src/store/http/head';
import { harmlessCell, originalText } from '../../src/store/transfer';
import { envelope } from '../support/envelopes';
import { field, plainWsdl, type as typeOf, withTypes } from '../fuzz/wsdls';
import { repeated, workOn } from './growth-case';
import type { GrowthCase } from './growth-case';

// The package's ES module lacks file extensions that Node requires.
const vscodeJson = createRequire(import.meta.url)('vscode-json-languageservice') as typeof VscodeJson;
const json = vscodeJson.getLanguageService({});
json.configure({
  allowComments: true,
  validate: true,
  schemas: [{ uri: 'test://schema', fileMatch: ['*.maho.json'], schema: requestFileSchema() }],
});

/** The work of VS Code's own JSON support with our schema while somebody types in the last request. */
async function completed(text: string): Promise<void> {
  const document = vscodeJson.TextDocument.create('test://a.maho.json', 'jsonc', 1, text);
  const parsed = json.parseJSONDocument(document);
  const list = await json.doComplete(document, document.positionAt(text.lastIndexOf('"method"')), parsed);
  if (list === null || list.items.length === 0) throw new Error('Nothing was offered.');
  await json.doValidation(document, parsed, {}, undefined);
}

const requests = (size: number): string =>
  '{ "requests": ' +
  `[${repeated(size, (index) => `{ "name": "R${index}", "method": "customer.list", "args": { "filters": { "email": "{{a}}" } } },\n`)}` +
  '{ "name": "last", "method": "customer.info" }] }';
const record = (size: number, value: (index: number) => string): SoapRecord =>
  Object.fromEntries(Array.from({ length: size }, (_, index) => [`k${index}`, value(index)]));
const rows = (size: number): SoapRecord[] =>
  Array.from({ length: size }, (_, index) => ({ customer_id: String(index), email: `a${size - index}@example.com` }));
const head = (size: number): string => `HTTP/1.1 200 OK\r\n${repeated(size, (index) => `X-A${index}: b\r\n`)}\r\n`;

/** Helpers of the editor and the command line: their input also comes from stores, files and other people. */
export const helperCases: readonly GrowthCase[] = [
  workOn('JSON Schema completion and validation of a request file', 250, requests, completed),
  {
    name: 'request file, the place under the cursor',
    size: 4000,
    make: (size) => {
      const file = parseRequestFile(requests(size));
      const at = file.text.lastIndexOf('customer.info');
      return () => requestAt(file, at);
    },
  },
  workOn(
    'request file, fixes applied',
    2000,
    (size) => `{"requests":[${'{"name":"A","method":"customer.lst"},'.repeat(size)}]}`,
    (text) => {
      const [fix] = lint(parseRequestFile(text)).flatMap(({ fixes = [] }) => fixes);
      return fix === undefined ? undefined : applyTextFix(text, fix);
    },
  ),
  workOn(
    'request file, a chain of requests that need each other',
    2000,
    (size) =>
      `{"requests":[${repeated(size, (index) => `{"name":"R${index}","method":"customer.info","args":["{{R${index + 1}.result}}"]},`)}]}`,
    (text) => {
      const { requests: all } = parseRequestFile(text);
      return withNeeds(all, ({ name }) => name === 'R0');
    },
  ),
  workOn('request file, names by a pattern', 4000, requests, (text) => {
    const wanted = namePattern(`${'*a'.repeat(20)}*`);
    return parseRequestFile(text).requests.filter(wanted);
  }),
  workOn(
    'a pattern of names against a long name',
    20_000,
    (size) => `{"requests":[{"name":"${'a'.repeat(size)}","method":"customer.list"}]}`,
    (text) => parseRequestFile(text).requests.filter(namePattern('*a*a*a*b')),
  ),
  workOn(
    'placeholders, put in',
    50_000,
    (size) => '{{a}} {{b '.repeat(size),
    (text) => interpolate(text, () => 'x'),
  ),
  workOn(
    'references of a value',
    20_000,
    (size) => '{{A.result.b}}'.repeat(size),
    (text) => [referencesIn({ a: text }), hasPlaceholder({ a: text })],
  ),
  workOn('JSON with numbers as they stand', 50_000, (size) => `[${'1.10,{"a":1e5},'.repeat(size)}1]`, parseJson),
  workOn(
    'digits of two long numbers',
    400_000,
    (size) => `1${'0'.repeat(size)}.${'0'.repeat(size)}`,
    (text) => compareDecimals(text, `${text}1`),
  ),
  {
    name: 'expectation of many fields',
    size: 10_000,
    make: (size) => {
      const value = record(size, String);
      return () => evaluate({ result: record(size, (index) => String(index + 1)) }, { value, error: undefined, ms: 1 });
    },
  },
  {
    name: 'comparison of two results',
    size: 10_000,
    make: (size) => {
      const [one, other] = [rows(size), rows(size).reverse()];
      return () => compareResults(one, other);
    },
  },
  workOn(
    'envelope saved as a request',
    20_000,
    (size) => envelope(`<a>${'<sessionId>••••••</sessionId><b>••••••</b>'.repeat(size)}</a>`),
    (text) => savedEnvelope(text),
  ),
  workOn(
    'envelope as a curl program',
    20_000,
    (size) => envelope(`<a>${"{{password}}'$(id)\nXML\n".repeat(size)}</a>`),
    (text) => envelopeProgram({ envelope: text, url: 'https://shop.example/', user: 'a', dialect: 'v1' }),
  ),
  workOn(
    'mask of a known secret in a text',
    200_000,
    (size) => '&amp;lt;abcdefghijk%2'.repeat(size / 10),
    (text) => maskText(text, ['abcdefghijklmnop', '&lt;&lt;']),
  ),
  workOn(
    'XML made readable',
    20_000,
    (size) => envelope('<a b="c">d</a><e>'.repeat(size) + '</e>'.repeat(size)),
    (text) => prettyXml(text),
  ),
  workOn(
    'XML as a tree',
    50_000,
    (size) => envelope('<a b="c">d&amp;</a>'.repeat(size)),
    (text) => readTree(text),
  ),
  workOn('title of a page', 200_000, (size) => `<html>${'<title '.repeat(size)}`, pageTitle),
  workOn('exception of PHP in a page', 100_000, (size) => 'Exception: a in '.repeat(size), exceptionFault),
  {
    name: 'head of an answer, one byte at a time',
    size: 20_000,
    most: 10_000,
    make: (size) => {
      const bytes = Buffer.from(head(size / 10));
      return () => {
        const reader = new HeadReader();
        for (const byte of bytes) reader.write(Uint8Array.of(byte));
      };
    },
  },
  {
    name: 'table of a response: filter and sort',
    size: 20_000,
    make: (size) => {
      const list = rows(size);
      return () => {
        const table = new RowTable(list);
        table.filterBy('a1');
        table.sortBy('email');
        return table;
      };
    },
  },
  workOn('a text to find customers by', 50_000, (size) => 'a@ 1-2 "'.repeat(size), planFor),
  workOn(
    'cells of a CSV',
    100_000,
    (size) => "'=1+".repeat(size),
    (text) => originalText(harmlessCell(text)),
  ),
  {
    name: 'types of a store as PHP and TypeScript',
    size: 500,
    make: (size) => {
      const wsdl = withTypes(
        Array.from({ length: size }, (_, index) => typeOf(`T${index}`, field('a', `typens:T${Math.floor(index / 2)}`))).join(''),
      )(plainWsdl('v2'));
      return async () => {
        const description = await readService(new TextEncoder().encode(wsdl), 'hash');
        beyondCatalogue(description);
        const methods = Object.keys(description.operations).flatMap((name) => describedMethod(description, name, 'read') ?? []);
        return (['php', 'typescript'] as const).map((target) => generateTypes(target, storeModel('x', methods)));
      };
    },
  },
];
