import * as vscode from 'vscode';
import { translated, t } from '../../l10n/texts';
import { isList, isRecord } from '../../api/value';
import type { SavedRequest } from '../../requests';
import { withoutIcons } from '../text';
import type { ActiveStore } from '../stores/active-store';
import type { EnvironmentChoice } from './environment-choice';
import type { RequestDocuments } from './request-documents';
import { requestsModule } from '../lazy/requests-module';

/** Completes what the JSON schema cannot know: placeholders between two braces, and names of stores. */
export class RequestCompletion implements vscode.CompletionItemProvider {
  constructor(
    private readonly documents: RequestDocuments,
    private readonly active: ActiveStore,
    private readonly environment: EnvironmentChoice,
  ) {}

  async provideCompletionItems(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.CompletionItem[]> {
    const before = document.lineAt(position).text.slice(0, position.character);
    const after = document.lineAt(position).text.slice(position.character);
    const placeholder = /\{\{([^{}"]*)$/.exec(before);
    if (placeholder !== null && !placeholder[0].startsWith('\\'))
      return await this.#placeholders(document, position, placeholder[1] ?? '', after);
    const named = includeBefore(document, position);
    if (named !== undefined) return await this.#files(document, position, named, after);
    const store = /^\s*"store"\s*:\s*"([^"]*)$/.exec(before);
    return store === null ? [] : this.#stores(position, store[1] ?? '', after);
  }

  async #placeholders(
    document: vscode.TextDocument,
    position: vscode.Position,
    typed: string,
    after: string,
  ): Promise<vscode.CompletionItem[]> {
    const { requestAt, storeFields, generators, takers } = await requestsModule();
    const opened = await this.documents.read(document);
    const { file } = opened;
    const whole = await this.documents.whole(opened);
    const { variables } = await this.environment.read();
    const at = requestAt(file, document.offsetAt(position))?.request;
    const closing = /^[^{}"]*\}\}/.exec(after)?.[0];
    const range = new vscode.Range(position.translate(0, -typed.length), position.translate(0, closing?.length ?? 0));
    const { Variable, Constant, Reference, Field } = vscode.CompletionItemKind;
    const item = (name: string, kind: vscode.CompletionItemKind, detail: string, order: number): vscode.CompletionItem => {
      const made = new vscode.CompletionItem({ label: name, description: withoutIcons(detail) }, kind);
      made.range = range;
      made.insertText = `${name}}}`;
      // VS Code filters by the text in the range, which includes the closing braces.
      made.filterText = `${name}}}`;
      made.sortText = `${order} ${name}`;
      return made;
    };
    const own = whole.all.find(({ origin, range }) => origin === undefined && range === at?.range);
    const earlier = own === undefined ? [] : whole.all.filter(({ index, name }) => name !== '' && index < own.index).slice(-200);
    const fromFile = new Set(whole.variables.map(({ name }) => name));
    return [
      ...whole.variables.map(({ name, value }) =>
        item(
          name,
          Variable,
          variables !== undefined && Object.hasOwn(variables, name) ? t('environment') : JSON.stringify(value).slice(0, 60),
          1,
        ),
      ),
      ...Object.keys(variables ?? {})
        .filter((name) => !fromFile.has(name))
        .map((name) => item(name, Variable, t('environment'), 1)),
      ...earlier.map(({ name, method }) => item(`${name}.result`, Reference, method ?? t('envelope'), 2)),
      ...rowItems(at?.each).map((name) => item(name, Variable, t('of the row'), 2)),
      ...Object.entries(generators).map(([name, { syntax, doc, example, check }]) =>
        documented(item(check([]) === undefined ? `$${name}` : example, Constant, syntax, 3), doc),
      ),
      // Only raw envelopes have these. The connection provides them.
      ...(at?.envelope === undefined
        ? []
        : [item('$session', Constant, t('session of the store'), 3), item('$namespace', Constant, t("namespace of the store's WSDL"), 3)]),
      ...(vscode.workspace.isTrusted ? [snippet(item('$env NAME', Constant, t('variable of the environment'), 4))] : []),
      ...[takers.file, takers.base64, takers.md5].map(({ example, syntax, doc }) => documented(item(example, Constant, syntax, 4), doc)),
      ...storeFields.map((field) => item(`store.${field}`, Field, t('of the store it runs on'), 5)),
    ];
  }

  /** Files and folders in the folder of the file, within its repository. */
  async #files(document: vscode.TextDocument, position: vscode.Position, typed: string, after: string): Promise<vscode.CompletionItem[]> {
    if (document.uri.scheme !== 'file') return [];
    const { namesBeside } = await requestsModule();
    const rest = /^[^"]*/.exec(after)?.[0] ?? '';
    return namesBeside(document.uri.fsPath, typed).map(({ name, isFolder }) => {
      const { File, Folder } = vscode.CompletionItemKind;
      const item = new vscode.CompletionItem(withoutIcons(name), isFolder ? Folder : File);
      item.range = new vscode.Range(position.translate(0, -typed.length), position.translate(0, rest.length));
      item.insertText = JSON.stringify(name).slice(1, -1);
      item.filterText = name;
      if (isFolder) item.command = { command: 'editor.action.triggerSuggest', title: t('Complete the path') };
      return item;
    });
  }

  #stores(position: vscode.Position, typed: string, after: string): vscode.CompletionItem[] {
    const rest = /^[^"]*/.exec(after)?.[0] ?? '';
    return this.active.all.flatMap(({ config, environment }) => {
      if (config === undefined) return [];
      const item = new vscode.CompletionItem(
        { label: withoutIcons(config.name), description: environment ?? '' },
        vscode.CompletionItemKind.Value,
      );
      item.range = new vscode.Range(position.translate(0, -typed.length), position.translate(0, rest.length));
      item.insertText = JSON.stringify(config.name).slice(1, -1);
      item.filterText = config.name;
      return [item];
    });
  }
}

/** How far before the cursor the key `"include"` is searched for, in characters. */
const LOOK_BACK_CHARS = 10_000;

/** The typed part of a file name in `"include": "…"` or in its list, before the cursor. */
function includeBefore(document: vscode.TextDocument, position: vscode.Position): string | undefined {
  const offset = document.offsetAt(position);
  const start = document.positionAt(Math.max(0, offset - LOOK_BACK_CHARS));
  const text = document.getText(new vscode.Range(start, position));
  const key = text.lastIndexOf('"include"');
  return key < 0 ? undefined : /^"include"\s*:\s*(?:\[\s*(?:"[^"]*"\s*,\s*)*)?"([^"]*)$/.exec(text.slice(key))?.[1];
}

/** The variables that a request with rows has for each row, as far as the rows are in the file. */
function rowItems(each: SavedRequest['each']): readonly string[] {
  if (each === undefined) return [];
  const [first] = isList(each) ? each : [];
  return [
    'row',
    ...(isRecord(first) ? Object.keys(first) : []).filter((name) => /^[\p{L}_][\p{L}\p{N}_-]*$/u.test(name)).map((name) => `row.${name}`),
  ];
}

function documented(item: vscode.CompletionItem, doc: string): vscode.CompletionItem {
  item.documentation = new vscode.MarkdownString(translated(doc));
  return item;
}

/** Selects the name of the variable, so that it can be typed over. */
function snippet(item: vscode.CompletionItem): vscode.CompletionItem {
  item.insertText = new vscode.SnippetString('\\$env ${1:NAME}\\}\\}');
  return item;
}
