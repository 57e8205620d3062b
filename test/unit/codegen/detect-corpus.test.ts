import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { productMethods } from '../../../src/api/store-methods/products';
import { describedRegistry } from '../../../src/api/store-methods/registry';
import { completionsAt, diagnose, findCalls, type CodeLanguage } from '../../../src/codegen';
import { rounds } from '../../support/rounds';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const DEBIAN_PHP = '/usr/share/php';

/** Maximum number of files of one package, so that a large package does not displace all others. */
const MAX_OF_ONE = rounds(20);
const MAX_FILES = 4000;
/** Larger files are bundles. In UTF-8 bytes. */
const LARGEST = 400_000;

const languages: Readonly<Record<string, CodeLanguage>> = {
  js: 'typescript',
  mjs: 'typescript',
  cjs: 'typescript',
  ts: 'typescript',
  tsx: 'typescript',
  jsx: 'typescript',
  php: 'php',
};

/** Files of code below a folder, sorted by name, without those of nested packages. */
function filesOf(folder: string, most: number): string[] {
  const files: string[] = [];
  const folders = [folder];
  while (folders.length > 0 && files.length < most) {
    const next = folders.pop() ?? folder;
    const entries = readdirSync(next, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      const path = join(next, entry.name);
      if (entry.isDirectory() && entry.name !== 'node_modules') folders.push(path);
      else if (entry.isFile() && languageOf(path) !== undefined && statSync(path).size <= LARGEST && files.length < most) files.push(path);
    }
  }
  return files;
}

function languageOf(path: string): CodeLanguage | undefined {
  const end = path.slice(path.lastIndexOf('.') + 1);
  return Object.hasOwn(languages, end) ? languages[end] : undefined;
}

/** The catalogue together with every method of a current Maho. */
const everything = describedRegistry(await productMethods('maho'), { dialect: 'v2', complete: true, anyName: true });

/** Reads files as the editor does, and also as if the gate had let them through. */
function readAll(files: readonly string[], t: TestContext): void {
  let size = 0;
  for (const path of files) {
    const text = readFileSync(path, 'utf8');
    const language = languageOf(path) ?? 'typescript';
    size += text.length;
    for (const code of [text, `${text}\n// customerAddress`]) {
      assert.deepEqual(findCalls(code, language), [], path);
      assert.deepEqual(diagnose(code, language), [], path);
      assert.equal(completionsAt(code, code.length >> 1, language), undefined, path);
      assert.deepEqual(findCalls(code, language, everything), [], path);
      assert.deepEqual(diagnose(code, language, undefined, everything), [], path);
    }
  }
  t.diagnostic(`${files.length} files, ${(size / 1e6).toFixed(1)} million characters, no finding`);
}

test('the packages that this project depends on contain no call of this API', (t) => {
  const lock: unknown = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  assert.ok(typeof lock === 'object' && lock !== null && 'packages' in lock && typeof lock.packages === 'object' && lock.packages !== null);
  const folders = Object.keys(lock.packages)
    .filter((name) => /^node_modules\/(?:@[^/]+\/)?[^/]+$/.test(name) && existsSync(join(root, name)))
    .sort();
  const files = folders.flatMap((folder) => filesOf(join(root, folder), MAX_OF_ONE)).slice(0, MAX_FILES);
  assert.ok(files.length > 500, `${files.length} files`);
  // They include the package soap, which uses SOAP but calls nothing of this API.
  assert.ok(files.some((path) => path.includes(join('node_modules', 'soap', ''))));
  readAll(files, t);
});

test(
  'the PHP files of Debian packages contain no call of this API',
  { skip: existsSync(DEBIAN_PHP) ? false : `there is no ${DEBIAN_PHP}` },
  (t) => {
    const files = filesOf(DEBIAN_PHP, MAX_FILES);
    if (files.length === 0) {
      t.skip(`${DEBIAN_PHP} contains no PHP files`);
      return;
    }
    readAll(files, t);
  },
);
