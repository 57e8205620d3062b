// `npm run test:versions`: tries the npm package of the command line on each Node that it is for, and the extension in the oldest VS Code of
// package.json and in the newest one. All come from packages on npm; a version that cannot be had is skipped by name.
// `--only node` or `--only vscode` tries one of the two.
import { parseArgs } from 'node:util';
import { installProject, installWorkbench } from './lib/install.mjs';

try {
  const { values } = parseArgs({ options: { only: { type: 'string' } } });
  installProject();
  await import('./lib/typescript.mjs');
  const { testVersions } = await import('./lib/node-versions.ts');
  const { testVscodeVersions } = await import('./lib/vscode-versions.ts');
  if (values.only !== 'vscode') await tell('Node', testVersions());
  if (values.only !== 'node') {
    installWorkbench();
    await tell('VS Code', testVscodeVersions());
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

/**
 * @param {string} what
 * @param {AsyncIterable<import('./lib/node-versions').VersionTried>} tries
 */
async function tell(what, tries) {
  for await (const { version, state, text } of tries) {
    console.log(`${state.padEnd(8)} ${what} ${version}${text === '' ? '' : `: ${text}`}`);
    if (state === 'failed') process.exitCode = 1;
  }
}
