// `npm run stack < LOG`: prints a log with the stacks of a release in terms of the sources. Check out the version of the release first.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { installProject, root } from './lib/install.mjs';

installProject();
await import('./lib/typescript.mjs');
const { readableStack } = await import('./lib/stack.ts');
// Into the folder of the release: the names of chunks depend on where the sources are from there.
execFileSync(process.execPath, ['scripts/build.mjs', '--production', '--maps'], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
process.stdout.write(readableStack(readFileSync(0, 'utf8'), path.join(root, 'dist')));
