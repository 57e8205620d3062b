import * as vscode from 'vscode';
import type { Exchange } from '../../store/wire/exchange';
import { formatNumber, t } from '../../l10n/texts';
import { names } from '../names';
import type { Documents } from '../lazy/lazy-documents';
import { confirmed } from '../messages';
import { isJson, prettyMessage } from './pretty-message';

/** Longest document, in characters. Editors get slow with longer ones. */
const MAX_DOCUMENT_CHARS = 5_000_000;

/** A message of an exchange. */
export type MessagePart = 'request' | 'response';
/** `pretty`: indented. `exact`: as it was sent, secrets masked. */
export type MessageForm = 'pretty' | 'exact';

/** Requests and responses as read-only documents, secrets masked. The text is kept as long as its document is open. */
export class ExchangeDocuments implements Documents, vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #subscription: vscode.Disposable;

  constructor() {
    this.#subscription = vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      this.#texts.delete(uri.toString());
    });
  }

  /** Opens one message of an exchange. */
  async open(exchange: Exchange, part: MessagePart, form: MessageForm, column: vscode.ViewColumn | undefined): Promise<void> {
    const body = (part === 'request' ? exchange.request.body : exchange.response?.body) ?? '';
    const uri = this.#add(nameOf(exchange.method, part, form), exchange.id, form === 'exact' ? body : prettyMessage(body));
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), {
      preview: true,
      ...(column === undefined ? {} : { viewColumn: column }),
    });
  }

  /** Shows two messages side by side, indented. */
  async compare(title: string, left: NamedMessage, right: NamedMessage): Promise<void> {
    const id = crypto.randomUUID();
    await vscode.commands.executeCommand(
      'vscode.diff',
      this.#add(left.name, `${id}-left`, prettyMessage(left.xml)),
      this.#add(right.name, `${id}-right`, prettyMessage(right.xml)),
      title,
      { preview: true },
    );
  }

  /** VS Code also calls it for documents that were open when the window was reloaded. */
  provideTextDocumentContent(uri: vscode.Uri): string {
    return (
      this.#texts.get(uri.toString()) ??
      `<!-- ${t('Messages are not kept when the window is reloaded. Run the call again to see them.')} -->\n`
    );
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  #add(name: string, id: string, text: string): vscode.Uri {
    const uri = vscode.Uri.from({
      scheme: names.exchangeScheme,
      path: `/${name.replaceAll('/', '∕')}.${isJson(text) ? 'json' : 'xml'}`,
      query: id,
    });
    const more = text.length - MAX_DOCUMENT_CHARS;
    const cut = t('Cut here: {count} more characters. Use Save Bytes in the response view to save everything that was kept.', {
      count: formatNumber(more),
    });
    const note = `\n<!-- ${cut} -->\n`;
    this.#texts.set(uri.toString(), more > 0 ? text.slice(0, MAX_DOCUMENT_CHARS) + note : text);
    return uri;
  }
}

/** The title of a message. */
function nameOf(method: string, part: MessagePart, form: MessageForm): string {
  if (part === 'request') return form === 'exact' ? t('{method} request as sent', { method }) : t('{method} request', { method });
  return form === 'exact' ? t('{method} response as sent', { method }) : t('{method} response', { method });
}

/** A message with its title. */
export interface NamedMessage {
  readonly name: string;
  readonly xml: string;
}

/** Saves the exact bytes of a message to a file that the user chooses, after a warning that they contain secrets. */
export async function saveBytes(exchange: Exchange, part: MessagePart): Promise<void> {
  const { request, response } = exchange.reveal();
  const bytes = part === 'request' ? request.body : response?.body;
  if (bytes === undefined) return;
  const isRequest = part === 'request';
  const detail = [
    isRequest
      ? t('The file contains the request as it was sent, including the session and every secret.')
      : t('The file contains the response as it was received, including the session and every secret.'),
    ...(response !== undefined && !isRequest && bytes.length < response.bytes
      ? [
          t('Only the first {kept} of {count} bytes were kept.', {
            kept: formatNumber(bytes.length),
            count: formatNumber(response.bytes),
          }),
        ]
      : []),
  ].join(' ');
  const question = isRequest ? t('Save the exact bytes of this request?') : t('Save the exact bytes of this response?');
  if (!(await confirmed(question, detail, t('Save')))) return;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const kind = isJson(Buffer.from(bytes.subarray(0, 100)).toString('utf8')) ? 'json' : 'xml';
  const name = `${exchange.method.replace(/[^\w.-]/g, '_')}-${part}.${kind}`;
  const uri = await vscode.window.showSaveDialog({
    ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, name) }),
    filters: { [kind.toUpperCase()]: [kind] },
  });
  if (uri === undefined) return;
  await vscode.workspace.fs.writeFile(uri, bytes);
  vscode.window.setStatusBarMessage(t('Saved'), 3000);
}
