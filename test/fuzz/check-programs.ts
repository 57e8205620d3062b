import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { FuzzFailure } from './area';
import { hostileSecrets, type HostileProgram } from './programs';
import type { HostileRun, HostileRunner } from './run-programs';

/**
 * Runs hostile programs and checks the effects: each runs to its end, executes none of its input, contains no secret, and sends every text
 * to the store unchanged.
 * @param canary absolute path of the file that must not appear
 * @throws {FuzzFailure} at the first program with another effect
 */
export async function checkPrograms(programs: readonly HostileProgram[], canary: string, execute: HostileRunner): Promise<void> {
  const runs = await execute(programs, canary);
  if (existsSync(canary)) await rm(canary).then(() => find(programs, canary, execute));
  for (const [index, program] of programs.entries()) {
    try {
      checkProgram(program, runs[index]);
    } catch (error) {
      throw new FuzzFailure(index, error);
    }
  }
}

function checkProgram({ about, carried, source }: HostileProgram, ran: HostileRun | undefined): void {
  for (const secret of Object.values(hostileSecrets)) assert.ok(!source.includes(secret), `a secret stands in the program: ${about}`);
  assert.ok(ran);
  assert.deepEqual({ status: ran.status, stderr: ran.stderr }, { status: 0, stderr: '' }, `${about}\n${source}`);
  assert.doesNotMatch(ran.stdout, /^CANARY$/m, about);
  for (const text of carried) assert.ok(ran.arrived.includes(text), `${JSON.stringify(text)} did not arrive: ${about}\n${source}`);
  assert.ok(
    ran.arrived.some((text) => text.includes(hostileSecrets.MAHO_SOAP_KEY)),
    `the key did not arrive: ${about}`,
  );
}

/** Finds the program that created the canary. */
async function find(programs: readonly HostileProgram[], canary: string, execute: HostileRunner): Promise<never> {
  for (const [index, program] of programs.entries()) {
    await execute([program], canary);
    if (existsSync(canary)) throw new FuzzFailure(index, new Error(`A program ran what it was given: ${program.about}\n${program.source}`));
  }
  throw new Error('Some programs together ran what they were given, none of them alone.');
}
