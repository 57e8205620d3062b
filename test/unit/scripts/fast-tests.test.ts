import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { longTests, quickTests } from '../../../scripts/lib/fast-tests';

const long = 'codegen/detect.test.ts';
const tests = [
  { file: '/out/a.mjs', name: 'api/advice.test.ts', sources: new Set(['test/unit/api/advice.test.ts', 'src/api/faults/advice.ts']) },
  { file: '/out/b.mjs', name: long, sources: new Set([`test/unit/${long}`, 'src/codegen/detect/scan.ts']) },
];
const names = (changed: readonly string[]): string[] => quickTests(tests, new Set(changed)).map(({ name }) => name);

describe('npm run test:fast', () => {
  test('names long tests that exist', () => {
    const unit = path.resolve(import.meta.dirname, '..');
    assert.deepEqual(
      [...longTests].filter((name) => !existsSync(path.join(unit, name))),
      [],
    );
    assert.ok(longTests.has(long));
  });

  test('leaves a long test out', () => {
    assert.deepEqual(names([]), ['api/advice.test.ts']);
    assert.deepEqual(names(['src/api/faults/advice.ts', 'README.md']), ['api/advice.test.ts']);
  });

  test('runs a long test when it, or something that it is made of, was changed', () => {
    assert.deepEqual(names([`test/unit/${long}`]), ['api/advice.test.ts', long]);
    assert.deepEqual(names(['src/codegen/detect/scan.ts']), ['api/advice.test.ts', long]);
  });
});
