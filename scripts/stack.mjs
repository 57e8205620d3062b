// `npm run stack < LOG`: prints a log with the stacks of a release in terms of the sources. Check out the version of the release first.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { installProject } from './lib/install.mjs';

installProject();
await import('./lib/typescript.mjs');
const { readableStack } = await import('./lib/stack.ts');
const folder = mkdtempSync(path.join(os.tmpdir(), 'maho-soap-maps-'));
try {
  execFileSync(process.execPath, ['scripts/build.mjs', '--production', '--maps', '--out', folder], {
    cwd: path.join(import.meta.dirname, '..'),
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  process.stdout.write(readableStack(readFileSync(0, 'utf8'), folder));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
