import * as vscode from 'vscode';
import { t } from '../../l10n/texts';
import { dialectLabels } from '../../api/dialect';
import type { RequestLogEntry } from '../../demo';
import { oneLine } from '../text';

/** The output channel "Maho SOAP Demo Store", with one line for each request that the demo store answered, from any client. */
export class DemoLog implements vscode.Disposable {
  #channel: vscode.LogOutputChannel | undefined;

  /** Writes one request. The first one creates the channel. */
  add({ dialect, method, args, user, status, fault, ms, bytes }: RequestLogEntry): void {
    const outcome = fault === undefined ? `HTTP ${status}` : `HTTP ${status}, fault ${fault.code}: ${fault.message}`;
    const line = oneLine(
      // oxlint-disable-next-line house/spoken-texts -- A line of the log, which stays English.
      `${dialectLabels[dialect]} ${method}(${args}) ${user ?? 'nobody'}: ${outcome}, ${ms.toFixed(1)} ms, ${bytes} bytes`,
    );
    this.#channel ??= vscode.window.createOutputChannel(t('Maho SOAP Demo Store'), { log: true });
    if (fault === undefined && status < 400) this.#channel.info(line);
    else this.#channel.warn(line);
  }

  /** Shows the channel. */
  show(): void {
    this.#channel ??= vscode.window.createOutputChannel(t('Maho SOAP Demo Store'), { log: true });
    this.#channel.show();
  }

  dispose(): void {
    this.#channel?.dispose();
  }
}
