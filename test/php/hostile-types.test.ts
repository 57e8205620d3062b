import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { generateTypes } from '../../src/codegen/index';
import { hostileModel } from '../fuzz/types';
import { phpSkip, runPhpBatch } from '../support/php';
import { compile, project } from './codegen-support';

const COUNT = process.env['MAHO_SOAP_FULL'] === '1' ? 3000 : 100;
const SEED = Number(process.env['SEED'] ?? 20261128);
const seeds = Array.from({ length: COUNT }, (_none, index) => SEED + index);

test('PHP types of hostile and careless WSDLs are right PHP, run nothing, and give back what goes in', { skip: phpSkip }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'maho-canary-'));
  const canary = join(folder, 'canary');
  try {
    // A namespace for each, so that all of them fit into one process.
    const programs = seeds.map((seed) => ({ env: {}, source: generateTypes('php', hostileModel(seed, canary)).replace('\nnamespace MahoSoap;', `\nnamespace MahoSoap\\N${seed};`) + tryAll }));
    const runs = await runPhpBatch(programs);
    for (const [index, { status, stdout, stderr }] of runs.entries()) {
      assert.deepEqual({ status, stderr }, { status: 0, stderr: '' }, `seed ${seeds[index]}\n${programs[index]?.source}`);
      assert.match(stdout, /^ok \d+$/, `seed ${seeds[index]}\n${programs[index]?.source}`);
    }
    assert.ok(!existsSync(canary));
  } finally {
    await rm(folder, { recursive: true });
  }
});

/** Makes an object of every class from values of each kind, and back. */
const tryAll = `
$made = 0;
foreach (get_declared_classes() as $class) {
    if (!str_starts_with($class, __NAMESPACE__ . '\\\\') || !method_exists($class, 'fromSoap')) {
        continue;
    }
    $empty = $class::fromSoap([])->toSoap();
    if ($empty !== [] || $class::fromSoap((object) [])->toSoap() !== []) {
        echo "$class is not empty";
    }
    $made++;
}
echo "ok $made";
return 0;
`;

test('TypeScript types of hostile and careless WSDLs compile strictly', async () => {
  const { folder, remove } = await project();
  try {
    const names = seeds.map((seed) => `types${seed}.ts`);
    await Promise.all(seeds.map((seed, index) => writeFile(join(folder, names[index] ?? ''), generateTypes('typescript', hostileModel(seed, '/tmp/canary')))));
    assert.equal(compile(folder, names), '');
  } finally {
    await remove();
  }
});
