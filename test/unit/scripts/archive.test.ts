import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { brotliDecompressSync } from 'node:zlib';
import { packFiles, unpackFiles } from '../../../scripts/lib/archive';

const files = new Map([
  ['b.xml', Buffer.from('<a/>')],
  ['a.raw', Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))],
  ['empty', Buffer.alloc(0)],
  ['block', Buffer.alloc(512, 'x')],
  ['long', Buffer.alloc(100_001, 'äöü')],
  ['x'.repeat(99), Buffer.from('1')],
]);

test('an archive gives back the bytes of every file, whatever their number', () => {
  assert.deepEqual(new Map(unpackFiles(packFiles(files))), new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1))));
  assert.deepEqual(new Map(unpackFiles(packFiles(new Map()))), new Map());
});

test('the same files make the same archive in whatever order they come', () => {
  assert.deepEqual(packFiles(new Map([...files].reverse())), packFiles(files));
});

test('a name that would be cut is refused', () => {
  assert.throws(() => packFiles(new Map([['x'.repeat(100), Buffer.alloc(1)]])), /too long/);
});

test('tar lists what is inside', { skip: spawnSync('tar', ['--version']).error === undefined ? false : 'tar is not installed' }, () => {
  const { stdout, status } = spawnSync('tar', ['-tf', '-'], { input: brotliDecompressSync(packFiles(files)), encoding: 'utf8' });
  assert.deepEqual([status, stdout.split('\n').filter((line) => line !== '')], [0, [...files.keys()].sort()]);
});
