import { ToolkitError } from '../../api/errors';
import { t } from '../../l10n/texts';

/** The error for a masked call. The store would get dots instead of the masked values. */
export function maskedCallError(): ToolkitError {
  return new ToolkitError('input', {
    code: 'history-masked',
    what: t('This call cannot be sent.'),
    why: t('It contained secrets, which the history does not keep.'),
    next: t('Save the exchange as a request file and fill in what is missing.'),
  });
}

/** The error for a request to REST, which no other dialect can express. */
export function onlyOverRestError(method: string): ToolkitError {
  return new ToolkitError('input', {
    code: 'rest-method',
    what: t('{method} is a REST request, which no SOAP dialect can send.', { method }),
    next: t('Compare a call such as customer.list, which works over both.'),
  });
}

/** The error for a raw envelope. It is written for one dialect, and only its request file can fill in the session. */
export function onlyFromFileError(): ToolkitError {
  return new ToolkitError('input', {
    code: 'raw-envelope',
    what: t('A raw envelope cannot be sent again from this view, or over another dialect.'),
    next: t('Run it from its request file. You can save an exchange of the history as a request file.'),
  });
}
