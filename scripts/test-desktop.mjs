// `npm run test:desktop [-- VERSION]`: needs the internet and, on Linux, a display.
import { installProject } from './lib/install.mjs';

try {
  installProject();
  await import('./lib/typescript.mjs');
  const { testOnDesktop } = await import('./lib/test-desktop.ts');
  await testOnDesktop(process.argv[2] ?? 'stable');
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
