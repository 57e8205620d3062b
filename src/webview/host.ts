import type { SheetRequest, SheetUpdate } from '../api/messages';

declare function acquireVsCodeApi(): { postMessage(message: unknown): void };

/** The extension on the other side of the webview. */
export class Host {
  readonly #api = acquireVsCodeApi();

  /** Asks the extension for something. */
  send(request: SheetRequest): void {
    this.#api.postMessage(request);
  }

  /** Listens to the extension. VS Code delivers nothing else to this window than what our own extension posts. */
  onUpdate(listener: (update: SheetUpdate) => void): void {
    window.addEventListener('message', (event: MessageEvent<SheetUpdate>) => { listener(event.data); });
  }
}
