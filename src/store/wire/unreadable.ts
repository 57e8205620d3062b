import { ToolkitError } from '../../api/errors';
import { t } from '../../l10n/texts';
import { DecodeError } from '../../soap/xml/errors';

/**
 * A bug of the toolkit while it reads an answer, as an error of that answer: the request was sent, and the store may have
 * executed it.
 */
export function readingBug(error: unknown, offset: number): ToolkitError {
  if (error instanceof ToolkitError) return error;
  const failure = new DecodeError(
    'unreadable',
    offset,
    t('The response could not be read: {why}', { why: error instanceof Error ? error.message : String(error) }),
  );
  failure.cause = error;
  return failure;
}
