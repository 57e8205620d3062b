import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { day, duration, size } from '../../../src/pages/formats';

describe('Values for people', () => {
  test('show a time in the most readable unit, without rounding up to the next unit', () => {
    assert.deepEqual(
      [0.24, 9.96, 41.4, 999.4, 999.5, 1000, 61_234].map((ms) => duration(ms)),
      ['0.2 ms', '10 ms', '41 ms', '999 ms', '1.0 s', '1.0 s', '61.2 s'],
    );
  });

  test('show a size in the most readable unit', () => {
    assert.deepEqual(
      [0, 999, 1000, 999_949, 999_950, 12_345_678].map((bytes) => size(bytes)),
      ['0 B', '999 B', '1.0 kB', '999.9 kB', '1.0 MB', '12.3 MB'],
    );
  });

  test('show a day relative to today, also across the start of a month or a year', () => {
    const newYear = new Date(2027, 0, 1, 0, 30).getTime();
    const at = (year: number, month: number, date: number, hour = 12): string => day(new Date(year, month, date, hour).getTime(), newYear);
    assert.equal(at(2027, 0, 1, 0), 'Today');
    assert.equal(at(2026, 11, 31, 23), 'Yesterday');
    assert.match(at(2026, 11, 30), /Wednesday.*December.*2026|2026/);
    assert.doesNotMatch(day(new Date(2026, 2, 2).getTime(), new Date(2026, 2, 9).getTime()), /2026/);
  });
});
