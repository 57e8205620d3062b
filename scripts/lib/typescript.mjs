// The main part of the scripts is TypeScript. It is loaded through tsx, which exists once the packages are installed.
import { register } from 'tsx/esm/api';

/** From now on, `import()` can load TypeScript. */
register();
