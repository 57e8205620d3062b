// Newcomers begin with ARCHITECTURE.md, so the files and names that it mentions must exist.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

const root = path.resolve(import.meta.dirname, '../..');
const text = readFileSync(path.join(root, 'ARCHITECTURE.md'), 'utf8');

/** The names in backticks, with `{a,b}` expanded. */
const named = [...text.matchAll(/`([^`\n]+)`/g)].flatMap(([, name = '']) => {
  const [, before = '', parts = '', after = ''] = /^(.*)\{([^}]*)\}(.*)$/.exec(name) ?? [];
  return parts.includes(',') ? parts.split(',').map((part) => `${before}${part}${after}`) : [name];
});

/** Paths from the root, with `/` between folders. */
const there = ['src', 'test', 'scripts', 'docs', 'media', 'l10n'].flatMap((folder) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => !entry.parentPath.includes('node_modules'))
    .map((entry) => {
      const from = path.relative(root, path.join(entry.parentPath, entry.name)).split(path.sep).join('/');
      return entry.isDirectory() ? `/${from}/` : `/${from}`;
    }),
);

test('each file and folder that ARCHITECTURE.md names exists, from the root or from the folder of its section', () => {
  const paths = named.filter((name) => /^[\w./-]+\.(?:ts|mjs|css|md)$|^[\w./-]+\/$/.test(name));
  assert.ok(paths.length > 80, `${paths.length} paths are read`);
  const top = readdirSync(root);
  assert.deepEqual(
    paths.filter((name) => !top.includes(name.replace(/\/$/, '')) && !there.some((file) => file.endsWith(`/${name}`))),
    [],
  );
});

test('each name of code in ARCHITECTURE.md is in the source or the scripts', () => {
  const names = named.filter((name) => /^[A-Za-z]+(?:\.[a-z]\w*)?(?:\(\))?$/.test(name) && /[a-z][A-Z]/.test(name));
  assert.ok(names.length > 20, `${names.length} names are read`);
  const code = there
    .filter((file) => /^\/(?:src|scripts|test\/(?:support|unit|fuzz))\/.*\.(?:ts|mjs)$/.test(file))
    .map((file) => readFileSync(path.join(root, file), 'utf8'))
    .join('\n');
  assert.deepEqual(
    names.filter((name) => !name.split('.').every((part) => new RegExp(`\\b${part.replace('()', '')}\\b`).test(code))),
    [],
  );
});
