import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RestCodeTarget } from '../../src/codegen/rest';
import { run, runPhpBatch, type Ran } from '../support/php';
import { compile, project, runModules, type Environment } from './codegen-support';

/** Runs programs for REST one after the other, as people run them. TypeScript is first compiled strictly. */
export async function runRest(target: RestCodeTarget, sources: readonly string[], env: Environment): Promise<readonly Ran[]> {
  if (target === 'php') return await runPhpBatch(sources.map((source) => ({ source, env })));
  if (target === 'curl') {
    const ran: Ran[] = [];
    for (const source of sources) ran.push(await run('sh', ['-s'], { input: source, env }));
    return ran;
  }
  const { folder, remove } = await project();
  try {
    const files = sources.map((_source, index) => `program${index}`);
    await Promise.all(sources.map((source, index) => writeFile(join(folder, `program${index}.mts`), source)));
    const complaints = compile(
      folder,
      files.map((name) => `${name}.mts`),
    );
    assert.equal(complaints, '');
    return await runModules(
      folder,
      files.map((name) => `${name}.mjs`),
      env,
    );
  } finally {
    await remove();
  }
}
