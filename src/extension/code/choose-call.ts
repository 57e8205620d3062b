import * as vscode from 'vscode';
import { plural, t } from '../../l10n/texts';
import { ToolkitError } from '../../api/errors';
import { showInformation } from '../messages';
import { pickOne } from '../picks';
import type { CodeMethods } from '../calls/code-methods';
import type { Call } from '../calls/outcome';
import type { ActiveStore } from '../stores/active-store';
import type { Store } from '../stores/store';
import { selectionOf } from '../customer/saved-filter';
import { oneLine, withoutIcons } from '../text';
import { summarize } from '../customer/customer-summary';
import { asTreeNode } from '../tree/nodes';
import { callAt } from './call-at';
import { readRequests, requestCall, type OpenRequest } from './saved-requests';

/** A call to make code for, and its store. */
export interface ChosenCall {
  readonly call: Call;
  readonly store: Store | undefined;
}

/**
 * The call that a command is about: that of a row of the tree, of the request or the code at the cursor, or one of the saved requests of
 * the workspace.
 * @param argument the argument that VS Code passed to the command
 * @param question the title of the quick pick, if there is no other source of the call
 * @param fromCode the known methods, if the call at the cursor in PHP or TypeScript counts
 * @returns `undefined` when the question was dismissed
 */
export async function chooseCall(
  argument: unknown,
  active: ActiveStore,
  question: string,
  fromCode: CodeMethods | undefined,
): Promise<ChosenCall | undefined> {
  const node = asTreeNode(argument);
  if (node?.kind === 'customer')
    return { call: { method: 'customer.info', args: { customerId: idOf(summarize(node.row).id) } }, store: node.store };
  if (node?.kind === 'filter') {
    const { filters = {}, dialect } = selectionOf(node.filter);
    return { call: { method: 'customer.list', args: { filters }, dialect, empty: node.filter.empty }, store: node.store };
  }
  const editor = vscode.window.activeTextEditor;
  if (editor !== undefined) {
    const { document, selection } = editor;
    const request = (await readRequests(document))?.at(document.offsetAt(selection.active));
    if (request !== undefined) return await callOfRequest(request, active);
    const code =
      fromCode === undefined ? undefined : await callAt(document, document.offsetAt(selection.active), await fromCode.registry());
    if (code !== undefined) return { call: code, store: active.current };
  }
  const chosen = await chooseRequest(question);
  return chosen === undefined ? undefined : await callOfRequest(chosen, active);
}

/**
 * A saved request as a call, for the store that its file names or the active one. Reports placeholders that are not filled in.
 * @throws {ToolkitError} of kind `input` for a request without a method, or with arguments of an unknown form
 */
export async function callOfRequest(request: OpenRequest, active: ActiveStore): Promise<ChosenCall> {
  const store = (request.store === undefined ? undefined : active.named(request.store)) ?? active.current;
  const { call, open } = await requestCall(request, store);
  if (open > 0)
    void showInformation(
      plural(
        open,
        'A placeholder stays in the code as written. Its value is known only when the request runs.',
        '{count} placeholders stay in the code as written. Their values are known only when the request runs.',
      ),
    );
  return { call, store };
}

async function chooseRequest(question: string): Promise<OpenRequest | undefined> {
  const files = await vscode.workspace.findFiles('**/*.maho.json', '**/node_modules/**', 500);
  const found = await Promise.all(files.map(async (uri) => (await readRequests(await vscode.workspace.openTextDocument(uri)))?.all ?? []));
  const items = found.flat().map((request) => ({
    label: withoutIcons(request.name === '' ? t('(no name)') : request.name),
    description: oneLine(request.method ?? ''),
    detail: withoutIcons(vscode.workspace.asRelativePath(request.file)),
    request,
  }));
  if (items.length === 0) {
    throw new ToolkitError('input', {
      code: 'no-call',
      what: t('There is no call to write as code.'),
      next: t('Put the cursor into a request of a *.maho.json file or into a call in code, or select a customer in the side bar.'),
    });
  }
  const chosen = await pickOne(items, { placeHolder: question, matchOnDescription: true, matchOnDetail: true });
  return chosen?.request;
}

/** An ID as a number, if it looks like one. Code uses numbers. */
function idOf(id: string): string | number {
  return /^[1-9]\d{0,14}$/.test(id) ? Number(id) : id;
}
