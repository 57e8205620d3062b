import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import ts from 'typescript';

const root = resolve(import.meta.dirname, '../../..');

test("the types of the package's ./demo-store are those of the source, and a project finds them", async () => {
  // Inside the checkout, so that the source finds its packages.
  const folder = await mkdtemp(join(root, 'test/unit/demo/.types-'));
  try {
    await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
    await symlinkPackage(folder);
    await writeFile(
      join(folder, 'use.ts'),
      `
import * as written from 'maho-soap-toolkit/demo-store';
import * as source from '../../../../src/demo/index';
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends (<T>() => T extends B ? 1 : 2) ? true : false;
export const same: [
  Same<Exclude<keyof typeof written, 'default'>, keyof typeof source>, Same<written.DemoFaults, source.DemoFaults>, Same<written.DemoStore, source.DemoStore>, Same<written.DemoStoreOptions, source.DemoStoreOptions>,
  Same<written.FaultKind, source.FaultKind>, Same<written.RequestLogEntry, source.RequestLogEntry>, Same<written.SeedRecord, source.SeedRecord>, Same<written.ProductId, source.ProductId>, Same<written.GenerationId, source.GenerationId>,
  Same<typeof written.parseFaults, typeof source.parseFaults>, Same<typeof written.startDemoStore, typeof source.startDemoStore>, Same<typeof written.faultKinds, typeof source.faultKinds>, Same<typeof written.generationNames, typeof source.generationNames>, Same<typeof written.findGeneration, typeof source.findGeneration>,
] = [true, true, true, true, true, true, true, true, true, true, true, true, true, true];
`,
    );
    const options: ts.CompilerOptions = {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      strict: true,
      exactOptionalPropertyTypes: true,
      skipLibCheck: true,
      noEmit: true,
      types: ['node'],
      typeRoots: [join(root, 'node_modules/@types')],
    };
    const program = ts.createProgram([join(folder, 'use.ts')], options);
    const found = ts.getPreEmitDiagnostics(program, program.getSourceFile(join(folder, 'use.ts')));
    assert.deepEqual(
      found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n')),
      [],
    );
    assert.ok(
      program.getSourceFiles().some(({ fileName }) => fileName.endsWith('types/demo-store.d.cts')),
      'the written types were read',
    );
  } finally {
    await rm(folder, { recursive: true });
  }
});

/** The package under its own name, as in a project that installed it. */
async function symlinkPackage(folder: string): Promise<void> {
  const { name } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { name: string };
  await mkdir(join(folder, 'node_modules'));
  await symlink(root, join(folder, 'node_modules', name), 'junction');
}
