// `npm run test:versions`: tries the npm package of the command line on each Node that it is for. Node comes from its packages on npm; a
// version that cannot be had is skipped by name.
import { installProject } from './lib/install.mjs';

try {
  installProject();
  await import('./lib/typescript.mjs');
  const { testVersions } = await import('./lib/node-versions.ts');
  for await (const { version, state, text } of testVersions()) {
    console.log(`${state.padEnd(8)} Node ${version}${text === '' ? '' : `: ${text}`}`);
    if (state === 'failed') process.exitCode = 1;
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
