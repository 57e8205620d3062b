import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RunningRequests } from '../../../src/extension/requests/running-requests';

const [file, other] = ['file:///a.maho.json', 'file:///b.maho.json'];

test('a run that ends first does not affect the other run of the same file', () => {
  const running = new RunningRequests();
  const [one, two] = [{ uri: file }, { uri: file }];
  running.started(one, 'List');
  running.started(two, 'Create');
  running.finished(one, 'List');
  running.ended(one);
  assert.deepEqual([running.has(file, 'List'), running.has(file, 'Create'), running.has(other, 'Create')], [false, true, false]);
  running.ended(two);
  assert.equal(running.has(file, 'Create'), false);
});

test('a request that runs twice at the same time is running until both have ended, and each run has a separate entry', () => {
  const running = new RunningRequests();
  const [one, two] = [{ uri: file }, { uri: file }];
  for (const run of [one, two]) running.started(run, 'List');
  running.finished(two, 'List');
  assert.deepEqual([running.has(file, 'List'), running.hasIn(one, 'List'), running.hasIn(two, 'List')], [true, true, false]);
  running.ended(one);
  assert.equal(running.has(file, 'List'), false);
});
