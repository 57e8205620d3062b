import * as vscode from 'vscode';
import { t } from '../../l10n/texts';
import { ToolkitError } from '../../api/errors';
import { decodeText } from '../../api/text-input';
import type { Linter, Range, RequestFile, RequestFileReader } from '../../requests';
import { isRequestFile } from './request-ref';
import { requestsModule } from '../lazy/requests-module';

/** The current content of a request file, in an editor or on disk. */
export interface OpenedFile {
  readonly uri: vscode.Uri;
  readonly file: RequestFile;
  /** The position of a piece of the text. */
  readonly rangeOf: (range: Range) => vscode.Range;
}

/** Kept for a document as long as it is open. Reader and linter only process requests that changed. */
interface Kept {
  readonly reader: RequestFileReader;
  readonly linter: Linter;
  version: number;
  file: RequestFile | undefined;
}

/** Reads request files. Files in editors are read incrementally. Nothing is kept of a file that is not open. */
export class RequestDocuments implements vscode.Disposable {
  readonly #kept = new Map<string, Kept>();
  readonly #subscription: vscode.Disposable;

  constructor() {
    this.#subscription = vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      this.#kept.delete(uri.toString());
    });
  }

  /** The request files that are open. */
  get open(): readonly vscode.TextDocument[] {
    return vscode.workspace.textDocuments.filter(({ uri }) => isRequestFile(uri));
  }

  /** The content of the current version of a document. */
  async read(document: vscode.TextDocument): Promise<OpenedFile> {
    const kept = await this.#keep(document);
    if (kept.file === undefined || kept.version !== document.version) {
      kept.file = kept.reader.read(document.getText());
      kept.version = document.version;
    }
    return {
      uri: document.uri,
      file: kept.file,
      rangeOf: ({ offset, length }) => new vscode.Range(document.positionAt(offset), document.positionAt(offset + length)),
    };
  }

  /**
   * The content of a file: the text of its editor, saved or not, otherwise the text on disk.
   * @throws {ToolkitError} of kind `input`, `file`, when it cannot be read
   */
  async readUri(uri: vscode.Uri): Promise<OpenedFile> {
    const document = vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri.toString());
    if (document !== undefined) return await this.read(document);
    const { parseRequestFile, Positions } = await requestsModule();
    const text = await textOf(uri);
    const positions = new Positions(text);
    const at = (offset: number): vscode.Position => {
      const { line, column } = positions.at(offset);
      return new vscode.Position(line - 1, column - 1);
    };
    return { uri, file: parseRequestFile(text), rangeOf: ({ offset, length }) => new vscode.Range(at(offset), at(offset + length)) };
  }

  /** A file together with the requests and variables of the files that it includes, from their editors or from disk. */
  async whole({ uri, file }: Pick<OpenedFile, 'uri' | 'file'>): Promise<RequestFile> {
    if (file.include === undefined || file.include.length === 0) return file;
    const { withIncluded } = await requestsModule();
    return withIncluded(file, {
      path: vscode.workspace.asRelativePath(uri),
      place: uri.scheme === 'file' ? uri.fsPath : undefined,
      open: (place) =>
        vscode.workspace.textDocuments.find(({ uri: other }) => other.scheme === 'file' && other.fsPath === place)?.getText(),
    });
  }

  /** The linter of a document. It remembers its findings for requests that did not change. */
  async linter(document: vscode.TextDocument): Promise<Linter> {
    return (await this.#keep(document)).linter;
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#kept.clear();
  }

  async #keep({ uri }: vscode.TextDocument): Promise<Kept> {
    const { RequestFileReader, Linter } = await requestsModule();
    const known = this.#kept.get(uri.toString());
    if (known !== undefined) return known;
    const kept: Kept = { reader: new RequestFileReader(), linter: new Linter(), version: -1, file: undefined };
    this.#kept.set(uri.toString(), kept);
    return kept;
  }
}

/** Reads a text file of the workspace. @throws {ToolkitError} of kind `input`, `file` or `encoding` */
export async function textOf(uri: vscode.Uri): Promise<string> {
  try {
    return decodeText(await vscode.workspace.fs.readFile(uri), vscode.workspace.asRelativePath(uri));
  } catch (error) {
    if (error instanceof ToolkitError) throw error;
    throw new ToolkitError(
      'input',
      {
        code: 'file',
        what: t('The file {path} cannot be read.', { path: vscode.workspace.asRelativePath(uri) }),
        why: error instanceof Error ? error.message : undefined,
      },
      { cause: error },
    );
  }
}
