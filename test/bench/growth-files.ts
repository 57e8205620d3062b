import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeText } from '../../src/api/text-input';
import { similar } from '../../src/api/traps/similar';
import {
  htmlReport,
  jsonReport,
  junitReport,
  lint,
  NamedFiles,
  parseRequestFile,
  placeholders,
  RequestFileReader,
  Resolver,
  withIncluded,
  type RunReport,
} from '../../src/requests';
import { rowsOf } from '../../src/requests/run/rows';
import { match } from '../../src/requests/expect/match';
import { splitRequests } from '../../src/requests/file/split';
import { readService } from '../../src/soap/wsdl/read-service';
import { inspectEnvelope } from '../../src/store/soap/envelope';
import { guessMapping, openCsv } from '../../src/store/transfer';
import { csvRows } from '../../src/store/transfer/csv-file';
import { ToolkitError } from '../../src/api/errors';
import { plainEnvelopeOf } from '../fuzz/envelopes';
import { field, plainWsdl, type as typeOf, withTypes } from '../fuzz/wsdls';
import { repeated, workOn, type GrowthCase } from './growth-case';

const folder = mkdtempSync(join(tmpdir(), 'maho-growth-'));
process.once('exit', () => rmSync(folder, { recursive: true }));

async function typed(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof ToolkitError)) throw error;
  }
}

const csv = (name: string, size: number, text: (size: number) => string): GrowthCase => ({
  name: `CSV, ${name}`,
  size,
  make: (wanted) => {
    const file = join(folder, `${name.replaceAll(' ', '-')}-${wanted}.csv`);
    writeFileSync(file, text(wanted));
    return () =>
      typed(async () => {
        const opened = await openCsv(file);
        guessMapping(opened.header);
        for await (const row of csvRows(opened)) if (row.cells.length === 0) throw new Error('A row without cells.');
      });
  },
});

const requests = (size: number): string =>
  '{ "requests": ' +
  `[${repeated(size, (index) => `{ "name": "R${index}", "method": "customer.list", "args": { "filters": { "email": "{{a}}" } } },\n`)}` +
  '] }';
const wsdl = (name: string, size: number, text: (size: number) => string): GrowthCase =>
  workOn(`WSDL, ${name}`, size, text, (made) => typed(async () => void (await readService(new TextEncoder().encode(made), 'hash'))));
const part = '<part name="a" type="xsd:string"/>';
const envelope = (name: string, size: number, text: (size: number) => string): GrowthCase =>
  workOn(`policy, ${name}`, size, text, (made) => inspectEnvelope(Buffer.from(made)));
const list = plainEnvelopeOf('v1', 'customer.info');
const inBody = (more: string): string => list.replace(/<\/[\w-]+:Body>/, `${more}$&`);

function report(size: number): RunReport {
  const file = parseRequestFile(requests(size));
  const mismatches = [{ path: 'result', expected: '1', actual: ']]>\u0001##vso[' }];
  const runs = file.requests.map((request) => ({
    request,
    status: 'failed' as const,
    dialect: 'v1' as const,
    args: undefined,
    ms: 1,
    bytes: 1,
    value: undefined,
    rows: 1,
    part: undefined,
    error: undefined,
    mismatches,
    findings: [],
    exchange: undefined,
    answer: undefined,
    shown: undefined,
    tries: 1,
    row: undefined,
  }));
  return { files: [{ path: 'a.maho.json', file, store: 'Shop', runs, error: undefined, ms: 1 }], startedAt: 0, ms: 1 };
}

/** Files that a branch, a store or a colleague may contribute. */
export const fileCases: readonly GrowthCase[] = [
  workOn('request file, many requests', 4000, requests, parseRequestFile),
  workOn('request file, lint of many requests', 2000, requests, (text) => lint(parseRequestFile(text))),
  workOn('request file, split', 20_000, requests, splitRequests),
  workOn('request file, split of what never closes', 100_000, (size) => `{"requests":[${'{"a":"\\'.repeat(size)}`, splitRequests),
  workOn('request file, brackets that never close', 100_000, (size) => '['.repeat(size), parseRequestFile),
  workOn('request file, maps that never close', 4000, (size) => '{"requests":'.repeat(size), parseRequestFile),
  workOn(
    'request file, requests that are broken',
    4000,
    (size) => `{"requests":[${'{"name":"A" "method":},'.repeat(size)}]}`,
    parseRequestFile,
  ),
  workOn(
    'request file, one name for all requests',
    2000,
    (size) => `{"requests":[${'{"name":"A","method":"customer.list"},'.repeat(size)}]}`,
    (text) => lint(parseRequestFile(text)),
  ),
  workOn('request file, keys that stand twice', 4000, (size) => `{"variables":{${'"a":1,'.repeat(size)}},"requests":[]}`, parseRequestFile),
  workOn('request file, comments', 50_000, (size) => `{${'/* // */ // \n'.repeat(size)}"requests":[]}`, parseRequestFile),
  {
    name: 'request file, a keystroke',
    size: 4000,
    make: (size) => {
      const reader = new RequestFileReader();
      const text = requests(size);
      let typed = 0;
      return () => reader.read(text.replace('R1"', `R1${'x'.repeat(typed++ % 7)}"`));
    },
  },
  workOn('placeholders', 100_000, (size) => '{{a}}'.repeat(size), placeholders),
  workOn('placeholders that never close', 100_000, (size) => '{{a'.repeat(size), placeholders),
  workOn('placeholders, single braces', 200_000, (size) => `{{${'{a'.repeat(size)}`, placeholders),
  workOn('placeholders of results', 50_000, (size) => '{{A.result[0].result.a.result}}'.repeat(size), placeholders),
  workOn(
    '$regex (a|a)*b',
    20_000,
    (size) => 'a'.repeat(size),
    (text) => match({ $regex: '(a|a)*b' }, text, 'result'),
  ),
  {
    name: 'similar names',
    size: 500,
    most: 1000,
    make: (size) => {
      const names = Array.from({ length: size }, (_, index) => `lastnme${index}`);
      return () => similar('lastname', names);
    },
  },
  workOn(
    'text in UTF-8',
    2_000_000,
    (size) => 'é'.repeat(size / 2),
    (text) => decodeText(Buffer.from(text), 'a'),
  ),
  csv('many rows', 20_000, (size) => `customer_id,email\n${repeated(size, (index) => `${index},a${index}@example.com\n`)}`),
  csv('a quote that never closes', 200_000, (size) => `customer_id,email\n1,"${'a,b\n'.repeat(size)}`),
  csv('quotes in the header', 100_000, (size) => `"${'""'.repeat(size)}",email\n1,a\n`),
  csv('many columns', 40_000, (size) => `${repeated(size, (index) => `c${index},`)}\n${',a'.repeat(size)}\n`),
  csv('no line end', 400_000, (size) => 'a '.repeat(size)),
  wsdl('messages', 1000, (size) =>
    plainWsdl('v2').replace('<portType', `${repeated(size, (index) => `<message name="m${index}">${part}</message>`)}<portType`),
  ),
  wsdl('operations', 1000, (size) =>
    plainWsdl('v2').replace(
      /(<portType[^>]*>)/,
      `$1${repeated(size, (index) => `<operation name="o${index}"><input message="typens:login"/></operation>`)}`,
    ),
  ),
  wsdl('types', 1000, (size) => withTypes(repeated(size, (index) => typeOf(`T${index}`, field('a', 'xsd:string'))))(plainWsdl('v2'))),
  wsdl('fields of one type', 4000, (size) =>
    withTypes(
      typeOf(
        'T',
        repeated(size, (index) => field(`f${index}`, 'xsd:string')),
      ),
    )(plainWsdl('v2')),
  ),
  envelope('parts', 20_000, (size) => list.replace('<sessionId', `${'<a>1</a>'.repeat(size)}<sessionId`)),
  envelope('elements in each other', 100, (size) => list.replace('<sessionId', `${'<a>'.repeat(size)}${'</a>'.repeat(size)}<sessionId`)),
  envelope('targets of references', 10_000, (size) => inBody(repeated(size, (index) => `<a id="${index}" href="#${index + 1}"/>`))),
  envelope('namespaces', 2000, (size) => inBody(`<a ${repeated(size, (index) => `xmlns:n${index}="urn:x" `)}/>`)),
  envelope('comments', 50_000, (size) => list.replace('<sessionId', `${'<!-- a -->'.repeat(size)}<sessionId`)),
  {
    name: 'report as JUnit',
    size: 2000,
    make: (size) => {
      const made = report(size);
      return () => junitReport(made);
    },
  },
  {
    name: 'report as JSON',
    size: 2000,
    make: (size) => {
      const made = report(size);
      return () => JSON.stringify(jsonReport(made));
    },
  },
  {
    name: 'report as HTML',
    size: 2000,
    make: (size) => {
      const made = report(size);
      return () => htmlReport(made);
    },
  },
  {
    name: '"each", rows of a file',
    size: 2500,
    make: (size) => {
      const place = join(folder, `each-${size}.maho.json`);
      writeFileSync(join(folder, `each-${size}.csv`), `email,name\n${repeated(size, (index) => `${index}@example.com,"N ${index}"\n`)}`);
      const [request] = parseRequestFile(`{"requests":[{"name":"A","method":"customer.list","each":"each-${size}.csv"}]}`).requests;
      const files = new NamedFiles(place);
      return async () => {
        if (request !== undefined) await rowsOf(request, { resolver: new Resolver({ file: {}, trusted: true }), files });
      };
    },
  },
  {
    name: 'included files, one after the other',
    size: 50,
    make: (size) => {
      for (let index = 0; index < size; index++)
        writeFileSync(join(folder, `i${size}-${index}.json`), `{"include":"i${size}-${index + 1}.json","requests":[]}`);
      writeFileSync(join(folder, `i${size}-${size}.json`), requests(2));
      const file = parseRequestFile(`{"include":"i${size}-0.json","requests":[]}`);
      return () => withIncluded(file, { path: 'a', place: join(folder, 'a.maho.json') });
    },
  },
];
