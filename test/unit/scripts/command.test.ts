import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runNode } from '../../../scripts/lib/command';

const LIMIT_MS = 600_000;

/** A program that starts another one and ends before it. */
const leaving = `
  const { spawn } = require('node:child_process');
  spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' }).unref();
  console.log('started');
  process.exit();
`;

test('a program that another one left running is ended and reported', async () => {
  const result = await runNode(['-e', leaving], { limit: LIMIT_MS, outputAfterEnd: 100 });
  assert.deepEqual([result.leftRunning, result.late, result.output], [true, false, 'started\n']);
});

test('the output of a program that leaves nothing running is complete', async () => {
  const result = await runNode(['-e', 'console.log("out"); console.error("error"); process.exitCode = 3'], { limit: LIMIT_MS });
  assert.deepEqual([result.code, result.leftRunning, result.output.split('\n').sort().join(' ').trim()], [3, false, 'error out']);
});
