import { describeService } from '../../src/store/soap/describe';
import { ToolkitError } from '../../src/api/errors';
import type { CodeTarget } from '../../src/codegen';
import { inspectEnvelope } from '../../src/store/soap/envelope';
import { inNewFolder } from '../support/folder';
import { phpSkip } from '../support/php';
import { checkAnswer } from './answers';
import { each, FuzzFailure, type FuzzArea } from './area';
import { checkPrograms } from './check-programs';
import { checkPhpTypes, checkTypeScriptTypes } from './check-types';
import { checkCode, fuzzedCode } from './code';
import { tryCsv } from './csv';
import { checkEditedCode } from './edited-code';
import { checkEditedFile } from './edited-files';
import { checkEnvelope, twistedEnvelope } from './envelopes';
import { hostilePrograms } from './programs';
import { checkEnvironment, checkRequestFile, hostileEnvironment, hostileRequestFile } from './request-files';
import { checkMigration, checkRestCall, randomCall } from './rest-calls';
import { runByPhp, serverSkip } from './run-envelopes';
import { runHostileNode, runHostilePhp, runHostileShell, type HostileRunner } from './run-programs';
import { checkWsdl, hostileWsdl } from './wsdls';

/** All areas that `npm run fuzz` tests, by name. A new kind of input is one row here. */
export const areas: readonly FuzzArea[] = [
  { name: 'answers', skip: false, batch: 50, tryAll: each(checkAnswer) },
  { name: 'wsdls', skip: false, batch: 5, tryAll: each((_random, seed) => readWsdl(seed)) },
  { name: 'envelopes', skip: false, batch: 100, tryAll: each((_random, seed) => void inspectEnvelope(twistedEnvelope(seed).xml)) },
  { name: 'envelopes-php', skip: serverSkip, batch: 200, tryAll: envelopesInPhp },
  { name: 'request-files', skip: false, batch: 50, tryAll: each((random) => checkRequestFile(hostileRequestFile(random))) },
  { name: 'edited-files', skip: false, batch: 50, tryAll: each(checkEditedFile) },
  { name: 'environments', skip: false, batch: 50, tryAll: each((random) => checkEnvironment(hostileEnvironment(random))) },
  { name: 'code', skip: false, batch: 50, tryAll: each((random) => void checkCode(fuzzedCode(random))) },
  { name: 'edited-code', skip: false, batch: 50, tryAll: each(checkEditedCode) },
  { name: 'csv', skip: false, batch: 50, tryAll: tryCsv },
  {
    name: 'programs-sh',
    skip: process.platform === 'win32' ? 'there is no sh on Windows' : false,
    batch: 100,
    tryAll: programsOf(['curl'], runHostileShell),
  },
  { name: 'programs-php', skip: phpSkip, batch: 100, tryAll: programsOf(['php'], runHostilePhp) },
  { name: 'programs-node', skip: false, batch: 100, tryAll: programsOf(['typescript', 'javascript'], runHostileNode) },
  { name: 'rest-calls', skip: false, batch: 50, tryAll: each((random) => void checkRestCall(randomCall(random))) },
  { name: 'migration', skip: false, batch: 50, tryAll: each((random) => checkMigration(fuzzedCode(random))) },
  { name: 'types-php', skip: phpSkip, batch: 50, tryAll: checkPhpTypes },
  { name: 'types-typescript', skip: false, batch: 30, tryAll: checkTypeScriptTypes },
];

/** Reads a hostile WSDL in this thread, or in a thread with limits if only those would end it. */
async function readWsdl(seed: number): Promise<void> {
  const { text, ways, dialect } = hostileWsdl(seed);
  try {
    if (ways.some((way) => /double|chain/.test(way))) await describeService(new TextEncoder().encode(text));
    else await checkWsdl(text);
  } catch (error) {
    if (error instanceof ToolkitError && error.kind === 'decode') return;
    throw new Error(`${dialect}: ${ways.join(', ')}`, { cause: error });
  }
}

async function envelopesInPhp(seeds: readonly number[]): Promise<number> {
  const tried = seeds.map(twistedEnvelope);
  const ran = await runByPhp(tried);
  for (const [index, envelope] of tried.entries()) {
    const wrong = checkEnvelope(envelope, ran[index] ?? []);
    if (wrong !== undefined) throw new FuzzFailure(index, new Error(wrong));
  }
  return tried.length;
}

/** Tests programs of some languages with hostile text in every position by running them. */
function programsOf(targets: readonly [CodeTarget, ...CodeTarget[]], execute: HostileRunner): FuzzArea['tryAll'] {
  return async (seeds) =>
    await inNewFolder('maho-canary-', async (folder) => {
      const canary = `${folder}/canary`;
      const made = seeds.flatMap((seed, index) => {
        const [target = targets[0]] = [targets[seed % targets.length]];
        const { programs, refused } = hostilePrograms(seed, 1, canary, [target]);
        // Raw envelopes are always written for the shell, no matter which language was requested.
        const program = programs.find((one) => targets.includes(one.target));
        return program !== undefined || refused > 0 ? [{ index, program }] : [];
      });
      const programs = made.flatMap(({ index, program }) => (program === undefined ? [] : [{ index, program }]));
      try {
        await checkPrograms(
          programs.map(({ program }) => program),
          canary,
          execute,
        );
      } catch (error) {
        if (error instanceof FuzzFailure) throw new FuzzFailure(programs[error.index]?.index ?? 0, error.cause);
        throw error;
      }
      return made.length;
    });
}
