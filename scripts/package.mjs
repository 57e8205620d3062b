// `npm run package`: builds and packages the extension.
// `--twice` creates it and the npm package of the command line twice, and fails when the second one has different bytes.
import { parseArgs } from 'node:util';
import { installProject } from './lib/install.mjs';

try {
  const { values } = parseArgs({ options: { twice: { type: 'boolean' } } });
  installProject();
  await import('./lib/typescript.mjs');
  const { packageExtension, packageTwice } = await import('./lib/package.ts');
  for (const file of values.twice ? await packageTwice() : [await packageExtension()]) console.log(file);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
