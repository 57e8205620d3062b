// `npm run test:versions`: tests the npm package of the command line with each supported Node, and the extension in the oldest VS Code of
// package.json and in the newest one. All are installed from npm packages; a version that cannot be installed is skipped, with a message.
// `--only node` or `--only vscode` tests only one of the two.
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
