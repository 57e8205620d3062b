// `npm run test:desktop [-- VERSION]`: needs the internet. VERSION: for example 1.110.0, stable, or oldest.
import { spawnSync } from 'node:child_process';
import { installProject } from './lib/install.mjs';

/** On Linux without a display, such as a build server, the script runs itself again on a virtual display. */
const hidden = process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY;

try {
  if (hidden) {
    const { error, status } = spawnSync('xvfb-run', ['-a', process.execPath, ...process.argv.slice(1)], { stdio: 'inherit' });
    if (error) throw new Error('There is no display. Install xvfb, or run this on a desktop.', { cause: error });
    process.exit(status ?? 1);
  }
  installProject();
  await import('./lib/typescript.mjs');
  const { testOnDesktop } = await import('./lib/test-desktop.ts');
  await testOnDesktop(process.argv[2] ?? 'stable');
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
