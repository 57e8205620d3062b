// Leaves unused parts of packages out of the bundles.
import path from 'node:path';

/** Replaces what is left out. Calling it throws an error, because a return value would hide a mistake. */
const LEFT_OUT = `const leftOut = () => { throw new Error('This part of soap is not in the bundle.'); };
export { leftOut as HttpClient, leftOut as default };`;

/** Replaces the package `debug`, by which packages log to the console if an environment variable is set. */
const SILENT = 'export default () => () => {};';

/**
 * Leaves out the HTTP client of `soap` (with axios, NTLM and a list of all media types) and its parser of attachments. They are three
 * quarters of the program that reads WSDLs, which every thread would have to compile. That program fetches nothing
 * (`soap/wsdl/read-service.ts`).
 * @type {import('esbuild').Plugin}
 */
export const withoutUnused = {
  name: 'without what is not used',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(?:\.\.\/http|formidable)$/ }, ({ path: to, importer }) =>
      importer.includes(path.join('node_modules', 'soap', 'lib')) ? { path: to, namespace: 'left-out' } : undefined,
    );
    onResolve({ filter: /^debug$/ }, () => ({ path: 'debug', namespace: 'left-out' }));
    onLoad({ filter: /.*/, namespace: 'left-out' }, ({ path: name }) => ({ contents: name === 'debug' ? SILENT : LEFT_OUT }));
  },
};
