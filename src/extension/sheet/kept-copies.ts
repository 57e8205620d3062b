import * as vscode from 'vscode';
import * as z from 'zod/mini';
import type { CustomerCopy } from '../../store/customer-copy';

/** Copies of deleted customers that are kept; the oldest go first. */
const MOST = 200;

/** A copy and the file it stands in. */
export interface KeptCopy {
  readonly copy: CustomerCopy;
  readonly file: vscode.Uri;
}

/** Copies of deleted customers, one JSON file each in the extension's own storage on this machine. */
export class KeptCopies {
  readonly #folder: vscode.Uri;

  constructor(storage: vscode.Uri) {
    this.#folder = vscode.Uri.joinPath(storage, 'deleted-customers');
  }

  /** Keeps a copy. Only when this came through may the customer be deleted. @throws what the file system throws */
  async keep(copy: CustomerCopy): Promise<KeptCopy> {
    await vscode.workspace.fs.createDirectory(this.#folder);
    const id = z.string().safeParse(copy.customer['customer_id']).data ?? String(Number(copy.customer['customer_id']));
    const file = vscode.Uri.joinPath(this.#folder, `${copy.at.replaceAll(':', '-')} ${id.replace(/\W/g, '')} ${Math.random().toString(36).slice(2, 8)}.json`);
    await vscode.workspace.fs.writeFile(file, bytesOf(copy));
    await this.#bound();
    return { copy, file };
  }

  /** All copies, the latest first. Files that are no copies are left out. */
  async all(): Promise<readonly KeptCopy[]> {
    const { customerCopy } = await import('../../store/customer-copy');
    const files = (await this.#files()).reverse();
    const copies = await Promise.all(files.map(async (file) => ({ file, copy: customerCopy.safeParse(parsed(new TextDecoder().decode(await vscode.workspace.fs.readFile(file)))).data })));
    return copies.flatMap(({ file, copy }) => (copy === undefined ? [] : [{ file, copy }]));
  }

  /** Notes something about a copy that is kept. */
  async note({ copy, file }: KeptCopy, more: Pick<CustomerCopy, 'restoredAs'>): Promise<void> {
    await vscode.workspace.fs.writeFile(file, bytesOf({ ...copy, ...more }));
  }

  /** Deletes the file of a copy. */
  async forget({ file }: KeptCopy): Promise<void> {
    await vscode.workspace.fs.delete(file);
  }

  async #bound(): Promise<void> {
    for (const file of (await this.#files()).slice(0, -MOST)) await vscode.workspace.fs.delete(file);
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

function bytesOf(copy: CustomerCopy): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(copy, null, 2)}\n`);
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    // A file that somebody else wrote, or that was cut off: no copy.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
