import * as vscode from 'vscode';
import { toToolkitError, type ToolkitError } from '../../api/errors';
import { t } from '../../l10n/texts';
import type { Log } from '../log/log';
import { helpCommand } from '../help-link';
import { showError, showWarning } from '../messages';
import { oneLine } from '../text';

/** Reports an error of a task that the user is waiting for. */
export class ErrorReporter {
  constructor(private readonly log: Log) {}

  /** Shows an error in a notification and writes all of it to the log. A cancellation is not shown, since the user caused it. */
  report(error: unknown): void {
    if (error instanceof vscode.CancellationError) return;
    const known = toToolkitError(error);
    this.log.error(known);
    void this.#show(known);
  }

  async #show(error: ToolkitError): Promise<void> {
    const [log, more] = [t('Show Log'), t('Learn More')];
    // Loaded late, because it contains the pages of all traps.
    const { topicOf } = await import('../topics');
    const topic = topicOf(error.words);
    // Nothing failed when a command did not run for a row that VS Code was reading again.
    const show = error.code === 'row-lost' ? showWarning : showError;
    const chosen = await show(oneLine(error.message), ...(topic === undefined ? [log] : [more, log]));
    if (chosen === log) this.log.show();
    if (chosen === more && topic !== undefined) await vscode.commands.executeCommand(helpCommand, ...topic);
  }
}
