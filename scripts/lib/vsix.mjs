// Packages a folder as an extension, in a separate process, because vsce ends its process when it finds a problem.
// Arguments: the folder, the .vsix to write, and the address of the repository if there is one.
import { createVSIX } from '@vscode/vsce';
import { performance } from 'node:perf_hooks';

const [folder = '.', packagePath = '', repository] = process.argv.slice(2);

// vsce's search for secrets measures the time of each rule for each file, and searches all marks for each measurement. That took longer than
// the search itself, and the measurements are not used.
performance.mark = (name) => new PerformanceMark(name);

await createVSIX({
  cwd: folder,
  packagePath,
  dependencies: false,
  // If the address of the repository is known, pictures and links of the README use it.
  ...(repository === undefined ? { allowMissingRepository: true, rewriteRelativeLinks: false } : {}),
});
