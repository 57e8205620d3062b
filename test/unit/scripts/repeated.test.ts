import assert from 'node:assert/strict';
import { test } from 'node:test';
import { repeatedRuns } from '../../../scripts/lib/repeated';
import type { TestEvent } from '../../../scripts/lib/test-event';

const passed = (name: string): TestEvent => ({ kind: 'passed', name });
const failed = (name: string): TestEvent => ({ kind: 'failed', name, message: 'It did not hold.' });

test('says of each test that failed in which of the runs it did', () => {
  const text = repeatedRuns([
    { events: [passed('a'), failed('b | c')], seconds: 61.4 },
    { events: [passed('a'), passed('b | c')], seconds: 59.6 },
    { events: [failed('a'), failed('b | c'), { kind: 'skipped', name: 'd', reason: 'no PHP' }], seconds: 70 },
  ]);
  assert.deepEqual(text.split('\n'), [
    '| Run | Passed | Failed | Skipped | Seconds |',
    '| --- | ------ | ------ | ------- | ------- |',
    '| 1   | 1      | 1      | 0       | 61      |',
    '| 2   | 2      | 0      | 0       | 60      |',
    '| 3   | 0      | 2      | 1       | 70      |',
    '',
    '| Failed | 1 | 2 | 3 | Runs   |',
    '| ------ | - | - | - | ------ |',
    '| b \\| c | x |   | x | 2 of 3 |',
    '| a      |   |   | x | 1 of 3 |',
  ]);
});

test('says that nothing failed', () => {
  assert.match(
    repeatedRuns([
      { events: [passed('a')], seconds: 1 },
      { events: [passed('a')], seconds: 1 },
    ]),
    /Nothing failed in 2 runs\.$/,
  );
});
