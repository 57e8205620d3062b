// @ts-check
import tseslint from 'typescript-eslint';

/**
 * The arrows of the floor plan (ARCHITECTURE.md): what each room may import besides itself.
 * Everything not named here is refused, so a new arrow is a decision, not an accident.
 */
const arrows = {
  // Every room says its texts through it.
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

const swallowed = {
  selector: 'CatchClause > BlockStatement[body.length=0]',
  message: 'A swallowed error: handle it or say why it may be ignored.',
};

/** How dialects differ is a table (`src/api/dialect-facets.ts`); code asks for a facet. */
const dialectNames = ['BinaryExpression[operator=/^[!=]==$/]', 'SwitchCase'].map((place) => ({
  selector: `${place} > Literal[value=/^(v1|v2|wsi)$/]`,
  message: 'Ask for a facet of the dialect (src/api/dialect-facets.ts), not for its name.',
}));

/** Flows work over any protocol: what they may not do over one of them, its facets say. */
const protocolNames = [
  ...['BinaryExpression[operator=/^[!=]==$/]', 'SwitchCase'].map((place) => `${place} > Literal[value="rest"]`),
  "MemberExpression[property.name='protocol'][object.type='MemberExpression'][object.object.name='facets']",
  "ImportSpecifier[imported.name='ProtocolName']",
].map((selector) => ({ selector, message: 'Flows never ask which protocol it is: ask for what can be done (src/api/dialect-facets.ts).' }));

/** VS Code makes links that run commands of what is said in these places, and stores send hostile text. */
const unsafeMessages = [
  'CallExpression[callee.property.name=/^show(Information|Warning|Error)Message$|^showInputBox$/]',
  "CallExpression[callee.property.name='withProgress'] > ObjectExpression > Property[key.name='title']",
  'AssignmentExpression[left.property.name=/^(prompt|validationMessage)$/]',
].map((selector) => ({ selector, message: 'Say it through src/extension/messages.ts: what a store sent must not become a link.' }));

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

/** Rooms that must run anywhere: no Node modules, no editor, no DOM. */
const pure = ['l10n', 'api', 'soap', 'forms', 'pages', 'codegen', 'rest-equivalent'];

const rooms = Object.keys(arrows);

const roomRules = rooms.map((room) => {
  const closed = rooms.filter(
    (other) => other !== room && other !== 'l10n' && !arrows[/** @type {keyof typeof arrows} */ (room)].includes(other),
  );
  const patterns = [
    { group: closed.map((other) => `**/${other}/**`), message: `${room}/ must not lean on this room (arrows in eslint.config.mjs).` },
    ...(room === 'extension' ? [] : [{ group: ['vscode'], message: 'Only src/extension imports vscode.' }]),
    ...(pure.includes(room) ? [{ group: ['node:*', 'fs', 'path', 'http', 'https', 'net'], message: `${room}/ is pure.` }] : []),
    ...(room === 'webview' ? [{ group: ['node:*'], message: 'The webview runs in a browser.' }] : []),
  ];
  return { files: [`src/${room}/**/*.ts`], rules: { 'no-restricted-imports': ['error', { patterns }] } };
});

const folderRules = Object.entries(folders).map(([folder, open]) => {
  const closed = ['features', ...Object.keys(folders)].filter((other) => other !== folder && !open.includes(other));
  const message = `extension/${folder}/ must not lean on this folder (arrows in eslint.config.mjs).`;
  return {
    files: [`src/extension/${folder}/**/*.ts`],
    // These replace the rules of the room, so what those refuse stands here again.
    rules: {
      'no-restricted-imports': ['error', { patterns: [{ group: ['**/webview/**', ...closed.map((other) => `../${other}/*`)], message }] }],
    },
  };
});

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'out/',
      'node_modules/',
      'coverage/',
      'test/workbench/node_modules/',
      'test/workbench/.cache/',
      'snippets/',
      'test/workbench/*-shim/',
    ],
  },
  {
    files: ['src/**/*.ts', 'test/**/*.ts', 'scripts/**/*.ts'],
    extends: [...tseslint.configs.recommended],
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-empty': ['error', { allowEmptyCatch: false }],
      'no-restricted-syntax': ['error', swallowed],
      eqeqeq: ['error', 'always'],
      // The formatter breaks code; what is left are comments. Texts stand on one line, so that they can be searched for.
      'max-len': ['error', { code: 140, ignoreStrings: true, ignoreTemplateLiterals: true, ignoreRegExpLiterals: true, ignoreUrls: true }],
    },
  },
  { files: ['src/**/*.ts'], rules: { 'no-restricted-syntax': ['error', swallowed, ...dialectNames] } },
  {
    files: ['src/extension/**/*.ts'],
    ignores: ['src/extension/messages.ts'],
    rules: { 'no-restricted-syntax': ['error', swallowed, ...dialectNames, ...protocolNames, ...unsafeMessages] },
  },
  {
    files: ['src/{requests,forms,pages,webview,cli,record}/**/*.ts', 'src/store/{customers,transfer,masking}/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', swallowed, ...dialectNames, ...protocolNames] },
  },
  ...roomRules,
  ...folderRules,
);
