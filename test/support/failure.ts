import assert from 'node:assert/strict';
import { ToolkitError } from '../../src/api/errors';
import { TransportError } from '../../src/store/wire/failure';

/** The error of a rejected promise. Checks that its message is for people, without gaps instead of values. */
export async function failure(promise: Promise<unknown>): Promise<ToolkitError> {
  const error: unknown = await promise.then(
    () => new assert.AssertionError({ message: 'It should have failed.' }),
    (reason: unknown) => reason,
  );
  if (error instanceof assert.AssertionError) throw error;
  assert.ok(error instanceof ToolkitError, String(error));
  assert.doesNotMatch(error.message, /undefined|(?<!\/)\{\w+\}|\[\[/);
  return error;
}

/** The transport error of a request without a response. */
export async function transportFailure(promise: Promise<unknown>): Promise<TransportError> {
  const error = await failure(promise);
  assert.ok(error instanceof TransportError, String(error));
  return error;
}
