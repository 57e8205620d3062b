import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFile, cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import * as z from 'zod/mini';

const root = path.resolve(import.meta.dirname, '../../..');

/** By rule: code that it must refuse. */
const refused: Readonly<Record<string, string>> = {
  'await-thenable': 'export async function f(): Promise<void> { await 1; }',
  'no-array-delete': 'export function f(list: number[]): void { delete list[0]; }',
  'no-base-to-string': 'export const f = (value: object): string => String(value);',
  'no-duplicate-type-constituents': "export type T = 'a' | 'a';",
  'no-floating-promises': 'export function f(): void { Promise.resolve(1); }',
  'no-for-in-array': 'export function f(list: number[]): void { for (const at in list) console.log(at); }',
  'no-implied-eval': "export function f(): void { setTimeout('alert()', 1); }",
  'no-misused-promises': 'export function f(list: number[]): void { list.forEach(async () => { await Promise.resolve(); }); }',
  'no-redundant-type-constituents': "export type T = string | 'a';",
  'no-unnecessary-type-assertion': 'export const f = (value: string): string => value as string;',
  'no-unsafe-argument': 'export const f = (value: any): number => Math.abs(value);',
  'no-unsafe-assignment': 'export function f(value: any): void { const kept = value; console.log(typeof kept); }',
  'no-unsafe-call': 'export function f(value: any): void { value(); }',
  'no-unsafe-enum-comparison': 'enum E { A = 1 }\nexport const f = (value: E): boolean => value === 1;',
  'no-unsafe-member-access': 'export function f(value: any): void { console.log(typeof value.name); }',
  'no-unsafe-return': 'export function f(value: any): number { return value; }',
  'no-unsafe-unary-minus': 'export const f = (value: string): number => -value;',
  'only-throw-error': "export function f(): never { throw 'text'; }",
  'prefer-promise-reject-errors': "export const f = (): Promise<never> => Promise.reject('text');",
  'require-await': 'export async function f(): Promise<number> { return 1; }',
  'restrict-plus-operands': 'export const f = (value: bigint): unknown => value + 1;',
  'unbound-method': 'class C { f(): unknown { return this; } }\nexport const { f } = new C();',
  'prefer-readonly': 'export class C { #kept = 1; f(): number { return this.#kept; } }',
  'restrict-template-expressions': 'export const f = (value: object): string => `${value}`;',
  'switch-exhaustiveness-check': "export function f(value: 'a' | 'b'): number { switch (value) { case 'a': return 1; } return 2; }",
};

/** What the options of the rules allow. */
const allowed = [
  'export const f = (value: number, other: boolean): string => `${value} ${other}`;',
  "export function f(value: 'a' | 'b'): number { switch (value) { case 'a': return 1; default: return 2; } }",
];

/** Registers a test without awaiting it, which only tests may do. */
const registers = "import { test } from 'node:test';\ntest('a', () => undefined);";

const settings = z.object({
  rules: z.record(z.string(), z.unknown()),
  overrides: z.array(z.object({ files: z.array(z.string()), rules: z.record(z.string(), z.unknown()) })),
});
const report = z.object({ diagnostics: z.array(z.object({ code: z.string(), filename: z.string() })) });

test('each rule of the linter that knows types refuses what it should, and nothing that its options allow', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'maho-soap-lint-'));
  try {
    for (const name of ['.oxlintrc.json', 'tsconfig.json']) await copyFile(path.join(root, name), path.join(folder, name));
    await cp(path.join(root, 'scripts/lint'), path.join(folder, 'scripts/lint'), { recursive: true });
    await symlink(path.join(root, 'node_modules'), path.join(folder, 'node_modules'), 'junction');
    await mkdir(path.join(folder, 'src'));
    await mkdir(path.join(folder, 'test'));
    for (const [rule, code] of Object.entries(refused)) await writeFile(path.join(folder, 'src', `${rule}.ts`), `${code}\n`);
    for (const [index, code] of allowed.entries()) await writeFile(path.join(folder, 'src', `allowed-${index}.ts`), `${code}\n`);
    await writeFile(path.join(folder, 'src', 'registers.ts'), registers);
    await writeFile(path.join(folder, 'test', 'registers.ts'), registers);
    const { stdout, stderr } = spawnSync(process.execPath, [path.join(root, 'node_modules/oxlint/bin/oxlint'), '--format', 'json', '.'], {
      cwd: folder,
      encoding: 'utf8',
    });
    assert.equal(stderr, '');
    const found = report.parse(JSON.parse(stdout)).diagnostics.map(({ code, filename }) => `${filename.replaceAll('\\', '/')} ${code}`);
    for (const rule of Object.keys(refused))
      assert.ok(found.includes(`src/${rule}.ts typescript(${rule})`), `${rule} says nothing; found:\n${found.join('\n')}`);
    assert.deepEqual(
      found.filter((line) => /allowed|registers/.test(line)),
      ['src/registers.ts typescript(no-floating-promises)'],
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test('each rule of the linter that knows types is an error, and has code above that it refuses', async () => {
  const { rules, overrides } = settings.parse(JSON.parse(await readFile(path.join(root, '.oxlintrc.json'), 'utf8')));
  assert.deepEqual(
    Object.keys(rules).sort(),
    Object.keys(refused)
      .map((rule) => `typescript/${rule}`)
      .sort(),
  );
  const set = [...Object.entries(rules), ...overrides.flatMap((each) => Object.entries(each.rules))];
  for (const [rule, level] of set.filter(([name]) => Object.hasOwn(rules, name)))
    assert.equal(Array.isArray(level) ? level[0] : level, 'error', rule);
});
