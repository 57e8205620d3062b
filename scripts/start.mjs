// `npm start`: works on a fresh clone too. `-- --desktop` opens the VS Code of this computer; `-- --check` checks the sidebar, headless.
import { parseArgs } from 'node:util';
import { installProject, installWorkbench } from './lib/install.mjs';

try {
  const { values } = parseArgs({
    options: {
      desktop: { type: 'boolean', default: false },
      check: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    console.log(`Usage: npm start [-- --desktop | --check]

Builds the extension and opens it in a real VS Code in the browser, with a demo store and example files.

  --desktop  Opens the VS Code of this computer instead.
  --check    Opens no window, checks that the side bar shows customers, and ends.`);
    process.exit();
  }
  if (values.desktop && values.check) throw new Error('--check and --desktop cannot be used together, because --check opens no window.');
  installProject();
  if (!values.desktop) installWorkbench();
  await import('./lib/typescript.mjs');
  const { start } = await import('./lib/start.ts');
  await start(values);
  // After an interruption, some operations may still be running.
  process.exit();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
