import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkPrograms } from '../fuzz/check-programs';
import { hostilePrograms, type HostileProgram } from '../fuzz/programs';
import { runHostileNode, runHostilePhp, runHostileShell, type HostileRunner } from '../fuzz/run-programs';
import { phpSkip } from '../support/php';
import { inNewFolder } from '../support/folder';

/** Number of inputs in a usual run and in a full one. Each is written in one of the four languages. */
const INPUTS = process.env['MAHO_SOAP_FULL'] === '1' ? 12_000 : 300;
const SEED = Number(process.env['SEED'] ?? 20261128);

describe('a generated program executes no text of a store, a file or a setting, and sends it unchanged', () => {
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

async function check(say: (text: string) => void, wanted: (program: HostileProgram) => boolean, execute: HostileRunner): Promise<void> {
  await inNewFolder('maho-canary-', async (folder) => {
    const canary = `${folder}/canary`;
    const { programs: all, refused } = hostilePrograms(SEED, INPUTS, canary);
    const programs = all.filter(wanted);
    assert.ok(programs.length > INPUTS / 10, `${programs.length} programs of ${INPUTS} inputs are too few to show anything`);
    say(`${programs.length} programs run; of ${INPUTS} inputs for all languages ${refused} were refused`);
    await checkPrograms(programs, canary, execute);
  });
}
