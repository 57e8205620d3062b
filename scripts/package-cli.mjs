// `npm run package:cli`: creates the npm package of the command line, out/maho-soap/maho-soap-VERSION.tgz.
import { installProject } from './lib/install.mjs';

try {
  installProject();
  await import('./lib/typescript.mjs');
  const { packageCli } = await import('./lib/cli-package.ts');
  const { file, bytes, notes } = await packageCli();
  for (const note of notes) console.log(`Note: ${note}`);
  console.log(`${file} (${bytes} bytes)`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
