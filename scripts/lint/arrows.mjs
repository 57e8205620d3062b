// The arrows of the floor plan (ARCHITECTURE.md) as a lint rule. Imports that are not listed here are refused, so a new arrow is a
// decision.
import { isBuiltin } from 'node:module';
import path from 'node:path';

/**
 * The other rooms that each room of `src` may import.
 * @type {Readonly<Record<string, readonly string[]>>}
 */
const rooms = {
  l10n: [],
  api: [],
  soap: ['api'],
  files: ['api'],
  forms: ['api'],
  pages: ['api', 'forms'],
  store: ['api', 'soap', 'files', 'forms'],
  requests: ['api', 'soap', 'store', 'files'],
  codegen: ['api'],
  // Code that talks to a store must not import it.
  'rest-equivalent': ['api'],
  migration: ['api', 'requests', 'codegen', 'rest-equivalent'],
  record: ['api', 'soap', 'store', 'files'],
  demo: ['api', 'soap', 'files'],
  cli: ['api', 'soap', 'store', 'requests', 'codegen', 'demo', 'files', 'record', 'migration'],
  extension: ['api', 'soap', 'forms', 'pages', 'store', 'requests', 'codegen', 'demo', 'files', 'record', 'rest-equivalent', 'migration'],
  webview: ['api', 'forms', 'pages'],
};

/** Rooms that must run anywhere: without Node modules, the editor and the DOM. */
const pure = ['l10n', 'api', 'soap', 'forms', 'pages', 'codegen', 'rest-equivalent'];

/** Node modules that a pure room may import: pure functions without a global equivalent. */
const allowedModules = { 'src/soap/xml/utf8.ts': ['node:buffer'] };

const base = ['lazy', 'log', 'errors', 'commands', 'reports'];
const shared = [...base, 'grid', 'stores', 'calls', 'customer', 'customer-json', 'tree'];

/**
 * The arrows between the folders of `src/extension`: each folder may import those that are listed. Features may import what they share, but
 * not each other, except for the four that name another feature. Only `features`, which connects all of them, imports everything.
 * @type {Readonly<Record<string, readonly string[]>>}
 */
const folders = {
  lazy: [],
  terminal: ['log'],
  log: ['commands'],
  errors: ['log'],
  commands: ['lazy'],
  reports: ['lazy'],
  help: ['commands'],
  grid: [],
  stores: base,
  calls: [...base, 'stores'],
  customer: [...base, 'stores'],
  'customer-json': [...base, 'stores', 'calls'],
  tree: [...base, 'stores', 'customer'],
  setup: shared,
  api: shared,
  compare: shared,
  filters: shared,
  find: shared,
  sheet: shared,
  links: shared,
  // The table searches the whole store with the search of Find Customer.
  table: [...shared, 'find'],
  transfer: shared,
  response: shared,
  code: shared,
  demo: shared,
  requests: [...shared, 'code'],
  history: [...shared, 'requests'],
  migration: base,
  // A call at the cursor is found as for Copy as Code.
  rest: [...shared, 'code'],
};

/**
 * Why a file of `src` may not import a module; `undefined` if it may.
 * @param {string} file path relative to the project, with slashes
 * @param {string} to module name as in the import
 * @returns {string | undefined}
 */
export function refusedImport(file, to) {
  const [, room = '', folder = ''] = file.split('/');
  const open = rooms[room];
  if (open === undefined) return undefined;
  if (to === 'vscode') return room === 'extension' ? undefined : 'Only src/extension imports vscode.';
  if (isBuiltin(to)) {
    if (Object.entries(allowedModules).some(([known, modules]) => known === file && modules.includes(to))) return undefined;
    if (pure.includes(room)) return `${room}/ is pure: it must run without Node.`;
    return room === 'webview' ? 'webview/ runs in a browser.' : undefined;
  }
  if (!to.startsWith('.')) return undefined;
  const [top, otherRoom = '', otherFolder = ''] = path.posix.join(path.posix.dirname(file), to).split('/');
  if (top !== 'src') return undefined;
  // Every room may use texts.
  if (otherRoom === 'l10n') return undefined;
  if (otherRoom !== room) {
    const known = rooms[otherRoom] === undefined || open.includes(otherRoom);
    return known ? undefined : `${room}/ must not import ${otherRoom}/ (arrows in scripts/lint/arrows.mjs).`;
  }
  const openFolders = room === 'extension' ? folders[folder] : undefined;
  if (openFolders === undefined || otherFolder === folder || openFolders.includes(otherFolder)) return undefined;
  return otherFolder === 'features' || folders[otherFolder] !== undefined
    ? `extension/${folder}/ must not import extension/${otherFolder}/ (arrows in scripts/lint/arrows.mjs).`
    : undefined;
}
