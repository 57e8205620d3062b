// Starts the reader of WSDLs where the program runs from its sources, as in tests: a worker thread does not inherit the loader for
// TypeScript. Bundles have the reader compiled beside them.
import { register } from 'tsx/esm/api';

register();
await import('./wsdl-reader.ts');
