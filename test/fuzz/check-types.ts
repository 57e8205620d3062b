import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generateTypes } from '../../src/codegen/index';
import { compile, project } from '../php/codegen-support';
import { inNewFolder } from '../support/folder';
import { runPhpBatch } from '../support/php';
import { FuzzFailure } from './area';
import { hostileModel } from './types';

/** Creates an object of every class from values of each kind, and converts it back. */
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

/**
 * Writes PHP types for the models of these seeds and runs them.
 * @throws {FuzzFailure} when they are not valid PHP, execute text of the model, or do not return their input
 */
export async function checkPhpTypes(seeds: readonly number[]): Promise<number> {
  return await inNewFolder('maho-canary-', async (folder) => {
    const canary = join(folder, 'canary');
    // Each model has a separate namespace, so that all of them fit into one process.
    const programs = seeds.map((seed) => {
      const source = generateTypes('php', hostileModel(seed, canary)).replace('\nnamespace MahoSoap;', `\nnamespace MahoSoap\\N${seed};`);
      return { env: {}, source: source + tryAll };
    });
    const runs = await runPhpBatch(programs);
    for (const [index, { status, stdout, stderr }] of runs.entries()) {
      try {
        assert.deepEqual({ status, stderr }, { status: 0, stderr: '' }, `seed ${seeds[index]}\n${programs[index]?.source}`);
        assert.match(stdout, /^ok \d+$/, `seed ${seeds[index]}\n${programs[index]?.source}`);
      } catch (error) {
        throw new FuzzFailure(index, error);
      }
    }
    assert.ok(!existsSync(canary));
    return seeds.length;
  });
}

/**
 * Writes TypeScript types for the models of these seeds and compiles them strictly.
 * @throws {FuzzFailure} when the compiler reports an error
 */
export async function checkTypeScriptTypes(seeds: readonly number[]): Promise<number> {
  const { folder, remove } = await project();
  try {
    const names = seeds.map((seed) => `types${seed}.ts`);
    const write = (seed: number): string => generateTypes('typescript', hostileModel(seed, '/tmp/canary'));
    await Promise.all(seeds.map((seed, index) => writeFile(join(folder, names[index] ?? ''), write(seed))));
    const complaints = compile(folder, names);
    const index = names.findIndex((name) => complaints.includes(name));
    if (complaints !== '') throw new FuzzFailure(Math.max(0, index), new Error(complaints));
    return seeds.length;
  } finally {
    await remove();
  }
}
