import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import * as z from 'zod/mini';
import { isList, isRecord, type SoapValue } from '../../src/api/value';
import { startDemoStore } from '../../src/demo';
import { decodeRequest } from '../../src/soap/decoding/decode';
import { codecs } from '../../src/soap/dialects';
import { encodeV1Call } from '../../src/soap/dialects/v1';
import { phpSkip, run } from '../support/php';
import { asPhp, calls } from '../support/soap-calls';
import { soapValues, xmlSafeText } from '../support/soap-values';

const context = { namespace: 'urn:Maho' };
const seed = Number(process.env['SEED'] ?? 20261124);
// zod omits keys named __proto__ when it reads PHP's response. A test in test/unit/soap shows that they survive.
const values = fc.sample(
  soapValues(xmlSafeText).filter((value) => !JSON.stringify(value).includes('"__proto__"')),
  { numRuns: 400, seed },
);

test("PHP's SOAP server reads the V1 arguments that we write", { skip: phpSkip }, async () => {
  const read = z.parse(
    z.array(z.tuple([z.string(), z.string(), z.array(z.json())])),
    await php(
      'read',
      null,
      values.map((value) => base64(encodeV1Call('any.path', [value], 'session', context))),
    ),
  );
  for (const [index, [session, path, args]] of read.entries()) {
    assert.deepEqual([session, path], ['session', 'any.path']);
    assert.deepEqual(args, [asPhp(values[index] ?? null)], JSON.stringify(values[index]));
  }
  assert.equal(read.length, values.length);
});

test("we read the V1 arguments that PHP's SOAP client writes", { skip: phpSkip }, async () => {
  // PHP loses the text after a & in the keys of a map that it writes itself. Our decoder keeps it, as the test above shows.
  const sent = values.filter((value) => !keysOf(value).some((key) => key.includes('&')));
  const written = z.parse(z.array(z.string()), await php('write', null, sent));
  for (const [index, request] of written.entries()) {
    const decoded = decodeRequest(Buffer.from(request, 'base64'));
    assert.ok(decoded.kind === 'result' && isRecord(decoded.value));
    assert.deepEqual(decoded.value['param2'], [asPhp(sent[index] ?? null)], JSON.stringify(sent[index]));
  }
  assert.equal(written.length, sent.length);
});

for (const dialect of ['v2', 'wsi'] as const) {
  test(`PHP's SOAP server reads the calls that we write in ${dialect}, typed by the demo store's WSDL`, { skip: phpSkip }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'maho-php-'));
    const store = await startDemoStore({ product: 'maho@25', customers: 1 });
    try {
      const wsdl = join(folder, 'store.wsdl');
      writeFileSync(wsdl, await (await fetch(`${store.urls[dialect]}?wsdl`)).text());
      const made = fc.sample(calls, { numRuns: 150, seed });
      const read = z.parse(
        z.array(z.array(z.json())),
        await php(
          'read',
          wsdl,
          made.map(({ method, args }) => base64(codecs[dialect].encodeCall(method, args, 'session', context))),
        ),
      );
      for (const [index, received] of read.entries()) {
        const call = made[index];
        assert.ok(call);
        const { filters: _filters, ...sent } = call.args;
        // RPC passes the parts one by one, document/literal passes one structure with all parts.
        const names = ['sessionId', ...call.method.args.map((arg) => arg.name)];
        const [first] = received;
        const seen =
          dialect === 'v2'
            ? Object.fromEntries(received.map((part, position): [string, SoapValue] => [names[position] ?? '', part]))
            : first;
        assert.ok(isRecord(seen));
        const { sessionId, filters: _received, ...parts } = seen;
        assert.equal(sessionId, 'session');
        assert.deepEqual(plain(parts), plain(sent), `${call.method.id} ${JSON.stringify(call.args)}`);
      }
      assert.equal(read.length, made.length);
    } finally {
      await store.close();
      rmSync(folder, { recursive: true });
    }
  });
}

/** Keys of all maps inside a value. */
function keysOf(value: SoapValue): readonly string[] {
  if (isList(value)) return value.flatMap(keysOf);
  return isRecord(value) ? Object.entries(value).flatMap(([key, inner]) => [key, ...keysOf(inner)]) : [];
}

/** PHP shows WS-I's wrapper of lists, and an empty structure as an empty list. */
function plain(value: SoapValue): SoapValue {
  if (isList(value)) return value.map(plain);
  if (!isRecord(value)) return value;
  const entries = Object.entries(value);
  const [first] = entries;
  if (first === undefined) return [];
  if (entries.length === 1 && first[0] === 'complexObjectArray') return plain(first[1]);
  return Object.fromEntries(entries.map(([key, inner]) => [key, plain(inner)]));
}

async function php(mode: 'read' | 'write', wsdl: string | null, items: readonly SoapValue[]): Promise<unknown> {
  const ran = await run(
    'php',
    ['-d', 'display_errors=stderr', '-d', 'serialize_precision=-1', '-d', 'precision=17', join(import.meta.dirname, 'wire.php')],
    { input: JSON.stringify({ mode, wsdl, items }) },
  );
  assert.equal(ran.status, 0, ran.stderr + ran.stdout.slice(0, 2000));
  return JSON.parse(ran.stdout);
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
