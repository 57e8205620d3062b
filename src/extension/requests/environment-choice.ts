import * as vscode from 'vscode';
import { t } from '../../l10n/texts';
import { ToolkitError, toToolkitError } from '../../api/errors';
import type { SoapRecord } from '../../api/value';
import { withoutIcons } from '../text';
import { textOf } from './request-documents';
import { requestsModule } from '../lazy/requests-module';
import { pickOne } from '../picks';

/** The memento key of the chosen file's URI. Each workspace has its own. */
const STATE_KEY = 'mahoSoap.environmentFile';

/** Example content of an environment file. Passed as a value, because its braces would look like a placeholder in a text. */
const EXAMPLE: string = '{ "email": "jane@example.com" }';

/** The files that are offered. */
const PATTERN = '**/*.env.json';

/** The content of the chosen environment file, or the problem with it. */
export interface EnvironmentReading {
  readonly variables: SoapRecord | undefined;
  readonly problem: ToolkitError | undefined;
}

/** The environment file whose variables replace those of request files. It is chosen once and remembered for the workspace. */
export class EnvironmentChoice implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  #watcher: vscode.Disposable | undefined;
  #reading: Promise<EnvironmentReading> | undefined;

  /** Fires when another file was chosen, or when the content of the chosen one changed. */
  readonly onDidChange = this.#changed.event;

  constructor(private readonly memory: vscode.Memento) {
    this.#watch();
  }

  /** The chosen file. `undefined` for none. */
  get uri(): vscode.Uri | undefined {
    const kept = this.memory.get<unknown>(STATE_KEY);
    return typeof kept === 'string' ? vscode.Uri.parse(kept) : undefined;
  }

  /** The name of the chosen file for people, such as `staging`. */
  get name(): string | undefined {
    return this.uri === undefined ? undefined : nameOf(this.uri);
  }

  /** The content of the chosen file. It is read once until it changes. Never rejects, so that a missing file results in a diagnostic. */
  async read(): Promise<EnvironmentReading> {
    const { uri } = this;
    if (uri === undefined) return { variables: undefined, problem: undefined };
    return await (this.#reading ??= readFile(uri));
  }

  /** Chooses a file for this workspace. `undefined` chooses none. */
  async use(uri: vscode.Uri | undefined): Promise<void> {
    await this.memory.update(STATE_KEY, uri?.toString());
    this.#watch();
    this.#fire();
  }

  /** Asks for a file. */
  async choose(): Promise<void> {
    const found = await vscode.workspace.findFiles(PATTERN, '**/node_modules/**', 200);
    const none = t('No Environment');
    const other = t('Select Another File…');
    const items: (vscode.QuickPickItem & { readonly uri?: vscode.Uri })[] = [
      ...found
        .toSorted((a, b) => (a.path < b.path ? -1 : 1))
        .map((uri) => ({ label: withoutIcons(nameOf(uri)), description: withoutIcons(vscode.workspace.asRelativePath(uri)), uri })),
      { label: '', kind: vscode.QuickPickItemKind.Separator },
      { label: none, description: t('Only the variables of the request files') },
      { label: other, description: t('JSON such as {example}', { example: EXAMPLE }) },
    ];
    const chosen = await pickOne(items, {
      placeHolder:
        this.name === undefined
          ? t('Select the environment file whose variables override the others')
          : t('Select the environment file whose variables override the others (now {name})', { name: this.name }),
    });
    if (chosen === undefined) return;
    if (chosen.label === none) return await this.use(undefined);
    const uri =
      chosen.uri ??
      (
        await vscode.window.showOpenDialog({
          canSelectMany: false,
          filters: { JSON: ['json', 'jsonc'] },
          openLabel: t('Use as Environment'),
        })
      )?.[0];
    if (uri !== undefined) await this.use(uri);
  }

  dispose(): void {
    this.#watcher?.dispose();
    this.#changed.dispose();
  }

  #watch(): void {
    this.#watcher?.dispose();
    this.#watcher = undefined;
    const { uri } = this;
    if (uri === undefined) return;
    const watcher = vscode.workspace.createFileSystemWatcher(
      // Also watches the files that are read together with the chosen one.
      new vscode.RelativePattern(
        vscode.Uri.joinPath(uri, '..'),
        `{${uri.path.slice(uri.path.lastIndexOf('/') + 1)},base.env.json,local.env.json}`,
      ),
    );
    const again = (): void => {
      this.#fire();
    };
    this.#watcher = vscode.Disposable.from(watcher, watcher.onDidChange(again), watcher.onDidCreate(again), watcher.onDidDelete(again));
  }

  #fire(): void {
    this.#reading = undefined;
    this.#changed.fire();
  }
}

function nameOf(uri: vscode.Uri): string {
  return uri.path.slice(uri.path.lastIndexOf('/') + 1).replace(/\.env\.json$/, '');
}

async function readFile(uri: vscode.Uri): Promise<EnvironmentReading> {
  const path = vscode.workspace.asRelativePath(uri);
  try {
    const { parseEnvironment, layersOf } = await requestsModule();
    const files = uri.scheme === 'file' ? layersOf(uri.fsPath).map((file) => vscode.Uri.file(file)) : [uri];
    let variables: SoapRecord = {};
    for (const file of files) variables = { ...variables, ...parseEnvironment(await textOf(file), vscode.workspace.asRelativePath(file)) };
    return { variables, problem: undefined };
  } catch (error) {
    const known = toToolkitError(error);
    const problem =
      known.code === 'file'
        ? new ToolkitError(
            'input',
            {
              code: 'environment-missing',
              what: t('The environment file {path} cannot be read.', { path }),
              why: known.words.why,
              next: t('Select another environment file, or none.'),
            },
            { cause: error },
          )
        : known;
    return { variables: undefined, problem };
  }
}
