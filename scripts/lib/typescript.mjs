// The scripts proper are TypeScript. They are loaded through tsx, which is there once the packages are installed.
import { register } from 'tsx/esm/api';

/** Makes `import()` understand TypeScript from here on. */
register();
