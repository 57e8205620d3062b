import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { SaxesParser } from 'saxes';
import * as soap from 'soap';
import * as z from 'zod/mini';
import { dialectLabels, type SoapDialect } from '../../src/api/dialect';
import { startDemoStore } from '../../src/demo';
import { encodeNatural } from '../../src/soap/dialects/encoded';
import { ResponseDecoder } from '../../src/soap/decoding/decode';
import { customers, v1List, v2List, wsiList } from './lists';
import { fastest, higherIsBetter, lowerIsBetter, processorTime, type BenchRow } from './report';

const ROWS = 50_000;
const ROUNDS = 10;
/** Size of the pieces that a socket delivers, in bytes. */
const CHUNK = 64 * 1024;

/**
 * Decoding of the same 50,000 customers in all three dialects, compared with the tools that people would otherwise use. The times are
 * processor times of this process and of PHP, which other work on the machine hardly changes. PHP and `toString` take turns with this code,
 * and the best round of each is used.
 */
export async function benchDecode(): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  const list = customers(ROWS);
  const bodies: Record<SoapDialect, Buffer> = {
    v1: Buffer.from(v1List(list)),
    v2: Buffer.from(v2List(list)),
    wsi: Buffer.from(wsiList(list)),
  };
  const wsdls = await demoWsdls();
  const folder = mkdtempSync(join(tmpdir(), 'maho-bench-'));
  try {
    for (const dialect of ['v1', 'v2', 'wsi'] as const) {
      const body = bodies[dialect];
      const megabytes = body.length / 1e6;
      const best = await takeTurns(folder, wsdls[dialect], body, dialect);
      const rate = (ms: number): number => megabytes / (ms / 1000);
      const ours = rate(best.streamed);
      const compare = (peer: string, ms: number | undefined): void => {
        if (ms !== undefined)
          rows.push(
            higherIsBetter({
              area: 'decode',
              case: `${dialectLabels[dialect]}, ${ROWS.toLocaleString('en')} customers`,
              unit: 'MB/s',
              value: ours,
              peer,
              peerValue: rate(ms),
            }),
          );
      };
      compare('soap (npm)', await soapTime(wsdls[dialect], body));
      compare(
        'saxes, tokens only',
        processorTime(() => tokenise(body)),
      );
      compare('ext-soap (PHP)', best.php);
      compare('bytes to string', best.text);
      rows.push(
        higherIsBetter({
          area: 'decode',
          case: `${dialectLabels[dialect]}, all rows kept`,
          unit: 'MB/s',
          value: rate(best.kept),
          peer: 'streamed',
          peerValue: ours,
        }),
      );
      rows.push(
        lowerIsBetter({
          area: 'memory',
          case: `${dialectLabels[dialect]}, streamed list over the baseline`,
          unit: 'MB',
          value: peakMemory(folder, body),
          peer: 'goal',
          peerValue: 120,
        }),
      );
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  rows.push(...benchEncode());
  return rows;
}

/** Encoding of 1,000 updates as one V1 multiCall. */
function benchEncode(): BenchRow[] {
  const calls = customers(1000).map((row, index) => [
    'customer.update',
    [index + 1, { firstname: row['firstname'] ?? '', lastname: row['lastname'] ?? '', group_id: 2, taxvat: 'DE & <1>' }],
  ]);
  const ms = fastest(20, () => encodeNatural('calls', calls));
  return [
    lowerIsBetter({ area: 'encode', case: 'V1 multiCall of 1,000 customer.update', unit: 'ms', value: ms, peer: 'goal', peerValue: 20 }),
  ];
}

function decode(body: Buffer, streamed: boolean): void {
  let seen = 0;
  const decoder = new ResponseDecoder(streamed ? { onRow: () => seen++ } : {});
  for (let pos = 0; pos < body.length; pos += CHUNK) decoder.write(body.subarray(pos, pos + CHUNK));
  const decoded = decoder.end();
  if (decoded.kind !== 'result' || (streamed ? seen : Array.isArray(decoded.value) && decoded.value.length) !== ROWS)
    throw new Error('The list did not decode.');
}

const streamed = z.object({ rows: z.number(), megabytes: z.number() });

/** Peak memory while a list is streamed, above the memory before, in MB. Measured in a process that has done nothing else. */
function peakMemory(folder: string, body: Buffer): number {
  const file = join(folder, 'streamed.xml');
  writeFileSync(file, body);
  const run = spawnSync(process.execPath, ['--import', 'tsx', '--expose-gc', join(import.meta.dirname, 'memory.ts'), file], {
    encoding: 'utf8',
  });
  if (run.status !== 0) throw new Error(run.stderr);
  const { rows, megabytes } = z.parse(streamed, JSON.parse(run.stdout));
  if (rows !== ROWS) throw new Error(`${rows} rows streamed.`);
  return megabytes;
}

async function soapTime(wsdl: string, body: Buffer): Promise<number> {
  const client = await soap.createClientAsync(wsdl, { disableCache: true });
  const text = body.toString('utf8');
  return processorTime(() => {
    client.wsdl.xmlToObject(text);
  });
}

function tokenise(body: Buffer): void {
  const parser = new SaxesParser({ xmlns: true });
  let tags = 0;
  parser.on('opentag', () => {
    tags++;
  });
  parser.write(body.toString('utf8')).close();
  if (tags < ROWS) throw new Error('saxes saw too little.');
}

/** Processor times in ms, each the best of all rounds. `php` is missing where PHP or its SOAP extension is not installed. */
interface Best {
  readonly streamed: number;
  readonly kept: number;
  readonly text: number;
  readonly php: number | undefined;
}

/** Decodes in turns with PHP's own client, so that other load affects both. */
async function takeTurns(folder: string, wsdl: string, body: Buffer, dialect: SoapDialect): Promise<Best> {
  const streamed: number[] = [];
  const kept: number[] = [];
  const text: number[] = [];
  const php: number[] = [];
  const peer = startPhp(folder, wsdl, body, dialect);
  try {
    for (let round = 0; round < ROUNDS; round++) {
      streamed.push(processorTime(() => decode(body, true)));
      kept.push(processorTime(() => decode(body, false)));
      text.push(processorTime(() => void body.toString('utf8').length));
      const ms = await peer.next();
      if (ms !== undefined) php.push(ms);
    }
  } finally {
    peer.end();
  }
  const best = (times: readonly number[]): number => Math.min(...times);
  return { streamed: best(streamed), kept: best(kept), text: best(text), php: php.length === ROUNDS ? best(php) : undefined };
}

const phpAnswer = z.object({ ms: z.number(), rows: z.number() });

/** PHP's own client for the same bytes. `next` decodes once more and returns the processor time in ms; `undefined` without PHP. */
function startPhp(
  folder: string,
  wsdl: string,
  body: Buffer,
  dialect: SoapDialect,
): { readonly next: () => Promise<number | undefined>; readonly end: () => void } {
  const wsdlFile = join(folder, `${dialect}.wsdl`);
  const bodyFile = join(folder, `${dialect}.xml`);
  writeFileSync(wsdlFile, wsdl);
  writeFileSync(bodyFile, body);
  const operation = { v1: 'call', v2: 'customerCustomerList', wsi: 'wsi' }[dialect];
  const child = spawn('php', [join(import.meta.dirname, 'php/decode.php'), wsdlFile, bodyFile, operation], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.on('error', (error) => process.stderr.write(`PHP is left out: ${error.message}\n`));
  // If PHP cannot start, its input is closed. The benchmark continues.
  child.stdin.on('error', () => child.stdin.destroy());
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    next: async () => {
      child.stdin.write('again\n');
      const line = await lines.next();
      if (line.done === true) return undefined;
      const answer = z.parse(phpAnswer, JSON.parse(line.value));
      if (answer.rows !== ROWS) throw new Error(`PHP decoded ${answer.rows} rows.`);
      return answer.ms;
    },
    end: () => child.stdin.end(),
  };
}

async function demoWsdls(): Promise<Record<SoapDialect, string>> {
  const store = await startDemoStore({ customers: 1 });
  try {
    const fetchText = async (url: string): Promise<string> => (await fetch(`${url}?wsdl`)).text();
    return { v1: await fetchText(store.urls.v1), v2: await fetchText(store.urls.v2), wsi: await fetchText(store.urls.wsi) };
  } finally {
    await store.close();
  }
}
