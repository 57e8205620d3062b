import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { dialects } from '../../api/dialect';
import type { ResponseRequest } from '../../pages/response-messages';
import { soapValue } from '../../api/types';
import { isList, isRecord } from '../../api/value';
import { t } from '../../l10n/texts';
import type { CopyAs } from '../calls/copy-as';
import type { ErrorReporter } from '../errors/error-reporter';
import type { ActiveStore } from '../stores/active-store';
import { ColumnMemory } from '../grid/column-memory';
import { names } from '../names';
import { oneLine } from '../text';
import { webviewHtml, webviewRoots } from '../webview-html';
import type { ExchangeDocuments } from './exchange-documents';
import type { Call, CallOutcome, ExchangeKeeper, OutcomePresenter } from '../calls/outcome';
import type { Remembered, ResponseView } from './response-view';

const COLUMNS_KEY = 'mahoSoap.responseColumns';
/** Number of methods whose columns are remembered. */
const MAX_METHODS = 50;

/** The state that a page kept. See `ResponseMemory`. It comes from outside, so it is validated. */
const keptPage = z.looseObject({ memory: z.string().check(z.maxLength(200_000)) });
const memory = z.object({
  title: z.string(),
  store: z.string(),
  call: z.optional(z.object({ method: z.string(), args: z.optional(soapValue), dialect: z.optional(z.enum(dialects)) })),
});

/** The dependencies of response views. */
export interface ResponseViewsPorts {
  readonly extension: vscode.Uri;
  readonly active: ActiveStore;
  readonly documents: ExchangeDocuments;
  readonly copyAs: CopyAs;
  readonly errors: ErrorReporter;
  readonly history: ExchangeKeeper;
  /** Keeps the chosen columns of each method. */
  readonly memory: vscode.Memento;
}

/** Shows outcomes beside the editor. One view is reused until the user keeps it. The next outcome then opens another view. */
export class ResponseViews implements OutcomePresenter, vscode.WebviewPanelSerializer, vscode.Disposable {
  readonly #views = new Set<ResponseView>();
  /** The view that the next outcome will be shown in. */
  #preview: ResponseView | undefined;
  #arrived: Promise<void> = Promise.resolve();

  readonly #columns: ColumnMemory;

  constructor(private readonly ports: ResponseViewsPorts) {
    this.#columns = new ColumnMemory(ports.memory, COLUMNS_KEY, MAX_METHODS);
  }

  show(outcome: CallOutcome): void {
    // One at a time: two outcomes that arrive together must not open two views.
    this.#arrived = this.#arrived
      .then(() => this.#show(outcome))
      .catch((error: unknown) => {
        this.ports.errors.report(error);
      });
  }

  /** The active view, or else a visible one, for commands. */
  get current(): ResponseView | undefined {
    return [...this.#views].find(({ panel }) => panel.active) ?? [...this.#views].find(({ panel }) => panel.visible);
  }

  /** Carries out a request in the active view, if there is one. */
  async do(request: ResponseRequest): Promise<void> {
    await this.current?.do(request);
  }

  /** Called by VS Code for views that were open when the window was reloaded. Their outcome is gone, but the call may be remembered. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel, kept: unknown): Promise<void> {
    const view = await this.#adopt(panel);
    view.remember(this.#remembered(kept));
    this.#preview ??= view;
  }

  dispose(): void {
    for (const { panel } of [...this.#views]) panel.dispose();
  }

  async #show(outcome: CallOutcome): Promise<void> {
    const shown = this.#preview;
    if (shown !== undefined && !shown.running) {
      shown.show(outcome);
      shown.panel.reveal(undefined, true);
      return;
    }
    // The existing view is waiting for its own outcome, so this outcome opens another view in the same column.
    const panel = vscode.window.createWebviewPanel(names.responsePanel, t('Response'), {
      viewColumn: shown?.panel.viewColumn ?? vscode.ViewColumn.Beside,
      preserveFocus: true,
    });
    this.#preview = await this.#adopt(panel);
    this.#preview.show(outcome);
  }

  async #adopt(panel: vscode.WebviewPanel): Promise<ResponseView> {
    const { extension, documents, copyAs, errors, history } = this.ports;
    // The view loads traps, decoders and more, which are only needed once there is something to show.
    const { ResponseView } = await import('./response-view');
    panel.webview.options = { enableScripts: true, localResourceRoots: webviewRoots(extension) };
    const view = new ResponseView(panel, {
      documents,
      copyAs,
      errors,
      history,
      columns: this.#columns,
      keep: (kept) => {
        if (this.#preview === kept) this.#preview = undefined;
      },
    });
    this.#views.add(view);
    panel.onDidDispose(() => {
      this.#views.delete(view);
      if (this.#preview === view) this.#preview = undefined;
    });
    panel.webview.html = webviewHtml(panel.webview, extension, {
      title: t('Response'),
      script: 'response.js',
      styles: ['grid.css', 'response.css'],
    });
    return view;
  }

  #remembered(kept: unknown): Remembered {
    const known = readMemory(kept);
    const words = t('Responses are not kept when the window is reloaded.');
    if (known === undefined) return { title: t('Response'), words, rerun: undefined };
    const { title, call, store: id } = known;
    if (call === undefined)
      return {
        title,
        words: `${words} ${t('The call is not kept either: it contained a secret, was too long, or was a raw envelope.')}`,
        rerun: undefined,
      };
    return {
      title,
      words,
      rerun: async (signal) => {
        const store =
          this.ports.active.all.find((candidate) => candidate.id === id) ??
          (await this.ports.active.choose(
            t('The store of {title} no longer exists. Select a store to run it on', { title: oneLine(title) }),
          ));
        if (store === undefined) return undefined;
        const { runAgain } = await import('./run-again');
        return await runAgain(call, store, { history: this.ports.history, title, signal });
      },
    };
  }
}

function readMemory(kept: unknown): { readonly title: string; readonly store: string; readonly call: Call | undefined } | undefined {
  const page = keptPage.safeParse(kept);
  if (!page.success) return undefined;
  const { data } = memory.safeParse(jsonOrNothing(page.data.memory));
  if (data === undefined) return undefined;
  const { title, store, call } = data;
  return {
    title,
    store,
    call: call === undefined ? undefined : { method: call.method, args: argumentsOf(call.args), dialect: call.dialect },
  };
}

function argumentsOf(value: unknown): Call['args'] {
  const { data } = soapValue.safeParse(value);
  return isRecord(data) || isList(data) ? data : undefined;
}

function jsonOrNothing(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
