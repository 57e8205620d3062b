import { speak, type Texts } from '../l10n/texts';
import { keepFocus } from './focus';

declare function acquireVsCodeApi(): { postMessage(message: unknown): void; getState(): unknown; setState(state: unknown): void };

/** The extension's side of a webview. The page sends `Request` and receives `Update`. */
export class Host<Request, Update> {
  readonly #api = acquireVsCodeApi();

  /** Create it before anything else: it sets the language of the page, and keeps the focus when parts of the page are replaced. */
  constructor() {
    speak(textsOfPage());
    keepFocus();
  }

  /**
   * The first message of the extension, which is part of the page's HTML; `undefined` for a page that kept a state, because that state is
   * newer.
   */
  get first(): Update | undefined {
    if (this.kept !== undefined) return undefined;
    const text = document.getElementById('first')?.textContent;
    return text === undefined || text === null ? undefined : (JSON.parse(text) as Update);
  }

  /** Sends a message to the extension. */
  send(request: Request): void {
    this.#api.postMessage(request);
  }

  /** Listens to messages of the extension. VS Code delivers only messages that this extension posted. */
  onUpdate(listener: (update: Update) => void): void {
    window.addEventListener('message', (event: MessageEvent<Update>) => {
      listener(event.data);
    });
  }

  /**
   * The state that the page stored when it was last shown. VS Code keeps it while the tab is hidden and when the window is reloaded.
   * Validate it before use.
   */
  get kept(): unknown {
    return this.#api.getState();
  }

  /** Stores a state to restore the page from later. It is written to disk, so it must not contain secrets. */
  keep(state: unknown): void {
    this.#api.setState(state);
  }
}

/** The texts that `webview-html.ts` put into the page. */
function textsOfPage(): Texts | undefined {
  const kept = document.getElementById('texts')?.textContent;
  if (kept === undefined || kept === null) return undefined;
  const texts: unknown = JSON.parse(kept);
  return isTexts(texts) ? texts : undefined;
}

function isTexts(value: unknown): value is Texts {
  return typeof value === 'object' && value !== null && 'language' in value && 'bundle' in value && typeof value.bundle === 'object';
}
