// `npm run build:host`: bundles the suite of test/host, for "Extension tests" in .vscode/launch.json.
import { installProject } from './lib/install.mjs';

installProject();
await import('./lib/typescript.mjs');
const { bundleHostSuite } = await import('./lib/host-bundle.ts');
await bundleHostSuite();
