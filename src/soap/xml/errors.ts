import { ToolkitError, type SoapValue } from '../../api';
import { explainFailure } from '../../api/faults/faults';
import { t } from '../../l10n/texts';

/** Why bytes could not be read as a SOAP message. */
export type DecodeCode =
  | 'cut-off'
  | 'malformed'
  | 'dtd'
  | 'processing-instruction'
  | 'too-deep'
  | 'too-large'
  | 'charset'
  | 'circular'
  | 'unreadable';

/** Bytes that are not a readable SOAP message. The error gives the position and keeps the values decoded before it. */
export class DecodeError extends ToolkitError {
  /** The values decoded before the error: complete rows of a list, or nothing. Set by the decoder. */
  partial: { readonly rows: number; readonly value: SoapValue } | undefined;

  constructor(
    code: DecodeCode,
    /** Offset in bytes from the first byte of the body. */
    readonly offset: number,
    what: string,
    next?: string,
  ) {
    const known = explainFailure(code);
    super('decode', {
      code,
      what: t('{what} (byte {offset}).', { what: what.replace(/\.$/, ''), offset }),
      why: known.why,
      next: next ?? known.next,
    });
  }
}
