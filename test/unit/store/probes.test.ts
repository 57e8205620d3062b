import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as z from 'zod/mini';
import { TransportError } from '../../../src/store/wire/failure';
import { within } from '../../../src/store/calls/limit';
import { reach, shakeHands } from '../../../src/store/doctor/probes';
import { serveRaw } from '../../support/loopback';

/** Collects garbage now: what nobody holds any more is gone afterwards. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  z.custom<() => void>((value) => typeof value === 'function').parse(runInNewContext('gc'))();
}

test('a probe ends at its limit, though garbage is collected meanwhile', async (t) => {
  // Accepts and never shakes hands.
  const silent = await serveRaw(t, () => undefined);
  const shaking = shakeHands(new URL(silent.url.replace('http:', 'https:')), { timeout: 300, signal: new AbortController().signal });
  const refused = assert.rejects(shaking, (error) => error instanceof TransportError && error.failure !== 'cancelled');
  for (let round = 0; round < 5; round++) {
    await new Promise((resolve) => setImmediate(resolve));
    collectGarbage();
  }
  await refused;
});

test('a probe that was cancelled before it began sends nothing', async (t) => {
  const store = await serveRaw(t, () => undefined);
  await assert.rejects(reach(new URL(store.url), { timeout: 10_000, signal: AbortSignal.abort() }), { code: 'cancelled' });
  assert.equal(store.connections, 0);
});

test('a probe under way ends with its signal', async (t) => {
  const stop = new AbortController();
  const silent = await serveRaw(t, () => {
    stop.abort();
  });
  await assert.rejects(shakeHands(new URL(silent.url.replace('http:', 'https:')), { timeout: 10_000, signal: stop.signal }), {
    code: 'cancelled',
  });
});

test('a limit tells whether its time or the other signal ended it, and neither once it is let go of', async () => {
  const stop = new AbortController();
  const cancelled = within(60_000, stop.signal);
  stop.abort();
  assert.deepEqual([cancelled.signal.aborted, cancelled.timedOut], [true, false]);
  cancelled.end();
  assert.equal(within(60_000, AbortSignal.abort()).signal.aborted, true);
  const keepAlive = setInterval(() => undefined, 1000);
  try {
    const late = within(1);
    await once(late.signal, 'abort');
    assert.equal(late.timedOut, true);
  } finally {
    clearInterval(keepAlive);
  }
  const other = new AbortController();
  const over = within(60_000, other.signal);
  over.end();
  other.abort();
  assert.equal(over.signal.aborted, false);
});
