import { statSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { runNode } from './command';
import { out, root, vsix } from './project';

/** The size gate: a .vsix beyond this has taken in something by mistake. Bytes. */
const LARGEST = 3_000_000;

/** Builds the bundles as they are shipped and packages them into `out/maho-soap-toolkit.vsix`. */
export async function packageExtension(): Promise<string> {
  await mkdir(out, { recursive: true });
  await succeed('The build', ['scripts/build.mjs', '--production'], 'build.log');
  await succeed(
    'Packaging',
    [
      path.join(root, 'node_modules/@vscode/vsce/vsce'),
      'package',
      '--no-dependencies',
      '--allow-missing-repository',
      '--no-rewrite-relative-links',
      '--out',
      vsix,
    ],
    'package.log',
  );
  const { size } = statSync(vsix);
  if (size > LARGEST) throw new Error(`The .vsix has ${size} bytes, more than ${LARGEST}; out/package.log lists what is in it.`);
  return vsix;
}

async function succeed(what: string, args: readonly string[], log: string): Promise<void> {
  const result = await runNode(args, { limit: 120_000, logFile: path.join(out, log) });
  if (result.late) throw new Error(`${what} did not end within 2 minutes.`);
  if (result.code !== 0) throw new Error(`${what} failed.\n${result.output.trim()}`);
}
