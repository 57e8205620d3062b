import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { hostilePrograms, hostileSecrets, type HostileProgram } from '../fuzz/programs';
import { runHostileNode, runHostilePhp, runHostileShell, type HostileRun } from '../fuzz/run-programs';
import { phpSkip } from '../support/php';

/** Inputs in a usual run and in a full one; each is written in one of the four languages. */
const INPUTS = process.env['MAHO_SOAP_FULL'] === '1' ? 12_000 : 600;
const SEED = Number(process.env['SEED'] ?? 20261128);

describe('a generated program runs nothing that a store, a file or a setting says, and sends it as it stands', () => {
  test('shell', async (t) => {
    await check(t.diagnostic.bind(t), ({ target }) => target === 'curl', runHostileShell);
  });

  test('PHP', { skip: phpSkip }, async (t) => {
    await check(t.diagnostic.bind(t), ({ target }) => target === 'php', runHostilePhp);
  });

  test('TypeScript and JavaScript', async (t) => {
    await check(t.diagnostic.bind(t), ({ target }) => target === 'typescript' || target === 'javascript', runHostileNode);
  });
});

async function check(say: (text: string) => void, wanted: (program: HostileProgram) => boolean, execute: (programs: readonly HostileProgram[], canary: string) => Promise<readonly HostileRun[]>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'maho-canary-'));
  const canary = join(folder, 'canary');
  try {
    const { programs: all, refused } = hostilePrograms(SEED, INPUTS, canary);
    const programs = all.filter(wanted);
    assert.ok(programs.length > INPUTS / 10, `${programs.length} programs of ${INPUTS} inputs are too few to show anything`);
    say(`${programs.length} programs run; of ${INPUTS} inputs for all languages ${refused} were refused`);
    for (const { source, about } of programs) {
      for (const secret of Object.values(hostileSecrets)) assert.ok(!source.includes(secret), `a secret stands in the program: ${about}`);
    }
    const runs = await execute(programs, canary);
    if (existsSync(canary)) await rm(canary).then(() => find(programs, canary, execute));
    for (const [index, { about, carried, source }] of programs.entries()) {
      const ran = runs[index];
      assert.ok(ran);
      assert.deepEqual({ status: ran.status, stderr: ran.stderr }, { status: 0, stderr: '' }, `${about}\n${source}`);
      assert.doesNotMatch(ran.stdout, /^CANARY$/m, about);
      for (const text of carried) assert.ok(ran.arrived.includes(text), `${JSON.stringify(text)} did not arrive: ${about}\n${source}`);
      assert.ok(ran.arrived.some((text) => text.includes(hostileSecrets.MAHO_SOAP_KEY)), `the key did not arrive: ${about}`);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Says which of the programs left the canary. */
async function find(programs: readonly HostileProgram[], canary: string, execute: (programs: readonly HostileProgram[], canary: string) => Promise<unknown>): Promise<never> {
  for (const program of programs) {
    await execute([program], canary);
    assert.ok(!existsSync(canary), `A program ran what it was given: ${program.about}\n${program.source}`);
  }
  throw new Error('Some programs together ran what they were given, none of them alone.');
}
