import * as vscode from 'vscode';
import { isCodeDocument } from './languages';

/** Pause in typing after which a document is checked, in ms. */
const TYPING_PAUSE_MS = 300;

/** Reports each document in PHP, TypeScript and JavaScript when it is opened, and whenever typing in it pauses. */
export class TypingPauses implements vscode.Disposable {
  readonly #timers = new Map<vscode.TextDocument, NodeJS.Timeout>();
  readonly #subscription: vscode.Disposable;

  /**
   * @param onPause gets a document that may have been closed meanwhile
   * @param closed gets each document that was closed
   */
  constructor(
    private readonly onPause: (document: vscode.TextDocument) => void,
    closed: (document: vscode.TextDocument) => void = () => undefined,
  ) {
    const { workspace } = vscode;
    this.#subscription = vscode.Disposable.from(
      workspace.onDidOpenTextDocument((document) => {
        this.#later(document, 0);
      }),
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.#later(document, TYPING_PAUSE_MS);
      }),
      workspace.onDidCloseTextDocument((document) => {
        clearTimeout(this.#timers.get(document));
        this.#timers.delete(document);
        closed(document);
      }),
    );
    this.again();
  }

  /** Reports every open document again, because the knowledge about calls has changed. */
  again(): void {
    for (const document of vscode.workspace.textDocuments) this.#later(document, 0);
  }

  dispose(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    this.#subscription.dispose();
  }

  #later(document: vscode.TextDocument, pauseMs: number): void {
    if (!isCodeDocument(document)) return;
    clearTimeout(this.#timers.get(document));
    this.#timers.set(
      document,
      setTimeout(() => {
        this.#timers.delete(document);
        this.onPause(document);
      }, pauseMs),
    );
  }
}
