import { ToolkitError } from '../../api/errors';
import { t } from '../../l10n/texts';

/** The error for a command whose row VS Code could not find. The entry loads it only then, since the entry has no errors of its own. */
export function lostRowError(): ToolkitError {
  return new ToolkitError('input', {
    code: 'row-lost',
    what: t('The command did not run because the view was reading its rows again.'),
    next: t('Run the command on the row again.'),
  });
}
