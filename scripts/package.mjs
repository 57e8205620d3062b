// `npm run package`: builds and packages the extension.
import { installProject } from './lib/install.mjs';

try {
  installProject();
  await import('./lib/typescript.mjs');
  const { packageExtension } = await import('./lib/package.ts');
  console.log(await packageExtension());
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
