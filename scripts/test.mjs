// `npm test`: works on a fresh clone too. Options: scripts/lib/test.ts.
import { installProject, installWorkbench } from './lib/install.mjs';

try {
  installProject();
  await import('./lib/typescript.mjs');
  const { test } = await import('./lib/test.ts');
  process.exitCode = await test(process.argv.slice(2), installWorkbench);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
