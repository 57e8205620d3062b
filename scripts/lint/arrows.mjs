// The arrows of the floor plan (ARCHITECTURE.md), as a lint rule: what is not named here is refused, so a new arrow is a decision.
import { isBuiltin } from 'node:module';
import path from 'node:path';

/**
 * What each room of `src` may import besides itself.
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
  // Nothing that speaks with a store knows of it.
  'rest-equivalent': ['api'],
  migration: ['api', 'requests', 'codegen', 'rest-equivalent'],
  record: ['api', 'soap', 'store', 'files'],
  demo: ['api', 'soap', 'files'],
  cli: ['api', 'soap', 'store', 'requests', 'codegen', 'demo', 'files', 'record', 'migration'],
  extension: ['api', 'soap', 'forms', 'pages', 'store', 'requests', 'codegen', 'demo', 'files', 'record', 'rest-equivalent', 'migration'],
  webview: ['api', 'forms', 'pages'],
};

/** Rooms that must run anywhere: no Node modules, no editor, no DOM. */
const pure = ['l10n', 'api', 'soap', 'forms', 'pages', 'codegen', 'rest-equivalent'];

/** Modules of Node that a pure room may import: a pure function for which there is no global. */
const allowedModules = { 'src/soap/xml/utf8.ts': ['node:buffer'] };

const base = ['lazy', 'log', 'errors', 'commands', 'reports'];
const shared = [...base, 'grid', 'stores', 'calls', 'customer', 'customer-json', 'tree'];

/**
 * The arrows between the folders of `src/extension`, in the order in which one leans on another. Features lean on what they share and, but
 * for the three that are named, not on each other. Nothing but `features`, which puts all of them together, leans on everything.
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
  // What is looked for when somebody looks in the whole store is what Find Customer asks for.
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
 * Why a file of `src` may not import something; `undefined` where it may.
 * @param {string} file relative to the project, with slashes
 * @param {string} to as the import names it
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
  // Every room says its texts through it.
  if (otherRoom === 'l10n') return undefined;
  if (otherRoom !== room) {
    const known = rooms[otherRoom] === undefined || open.includes(otherRoom);
    return known ? undefined : `${room}/ must not lean on ${otherRoom}/ (arrows in scripts/lint/arrows.mjs).`;
  }
  const openFolders = room === 'extension' ? folders[folder] : undefined;
  if (openFolders === undefined || otherFolder === folder || openFolders.includes(otherFolder)) return undefined;
  return otherFolder === 'features' || folders[otherFolder] !== undefined
    ? `extension/${folder}/ must not lean on extension/${otherFolder}/ (arrows in scripts/lint/arrows.mjs).`
    : undefined;
}
