import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { dialectLabels, dialects, type Dialect } from '../../src/api/dialect';
import type { SoapValue } from '../../src/api/value';
import { generateCode, type CodeTarget } from '../../src/codegen/index';
import { ResponseDecoder } from '../../src/soap/decode';
import { phpSkip, run, runPhp } from '../support/php';
import { admin, comparable, compile, examplesOf, expectations, printed, project, runModules, secret, still } from './codegen-support';

for (const dialect of dialects) {
  describe(`programs for ${dialectLabels[dialect]} give what our own client gets`, () => {
    test('PHP', { skip: phpSkip }, async () => {
      await compare(dialect, 'php', (sources, env) => inTurn(sources, async (source) => printed(await runPhp(source, env))));
    });

    test('TypeScript, compiled strictly, with the soap package', async () => {
      await compare(dialect, 'typescript', (sources, env) => withSoap(sources, 'mts', env));
    });

    test('JavaScript with the soap package', async () => {
      await compare(dialect, 'javascript', (sources, env) => withSoap(sources, 'mjs', env));
    });

    test('curl', async () => {
      await compare(dialect, 'curl', (sources, env) => inTurn(sources, async (source) => await curl(source, env)));
    });
  });
}

type Environment = Readonly<Record<string, string>>;

/**
 * Runs a program for every example, in order, against a store of their own. What they print is what our client gets.
 */
async function compare(dialect: Dialect, target: CodeTarget, execute: (sources: readonly string[], env: Environment) => Promise<readonly SoapValue[]>): Promise<void> {
  const expected = await expectations(dialect);
  const store = await still();
  try {
    const { user, key } = admin(store);
    const examples = examplesOf(dialect);
    const sources = examples.map(({ method, args }) => generateCode({ method, args, url: `${store.urls[dialect]}?wsdl`, user, dialect }, target));
    for (const source of sources) assert.ok(!source.includes(key) && !source.includes(secret), 'a secret stands in the program');
    const results = await execute(sources, { MAHO_SOAP_KEY: key, MAHO_SOAP_PASSWORD: secret });
    for (const [index, { title, fault }] of examples.entries()) {
      if (fault !== undefined) assert.equal(results[index], `Fault ${fault}`, title);
      assert.deepEqual(results[index], expected.get(title), title);
    }
    assert.equal(store.requests.filter(({ method }) => method === 'endSession').length, examples.length, 'every program ends its session');
  } finally {
    await store.close();
  }
}

async function inTurn(sources: readonly string[], execute: (source: string) => Promise<SoapValue>): Promise<readonly SoapValue[]> {
  const results: SoapValue[] = [];
  for (const source of sources) results.push(await execute(source));
  return results;
}

async function withSoap(sources: readonly string[], extension: 'mts' | 'mjs', env: Environment): Promise<readonly SoapValue[]> {
  const { folder, remove } = await project();
  try {
    const names = sources.map((_source, index) => `program${index}`);
    await Promise.all(sources.map((source, index) => writeFile(join(folder, `program${index}.${extension}`), source)));
    if (extension === 'mts') assert.equal(compile(folder, names.map((name) => `${name}.mts`)), '');
    return (await runModules(folder, names.map((name) => `${name}.mjs`), env)).map(printed);
  } finally {
    await remove();
  }
}

async function curl(source: string, env: Environment): Promise<SoapValue> {
  const { stdout, stderr, status } = await run('sh', ['-s'], { input: source, env });
  assert.equal(stderr, '');
  assert.equal(status, 0);
  const decoder = new ResponseDecoder();
  decoder.write(Buffer.from(stdout));
  const decoded = decoder.end();
  if (decoded.kind === 'fault') return `Fault ${decoded.fault.code}`;
  assert.equal(decoded.kind, 'result');
  return comparable(decoded.value);
}
