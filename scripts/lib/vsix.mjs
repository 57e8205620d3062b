// Packages a folder as an extension, in a process of its own: vsce ends the process when it finds something wrong.
// Arguments: the folder, the .vsix to write, and the address of the repository where there is one.
import { createVSIX } from '@vscode/vsce';
import { performance } from 'node:perf_hooks';

const [folder = '.', packagePath = '', repository] = process.argv.slice(2);

// The search for secrets marks the times of each rule for each file, and looks through all marks for each of them. That took longer than
// the search, and nobody reads it.
performance.mark = (name) => new PerformanceMark(name);

await createVSIX({
  cwd: folder,
  packagePath,
  dependencies: false,
  // With an address of the repository, pictures and links of the README lead there.
  ...(repository === undefined ? { allowMissingRepository: true, rewriteRelativeLinks: false } : {}),
});
