import * as vscode from 'vscode';
import * as z from 'zod/mini';

const manifest = z.looseObject({
  displayName: z.string(),
  contributes: z.looseObject({ commands: z.optional(z.array(z.looseObject({ command: z.string(), title: z.string() }))) }),
});

export type Manifest = z.infer<typeof manifest>;

/** The return value of the extension's `activate` is not included: tests use only VS Code's own API. */
export interface OurExtension {
  readonly isActive: boolean;
  readonly packageJSON: Manifest;
  readonly extensionUri: vscode.Uri;
}

/** The extension under test, activated. */
export async function activateOurs(): Promise<OurExtension> {
  const extension = vscode.extensions.getExtension('maho-soap-toolkit.maho-soap-toolkit');
  if (!extension) throw new Error('VS Code does not know the extension.');
  await extension.activate();
  return { isActive: extension.isActive, packageJSON: manifest.parse(extension.packageJSON), extensionUri: extension.extensionUri };
}

/** The only workspace folder of the suite. */
export function workspaceFolder(): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (!folder) throw new Error('The suite runs in a workspace with a folder.');
  return folder.uri;
}

/** The time after which a test takes what it waits for to hang, in ms. A busy machine needs far longer than an idle one. */
export const HANGS_AFTER_MS = 180_000;

/**
 * Waits until a probe returns something other than undefined. VS Code shows some results later (a webview's tab, for example), and has no
 * event for it.
 */
export async function eventually<T>(
  what: string,
  probe: () => T | undefined | PromiseLike<T | undefined>,
  limit = HANGS_AFTER_MS,
): Promise<T> {
  const until = Date.now() + limit;
  for (;;) {
    const found = await probe();
    if (found !== undefined) return found;
    if (Date.now() > until) throw new Error(`Still not so after ${limit / 1000} s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
