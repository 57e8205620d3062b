import * as vscode from 'vscode';
import type { ToolkitError } from '../../api/errors';
import { oneLine } from '../text';

/** The output channel "Maho SOAP". What goes into it is masked where it comes from and holds one line per event. */
export class Log implements vscode.Disposable {
  readonly #channel = vscode.window.createOutputChannel('Maho SOAP', { log: true });

  /** Writes one line, shortened where it is long; see {@link oneLine}. */
  info(text: string): void {
    this.#channel.info(oneLine(text));
  }

  warn(text: string): void {
    this.#channel.warn(oneLine(text));
  }

  /** An error of our own set is one line; the stack of a programming error is kept whole. */
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
