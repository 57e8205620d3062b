// A reporter for Node's test runner: one JSON line for each test (test-event.ts). It is JavaScript, because Node 20 loads reporters before tsx.
import path from 'node:path';
import { inspect } from 'node:util';

/** @typedef {import('node:test/reporters').TestEvent} NodeEvent */
/** @typedef {Extract<NodeEvent, { type: 'test:pass' | 'test:fail' }>} Ended */
/** @typedef {import('./test-event').TestEvent} TestEvent */

/** @param {AsyncIterable<NodeEvent>} source */
export default async function* report(source) {
  for await (const event of source) {
    if (event.type !== 'test:pass' && event.type !== 'test:fail') continue;
    const line = toLine(event);
    if (line) yield `${JSON.stringify(line)}\n`;
  }
}

/**
 * @param {Ended} event
 * @returns {TestEvent | undefined}
 */
function toLine(event) {
  const { data } = event;
  const file = path.basename(data.file ?? '').replace(/\.mjs$/, '.ts');
  // Node reports a test that a helper registered with the helper's file, which is not useful here.
  const name = file.includes('.test.') ? `${file}: ${data.name}` : data.name;
  if (event.type === 'test:fail') {
    const { error } = event.data.details;
    // The subtest was already reported.
    if ('failureType' in error && error.failureType === 'subtestsFailed') return undefined;
    return { kind: 'failed', name, message: describe(error) };
  }
  if (data.skip !== undefined && data.skip !== false)
    return { kind: 'skipped', name, reason: data.skip === true || data.skip === '' ? 'no reason given' : data.skip };
  if (data.todo !== undefined && data.todo !== false) return { kind: 'skipped', name, reason: 'still to be written' };
  return data.details.type === 'suite' ? undefined : { kind: 'passed', name, file, ms: Math.round(data.details.duration_ms) };
}

/**
 * The error that a test threw, which Node wraps.
 * @param {Error} error
 */
function describe(error) {
  const cause = error.cause ?? error;
  return cause instanceof Error ? (cause.stack ?? cause.message) : inspect(cause);
}
