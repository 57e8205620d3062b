// @ts-check
import tseslint from 'typescript-eslint';

/**
 * The arrows of the floor plan (ARCHITECTURE.md): what each room may import besides itself.
 * Everything not named here is refused, so a new arrow is a decision, not an accident.
 */
const arrows = {
  api: [],
  soap: ['api'],
  files: ['api'],
  store: ['api', 'soap', 'files'],
  requests: ['api', 'soap', 'store', 'files'],
  codegen: ['api'],
  demo: ['api', 'soap', 'files'],
  cli: ['api', 'soap', 'store', 'requests', 'codegen', 'demo', 'files'],
  extension: ['api', 'soap', 'store', 'requests', 'codegen', 'demo', 'files'],
  webview: ['api'],
};

const swallowed = { selector: 'CatchClause > BlockStatement[body.length=0]', message: 'A swallowed error: handle it or say why it may be ignored.' };

/** How dialects differ is a table (`src/api/dialect-facets.ts`); code asks for a facet. */
const dialectNames = ['BinaryExpression[operator=/^[!=]==$/]', 'SwitchCase'].map((place) => ({
  selector: `${place} > Literal[value=/^(v1|v2|wsi)$/]`,
  message: 'Ask for a facet of the dialect (src/api/dialect-facets.ts), not for its name.',
}));

/** VS Code makes links that run commands of what is said in these places, and stores send hostile text. */
const unsafeMessages = [
  'CallExpression[callee.property.name=/^show(Information|Warning|Error)Message$|^showInputBox$/]',
  "CallExpression[callee.property.name='withProgress'] > ObjectExpression > Property[key.name='title']",
  'AssignmentExpression[left.property.name=/^(prompt|validationMessage)$/]',
].map((selector) => ({ selector, message: 'Say it through src/extension/messages.ts: what a store sent must not become a link.' }));

/** Rooms that must run anywhere: no Node modules, no editor, no DOM. */
const pure = ['api', 'soap', 'codegen'];

const rooms = Object.keys(arrows);

const roomRules = rooms.map((room) => {
  const closed = rooms.filter((other) => other !== room && !arrows[/** @type {keyof typeof arrows} */ (room)].includes(other));
  const patterns = [
    { group: closed.map((other) => `**/${other}/**`), message: `${room}/ must not lean on this room (arrows in eslint.config.mjs).` },
    ...(room === 'extension' ? [] : [{ group: ['vscode'], message: 'Only src/extension imports vscode.' }]),
    ...(pure.includes(room) ? [{ group: ['node:*', 'fs', 'path', 'http', 'https', 'net'], message: `${room}/ is pure.` }] : []),
    ...(room === 'webview' ? [{ group: ['node:*'], message: 'The webview runs in a browser.' }] : []),
  ];
  return { files: [`src/${room}/**/*.ts`], rules: { 'no-restricted-imports': ['error', { patterns }] } };
});

export default tseslint.config(
  { ignores: ['dist/', 'out/', 'node_modules/', 'coverage/', 'test/workbench/node_modules/', 'test/workbench/.cache/', 'snippets/', 'test/workbench/*-shim/'] },
  {
    files: ['src/**/*.ts', 'test/**/*.ts', 'scripts/**/*.ts'],
    extends: [...tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/prefer-readonly': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      'no-empty': ['error', { allowEmptyCatch: false }],
      'no-restricted-syntax': ['error', swallowed],
      eqeqeq: ['error', 'always'],
    },
  },
  { files: ['test/**/*.ts'], rules: { '@typescript-eslint/no-floating-promises': ['error', { allowForKnownSafeCalls: [{ from: 'package', name: ['test', 'suite', 'describe', 'it'], package: 'node:test' }] }] } },
  { files: ['src/**/*.ts'], rules: { 'no-restricted-syntax': ['error', swallowed, ...dialectNames] } },
  {
    files: ['src/extension/**/*.ts'],
    ignores: ['src/extension/messages.ts'],
    rules: { 'no-restricted-syntax': ['error', swallowed, ...dialectNames, ...unsafeMessages] },
  },
  ...roomRules,
);
