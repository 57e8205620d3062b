// `npm run bench`: works on a fresh clone too. Options: test/bench/main.ts.
import { spawnSync } from 'node:child_process';
import { installProject, installWorkbench, root } from './lib/install.mjs';

try {
  installProject();
  installWorkbench();
  // In a separate process, because the benchmark must be able to collect garbage before it measures.
  const { status, error } = spawnSync(
    process.execPath,
    ['--import', 'tsx', '--expose-gc', 'test/bench/main.ts', ...process.argv.slice(2)],
    { cwd: root, stdio: 'inherit' },
  );
  if (error) throw error;
  process.exitCode = status ?? 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
