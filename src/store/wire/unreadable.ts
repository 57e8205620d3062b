import { ToolkitError } from '../../api/errors';
import { DecodeError } from '../../soap/xml/errors';

/**
 * A mistake of ours while an answer is read, as an error of that answer: the request is out, and the store may have done what
 * it asks for.
 */
export function unreadable(error: unknown, offset: number): ToolkitError {
  if (error instanceof ToolkitError) return error;
  const failure = new DecodeError(
    'unreadable',
    offset,
    `The answer could not be read: ${error instanceof Error ? error.message : String(error)}`,
  );
  failure.cause = error;
  return failure;
}
