// `npm run pictures`: creates the pictures of README.md and docs/ again, in a real VS Code with the extension and demo stores.
import { installProject, installWorkbench } from './lib/install.mjs';

try {
  installProject();
  installWorkbench();
  await import('./lib/typescript.mjs');
  const { makePictures } = await import('./lib/pictures.ts');
  for (const { file, bytes } of await makePictures()) console.log(`${file} (${bytes} bytes)`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
