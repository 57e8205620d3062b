// `npm run fuzz`: tests code that reads foreign input with random inputs. Options: test/fuzz/main.ts.
import { installProject } from './lib/install.mjs';

try {
  installProject();
  await import('./lib/typescript.mjs');
  const { fuzz } = await import('./lib/fuzz.ts');
  process.exitCode = await fuzz(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
