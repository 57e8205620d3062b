// A reporter for `node --test`: one JSON line for each test (test-event.ts). It is JavaScript, because Node 20 loads reporters before tsx.
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
  if (standsForFile(event)) {
    // Node reports a file as a test only when it has no tests or could not be run completely.
    const message = event.type === 'test:pass' ? 'This file holds no test.' : 'This file could not be run to its end; the log says why.';
    return { kind: 'failed', name: file, message };
  }
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

/** @param {Ended} event */
function standsForFile({ data }) {
  return data.file !== undefined && data.nesting === 0 && path.resolve(data.name) === data.file;
}

/**
 * The error that a test threw, which Node wraps.
 * @param {Error} error
 */
function describe(error) {
  const cause = error.cause ?? error;
  return cause instanceof Error ? (cause.stack ?? cause.message) : inspect(cause);
}
