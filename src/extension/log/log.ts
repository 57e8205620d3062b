import * as vscode from 'vscode';
import type { ToolkitError } from '../../api/errors';
import { oneLine } from '../text';

/** The output channel "Maho SOAP". Callers mask what they write, and write one line per event. */
export class Log implements vscode.Disposable {
  readonly #channel = vscode.window.createOutputChannel('Maho SOAP', { log: true });

  /** Writes one line and shortens it if it is long. See {@link oneLine}. */
  info(text: string): void {
    this.#channel.info(oneLine(text));
  }

  warn(text: string): void {
    this.#channel.warn(oneLine(text));
  }

  /** Writes an error of our own set as one line. The stack of a programming error is written whole. */
  error(error: ToolkitError): void {
    this.#channel.error(oneLine(`${error.kind} ${error.code}: ${error.message}`));
    if (error.cause instanceof Error && error.cause.stack !== undefined) this.#channel.debug(error.cause.stack);
  }

  show(): void {
    this.#channel.show();
  }

  dispose(): void {
    this.#channel.dispose();
  }
}
