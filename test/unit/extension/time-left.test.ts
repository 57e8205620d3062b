import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { timeLeft } from '../../../src/extension/transfer/time-left';

const minutes = (count: number): number => count * 60_000;

describe('The remaining time of long work', () => {
  test('is estimated from the pace so far', () => {
    assert.equal(timeLeft(100, 300, minutes(1)), 'about 2 minutes left');
    assert.equal(timeLeft(100, 200, minutes(1.1)), 'about 1 minute left');
    assert.equal(timeLeft(100, 10_000, minutes(3)), 'about 5 hours left');
    assert.equal(timeLeft(290, 300, minutes(1)), 'less than a minute left');
  });

  test('is not shown while there is too little data, nor when everything is done', () => {
    assert.equal(timeLeft(0, 300, minutes(1)), undefined);
    assert.equal(timeLeft(10, 300, 1000), undefined);
    assert.equal(timeLeft(300, 300, minutes(1)), undefined);
  });
});
