import assert from 'node:assert/strict';
import { ToolkitError } from '../../src/api/errors';
import { TransportError } from '../../src/store/wire/failure';

/** The error that something ends in; its message is one that people can read, without gaps where a value should stand. */
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

/** The same of a request that brought no answer. */
export async function transportFailure(promise: Promise<unknown>): Promise<TransportError> {
  const error = await failure(promise);
  assert.ok(error instanceof TransportError, String(error));
  return error;
}
