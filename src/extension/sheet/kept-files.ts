import * as vscode from 'vscode';

/** Something that is kept, and the file it stands in. */
export interface KeptFile<T> {
  readonly kept: T;
  readonly file: vscode.Uri;
}

/** What is kept of customers, one JSON file each in a folder of the extension's own storage on this machine. */
export class KeptFiles<T extends { readonly at: string }> {
  readonly #folder: vscode.Uri;

  /**
   * @param most files that are kept; the oldest go first
   * @param read what a file holds; `undefined` for one that somebody else wrote
   */
  constructor(
    storage: vscode.Uri,
    folder: string,
    private readonly most: number,
    private readonly read: (content: unknown) => Promise<T | undefined>,
  ) {
    this.#folder = vscode.Uri.joinPath(storage, folder);
  }

  /** @param id of the customer, a part of the file's name */
  async keep(kept: T, id: string): Promise<KeptFile<T>> {
    await vscode.workspace.fs.createDirectory(this.#folder);
    const file = vscode.Uri.joinPath(this.#folder, `${kept.at.replaceAll(':', '-')} ${namePart(id)} ${Math.random().toString(36).slice(2, 8)}.json`);
    await vscode.workspace.fs.writeFile(file, bytesOf(kept));
    for (const old of (await this.#files()).slice(0, -this.most)) await vscode.workspace.fs.delete(old);
    return { kept, file };
  }

  /**
   * Everything that is kept, the latest first. Files that hold something else are left out.
   * @param id of the only customer wanted; two stores may have the same one
   */
  async all(id?: string): Promise<readonly KeptFile<T>[]> {
    const files = (await this.#files()).reverse().filter(({ path }) => id === undefined || path.includes(` ${namePart(id)} `));
    const all = await Promise.all(files.map(async (file) => ({ file, kept: await this.read(parsed(new TextDecoder().decode(await vscode.workspace.fs.readFile(file)))) })));
    return all.flatMap(({ file, kept }) => (kept === undefined ? [] : [{ file, kept }]));
  }

  /** Notes something about what is kept. */
  async note({ kept, file }: KeptFile<T>, more: Partial<T>): Promise<void> {
    await vscode.workspace.fs.writeFile(file, bytesOf({ ...kept, ...more }));
  }

  async forget({ file }: Pick<KeptFile<T>, 'file'>): Promise<void> {
    await vscode.workspace.fs.delete(file);
  }

  /** Their names begin with the time, so that the oldest come first. */
  async #files(): Promise<vscode.Uri[]> {
    try {
      const entries = await vscode.workspace.fs.readDirectory(this.#folder);
      return entries.map(([name]) => name).filter((name) => name.endsWith('.json')).sort().map((name) => vscode.Uri.joinPath(this.#folder, name));
    } catch (error) {
      if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return [];
      throw error;
    }
  }
}

function namePart(id: string): string {
  return id.replace(/\W/g, '');
}

function bytesOf(value: object): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`);
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    // A file that somebody else wrote, or that was cut off.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
