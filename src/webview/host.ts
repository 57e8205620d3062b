import { speak, type Texts } from '../l10n/texts';

declare function acquireVsCodeApi(): { postMessage(message: unknown): void; getState(): unknown; setState(state: unknown): void };

/** The extension on the other side of a webview, which asks with `Request` and is answered with `Update`. */
export class Host<Request, Update> {
  readonly #api = acquireVsCodeApi();

  /** Made first of all: from here on, the page speaks the language that it was handed over with. */
  constructor() {
    speak(textsOfPage());
  }

  /**
   * What the page was handed over with, for a page that was not shown before: what is kept for one that was is newer. It is what the
   * extension would post.
   */
  get first(): Update | undefined {
    if (this.kept !== undefined) return undefined;
    const text = document.getElementById('first')?.textContent;
    return text === undefined || text === null ? undefined : (JSON.parse(text) as Update);
  }

  /** Asks the extension for something. */
  send(request: Request): void {
    this.#api.postMessage(request);
  }

  /** Listens to the extension. VS Code delivers nothing else to this window than what our own extension posts. */
  onUpdate(listener: (update: Update) => void): void {
    window.addEventListener('message', (event: MessageEvent<Update>) => {
      listener(event.data);
    });
  }

  /**
   * What the page kept when it was last shown: VS Code keeps it while the tab is hidden and when the window is reloaded. Whatever it is,
   * check it.
   */
  get kept(): unknown {
    return this.#api.getState();
  }

  /** Keeps something for the time when this page is shown anew. It is written to disk: never a secret. */
  keep(state: unknown): void {
    this.#api.setState(state);
  }
}

/** What `webview-html.ts` put beside the page. */
function textsOfPage(): Texts | undefined {
  const kept = document.getElementById('texts')?.textContent;
  if (kept === undefined || kept === null) return undefined;
  const texts: unknown = JSON.parse(kept);
  return isTexts(texts) ? texts : undefined;
}

function isTexts(value: unknown): value is Texts {
  return typeof value === 'object' && value !== null && 'language' in value && 'bundle' in value && typeof value.bundle === 'object';
}
