declare function acquireVsCodeApi(): { postMessage(message: unknown): void };

/** The extension on the other side of the webview. Each page says what it asks for and what it is told. */
export class Host<Request, Update> {
  readonly #api = acquireVsCodeApi();

  /** Asks the extension for something. */
  send(request: Request): void {
    this.#api.postMessage(request);
  }

  /** Listens to the extension. VS Code delivers nothing else to this window than what our own extension posts. */
  onUpdate(listener: (update: Update) => void): void {
    window.addEventListener('message', (event: MessageEvent<Update>) => { listener(event.data); });
  }
}
