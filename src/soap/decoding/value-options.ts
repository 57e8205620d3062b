import { plural, t } from '../../l10n/texts';
import { DecodeError } from '../xml/errors';
import type { ResourceRegistry } from '../../api/resources';
import type { SoapValue } from '../../api/value';

/** How the elements of a message become values. */
export interface ValueOptions {
  /** Receives each row of a top-level list as soon as it is complete. Rows are then not kept. */
  readonly onRow?: ((row: SoapValue, index: number) => void) | undefined;
  /** Keep WS-I's wrapper as PHP shows it, `{ complexObjectArray: [...] }`, instead of the plain list. */
  readonly wrappers?: boolean | undefined;
  /** The message is a request: its parts are arguments, and the value is a record of them. */
  readonly request?: boolean | undefined;
  /** Resources whose types are used where an element does not give its own; without it, the known ones. */
  readonly registry?: ResourceRegistry | undefined;
}

/**
 * How many values and how much text one message may unfold into, whatever its size on the wire: a few hundred kilobytes of gzip can
 * unfold into gigabytes.
 */
export interface ValueLimits {
  /** Number of values: fields of structures and maps, items of lists. */
  readonly values: number;
  /** Characters of text in all values together. */
  readonly text: number;
}

/** Far beyond an honest answer: 50,000 customers over V1 are 1.7 million values with 30 million characters. */
export const defaultValueLimits: ValueLimits = { values: 5_000_000, text: 256 * 1024 * 1024 };

/** The error for an answer that exceeds its limits. @param values how many there are so far @param offset bytes read so far */
export function tooMuch(limits: ValueLimits, values: number, offset: number): DecodeError {
  const what =
    values > limits.values
      ? plural(limits.values, 'The response contains more than {count} value', 'The response contains more than {count} values')
      : plural(
          limits.text,
          'The response contains more than {count} character of text',
          'The response contains more than {count} characters of text',
        );
  return new DecodeError('too-large', offset, what, t('Request less data at once, for example with a filter on customer_id.'));
}
