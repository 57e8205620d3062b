import * as vscode from 'vscode';
import { t } from '../../l10n/texts';
import { timeOfDay } from '../../pages/formats';
import { toToolkitError } from '../../api/errors';
import type { SavedRequest } from '../../requests';
import type { Log } from '../log/log';
import { markdownText, oneLine } from '../text';
import type { LastRun, LastRuns } from './last-runs';
import type { RequestDocuments } from './request-documents';
import type { RequestFiles } from './request-files';
import { keyOf } from './request-key';
import { calledBy, isRequestFile } from './request-ref';

/** A request file in the view. */
export interface FileRow {
  readonly kind: 'file';
  readonly uri: vscode.Uri;
}

/** A request in the view. */
export interface RequestRow {
  readonly kind: 'request';
  readonly uri: vscode.Uri;
  readonly name: string;
  /** Its method, or `envelope`. */
  readonly called: string;
  readonly description: string | undefined;
}

type Row = FileRow | RequestRow;

/** How long changes of an open file are collected, in ms. */
const GATHER_MS = 400;

/** The view "Requests": the request files of the workspace, their requests, and the last result of each. */
export class RequestsTree implements vscode.TreeDataProvider<Row>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<Row | undefined>();
  readonly #subscriptions: readonly vscode.Disposable[];
  /** The rows that VS Code has. A row keeps its object. */
  readonly #files = new Map<string, FileRow>();
  readonly #requests = new Map<string, RequestRow>();
  readonly #timers = new Map<string, NodeJS.Timeout>();

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(
    private readonly documents: RequestDocuments,
    private readonly files: RequestFiles,
    private readonly lastRuns: LastRuns,
    private readonly log: Log,
  ) {
    this.#subscriptions = [
      files.onDidChange(() => {
        this.#changed.fire(undefined);
      }),
      files.onDidChangeContent((uri) => {
        this.#soon(uri);
      }),
      lastRuns.onDidChange((uri) => {
        this.#soon(uri, 100);
      }),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (isRequestFile(document.uri)) this.#soon(document.uri);
      }),
    ];
  }

  async getChildren(row?: Row): Promise<Row[]> {
    if (row === undefined) {
      const uris = await this.files.list();
      const kept = new Set(uris.map((uri) => uri.toString()));
      for (const key of this.#files.keys()) if (!kept.has(key)) this.#files.delete(key);
      return uris.map((uri) => this.#file(uri));
    }
    if (row.kind === 'request') return [];
    try {
      const { file } = await this.documents.readUri(row.uri);
      return file.all.filter(({ name }) => name !== '').map((request) => this.#request(row.uri, request));
    } catch (error) {
      this.log.error(toToolkitError(error));
      return [];
    }
  }

  getTreeItem(row: Row): vscode.TreeItem {
    return row.kind === 'file'
      ? fileItem(row)
      : requestItem(row, this.lastRuns.last(row.uri, row.name), this.lastRuns.result(row.uri, row.name) !== undefined);
  }

  getParent(row: Row): Row | undefined {
    return row.kind === 'request' ? this.#file(row.uri) : undefined;
  }

  dispose(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#changed.dispose();
  }

  #soon(uri: vscode.Uri, after = GATHER_MS): void {
    const row = this.#files.get(uri.toString());
    if (row === undefined) return;
    const key = uri.toString();
    if (this.#timers.has(key)) return;
    this.#timers.set(
      key,
      setTimeout(() => {
        this.#timers.delete(key);
        this.#changed.fire(row);
      }, after),
    );
  }

  #file(uri: vscode.Uri): FileRow {
    const known = this.#files.get(uri.toString());
    if (known !== undefined) return known;
    const row: FileRow = { kind: 'file', uri };
    this.#files.set(uri.toString(), row);
    return row;
  }

  #request(uri: vscode.Uri, request: SavedRequest): RequestRow {
    const { name, description } = request;
    const called = calledBy(request);
    const key = keyOf(uri, name);
    const known = this.#requests.get(key);
    if (known !== undefined && known.called === called && known.description === description) return known;
    const row: RequestRow = { kind: 'request', uri, name, called, description };
    this.#requests.set(key, row);
    return row;
  }
}

function fileItem({ uri }: FileRow): vscode.TreeItem {
  const item = new vscode.TreeItem(uri, vscode.TreeItemCollapsibleState.Collapsed);
  item.id = uri.toString();
  item.iconPath = vscode.ThemeIcon.File;
  const path = vscode.workspace.asRelativePath(uri);
  item.description = path.includes('/') ? oneLine(path.slice(0, path.lastIndexOf('/'))) : false;
  item.contextValue = 'requestFile';
  return item;
}

function requestItem({ uri, name, called, description }: RequestRow, last: LastRun | undefined, showable: boolean): vscode.TreeItem {
  const item = new vscode.TreeItem(oneLine(name), vscode.TreeItemCollapsibleState.None);
  item.id = keyOf(uri, name);
  item.description = oneLine(last === undefined ? called : `${called}   ${last.text}`);
  item.iconPath = icon(last);
  item.contextValue = ['request', last?.status === 'running' ? 'running' : 'idle', ...(showable ? ['showable'] : [])].join(' ');
  item.command = { command: 'mahoSoap.request.open', title: t('Go to Request'), arguments: [{ uri: uri.toString(), name }] };
  item.tooltip = new vscode.MarkdownString(
    [
      `**${markdownText(name)}** ${markdownText(called)}`,
      ...(description === undefined ? [] : [markdownText(description)]),
      ...(last === undefined || last.status === 'running'
        ? []
        : [
            markdownText(t('{outcome}, at {time}', { outcome: last.text, time: timeOfDay(last.at) })),
            ...last.detail
              .split('\n')
              .filter((line) => line !== '')
              .map(markdownText),
          ]),
    ].join('\n\n'),
  );
  item.accessibilityInformation = { label: oneLine([name, called, last?.text].filter((part) => part !== undefined).join(', ')) };
  return item;
}

function icon(last: LastRun | undefined): vscode.ThemeIcon {
  switch (last?.status) {
    case undefined:
      return new vscode.ThemeIcon('circle-outline');
    case 'running':
      return new vscode.ThemeIcon('loading~spin');
    case 'passed':
      return new vscode.ThemeIcon('pass', new vscode.ThemeColor('testing.iconPassed'));
    case 'failed':
      return new vscode.ThemeIcon('error', new vscode.ThemeColor('testing.iconFailed'));
    case 'error':
      return new vscode.ThemeIcon('error', new vscode.ThemeColor('testing.iconErrored'));
    case 'skipped':
    case 'cancelled':
      return new vscode.ThemeIcon('circle-slash', new vscode.ThemeColor('testing.iconSkipped'));
  }
}
