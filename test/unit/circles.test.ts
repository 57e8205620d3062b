import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import ts from 'typescript';

const source = path.resolve(import.meta.dirname, '../../src');

/** The files that each file of a folder imports, including types and dynamic imports, by their paths from the folder. */
function importsIn(folder: string): ReadonlyMap<string, readonly string[]> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !file.endsWith('.d.ts'),
  );
  return new Map(
    files.map((file) => {
      const { importedFiles } = ts.preProcessFile(readFileSync(path.join(folder, file), 'utf8'), true, true);
      const targets = importedFiles.flatMap(({ fileName }) => {
        const base = path.join(path.dirname(file), fileName);
        const found = [`${base}.ts`, path.join(base, 'index.ts')].find((target) => existsSync(path.join(folder, target)));
        return fileName.startsWith('.') && found !== undefined ? [found] : [];
      });
      return [file, [...new Set(targets)]];
    }),
  );
}

/** Groups of files in which each file reaches every other one (Tarjan). */
function circlesOf(graph: ReadonlyMap<string, readonly string[]>): readonly (readonly string[])[] {
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const circles: string[][] = [];
  const visit = (file: string): number => {
    const number = order.size;
    order.set(file, number);
    open.push(file);
    let low = number;
    for (const target of graph.get(file) ?? []) {
      if (!order.has(target)) low = Math.min(low, visit(target));
      else if (open.includes(target)) low = Math.min(low, order.get(target) ?? low);
    }
    lowest.set(file, low);
    if (low === number) {
      const circle = open.splice(open.indexOf(file));
      if (circle.length > 1) circles.push(circle.sort());
    }
    return low;
  };
  for (const file of graph.keys()) if (!order.has(file)) visit(file);
  return circles;
}

test('circles are found, no matter what else leads to them', () => {
  const graph = new Map([
    ['a', ['b']],
    ['b', ['c', 'd']],
    ['c', ['a']],
    ['d', []],
    ['e', ['e', 'a']],
  ]);
  assert.deepEqual(circlesOf(graph), [['a', 'b', 'c']]);
});

test('no files of the source import each other in a circle, so that each can be read without the others', () => {
  const graph = importsIn(source);
  assert.ok(graph.size > 300 && (graph.get('soap/decoding/decode.ts') ?? []).includes('soap/decoding/values.ts'), 'imports are read');
  assert.deepEqual(circlesOf(graph), []);
});
