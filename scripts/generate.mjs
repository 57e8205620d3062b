// `npm run generate`: writes the checked-in files that are generated from the catalogue. With --check, it writes nothing and fails when a
// checked-in file is out of date.
import { parseArgs } from 'node:util';
import { installProject } from './lib/install.mjs';

try {
  const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
  installProject();
  await import('./lib/typescript.mjs');
  const { generate } = await import('./lib/generate.ts');
  const stale = await generate({ check: values.check });
  if (values.check && stale.length > 0) {
    console.error(`Stale: ${stale.join(', ')}. Run npm run generate.`);
    process.exitCode = 1;
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
