import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import * as z from 'zod/mini';
import { runNode } from '../../../scripts/lib/command';
import { refusedImport } from '../../../scripts/lint/arrows.mjs';
import { inNewFolder } from '../../support/folder';

const root = path.join(import.meta.dirname, '../../..');

/** How long the linter may take on a machine that is busy with other things, in ms. */
const LIMIT_MS = 300_000;

const report = z.object({ diagnostics: z.array(z.object({ filename: z.string(), code: z.string() })) });

/** Files that each break one rule, or none. */
const files: Readonly<Record<string, { readonly text: string; readonly rule?: string }>> = {
  'src/api/leans.ts': { text: `export { x } from '../store/x';`, rule: 'house(arrows)' },
  'src/api/leans-later.ts': { text: `export const x = () => import('../store/x');`, rule: 'house(arrows)' },
  'src/api/leans-for-a-type.ts': { text: `export type X = import('../store/x').X;`, rule: 'house(arrows)' },
  'src/store/leans.ts': { text: `export { x } from '../api/x';` },
  'src/store/asks.ts': { text: `export const x = (d: string) => d === 'v2';`, rule: 'house(dialect-names)' },
  'src/store/switches.ts': {
    text: `export const x = (d: string) => { switch (d) { case 'wsi': return 1; default: return 2; } };`,
    rule: 'house(dialect-names)',
  },
  'src/store/calls/asks.ts': { text: `export const x = (d: string) => d === 'rest';` },
  'src/store/transfer/asks.ts': { text: `export const x = (d: string) => d === 'rest';`, rule: 'house(protocol-names)' },
  'src/cli/asks.ts': {
    text: `declare const facets: Record<string, { protocol: string }>;\nexport const x = (d: string) => facets[d]?.protocol;`,
    rule: 'house(protocol-names)',
  },
  'src/extension/says.ts': {
    text: `export const x = (w: { showErrorMessage(t: string): void }) => w.showErrorMessage('x');`,
    rule: 'house(safe-messages)',
  },
  'src/extension/messages.ts': { text: `export const x = (w: { showErrorMessage(t: string): void }) => w.showErrorMessage('x');` },
  'src/extension/picks.ts': {
    text: `export const x = (w: { showQuickPick(o: object): void }) => w.showQuickPick({ ignoreFocusOut: true });`,
  },
  'src/extension/picks-itself.ts': {
    text: `export const x = (w: { showQuickPick(o: object): void }) => w.showQuickPick({});`,
    rule: 'house(lasting-questions)',
  },
  'src/extension/decides.ts': { text: `export const x = { ignoreFocusOut: true };`, rule: 'house(lasting-questions)' },
  'test/swallows.ts': {
    text: `export const x = () => { try { JSON.parse('') } catch { /* nothing */ } };`,
    rule: 'house(swallowed-error)',
  },
  'src/forms/speaks.ts': { text: `export const x = 'Delete the customer';`, rule: 'house(spoken-texts)' },
  'src/forms/speaks-icon.ts': { text: "export const x = '$(play) Run';", rule: 'house(spoken-texts)' },
  'src/forms/speaks-value.ts': { text: 'export const x = (n: string) => `${n} has no customer`;', rule: 'house(spoken-texts)' },
  'src/forms/speaks-quoted.ts': { text: 'export const x = (n: string) => `Run "${n}"`;', rule: 'house(spoken-texts)' },
  'src/forms/selects.ts': { text: 'export const x = (n: string) => [`{a b}`, `${n}.focus`];' },
  'src/forms/logs.ts': {
    text: `export const x = (log: { warn: (text: string) => void }): void => log.warn('The store is gone');`,
  },
  'src/api/early.ts': { text: `import { t } from '../l10n/texts';\nexport const x = t('Now');`, rule: 'house(early-texts)' },
  'src/forms/counts.ts': { text: 'export const x = (n: number) => n.toLocaleString();', rule: 'house(machine-locale)' },
  'src/cli/counts.ts': { text: 'export const x = (n: number) => n.toLocaleString(undefined, {});', rule: 'house(machine-locale)' },
  'src/cli/counts-in-english.ts': { text: "export const x = (n: number) => n.toLocaleString('en');" },
  'src/pages/dates.ts': { text: 'export const x = new Intl.DateTimeFormat(undefined, {});', rule: 'house(machine-locale)' },
  'src/pages/numbers.ts': { text: 'export const x = new Intl.NumberFormat();', rule: 'house(machine-locale)' },
  'src/api/names.ts': { text: 'export const x = (e: Error) => e.constructor.name;', rule: 'house(kept-names)' },
  'src/api/names-itself.ts': { text: 'export class A { x = new.target.name; }', rule: 'house(kept-names)' },
  'src/api/names-a-class.ts': { text: 'class Row {}\nexport const x = Row.name;', rule: 'house(kept-names)' },
  'src/api/names-a-row.ts': { text: 'export const x = (row: { name: string }) => row.name;' },
  'test/long.ts': { text: `// ${'x'.repeat(140)}\nexport {};`, rule: 'house(line-length)' },
  'test/long-text.ts': { text: `export const x = '${'x'.repeat(140)}';`, rule: 'house(line-length)' },
  'test/long-pattern.ts': { text: `export const x = /${'x'.repeat(140)}/;` },
  'src/forms/long.ts': { text: `export const x = '${'x'.repeat(140)}';` },
  'test/compares.ts': { text: `export const x = (a: unknown) => a == 1;`, rule: 'eslint(eqeqeq)' },
  'test/keeps.ts': { text: `const x = 1;\nexport {};`, rule: 'eslint(no-unused-vars)' },
};

test('each of the rules that are ours alone, and of those that need no types, refuses what it is for', async () => {
  const config = z.looseObject({}).parse(JSON.parse(await readFile(path.join(root, '.oxlintrc.json'), 'utf8')));
  await inNewFolder('maho-lint-', async (folder) => {
    const own = {
      ...config,
      jsPlugins: [path.join(root, 'scripts/lint/plugin.mjs')],
      options: {},
    };
    await writeFile(path.join(folder, '.oxlintrc.json'), JSON.stringify(own));
    for (const [file, { text }] of Object.entries(files)) {
      await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
      await writeFile(path.join(folder, file), text);
    }
    const { output } = await runNode([path.join(root, 'node_modules/oxlint/bin/oxlint'), '-f', 'json', '.'], {
      limit: LIMIT_MS,
      cwd: folder,
    });
    const { diagnostics } = report.parse(JSON.parse(output));
    for (const [file, { rule }] of Object.entries(files)) {
      const found = diagnostics.filter(({ filename }) => filename.split(path.sep).join('/').endsWith(file)).map(({ code }) => code);
      if (rule === undefined) assert.deepEqual(found, [], file);
      else assert.ok(found.includes(rule), `${file}: ${found.join(', ')}`);
    }
  });
});

test('an import is refused where no arrow leads, and nowhere else', () => {
  const cases: readonly (readonly [file: string, to: string, refused: boolean])[] = [
    ['src/api/faults/x.ts', '../../soap/y', true],
    ['src/soap/x.ts', '../api/y', false],
    ['src/api/x.ts', '../l10n/texts', false],
    ['src/l10n/x.ts', '../api/y', true],
    ['src/soap/x.ts', 'node:fs', true],
    ['src/soap/xml/utf8.ts', 'node:buffer', false],
    ['src/store/x.ts', 'node:fs', false],
    ['src/store/x.ts', 'vscode', true],
    ['src/extension/x.ts', 'vscode', false],
    ['src/webview/x.ts', 'node:fs', true],
    ['src/extension/sheet/x.ts', '../tree/y', false],
    ['src/extension/sheet/x.ts', '../table/y', true],
    ['src/extension/sheet/deep/x.ts', '../../table/y', true],
    ['src/extension/table/x.ts', '../find/y', false],
    ['src/extension/sheet/x.ts', '../features/y', true],
    ['src/extension/sheet/x.ts', '../messages', false],
    ['src/extension/features/x.ts', '../table/y', false],
    ['src/extension/sheet/x.ts', '../../webview/y', true],
    ['test/unit/x.test.ts', '../../src/store/y', false],
  ];
  for (const [file, to, refused] of cases) assert.equal(refusedImport(file, to) !== undefined, refused, `${file}: ${to}`);
});
