import { chmod, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hasErrorCode } from '../../files/codes';
import { SafeFile } from '../../files/safe-file';

/**
 * Environment variables with the programs that the shims run: the Node of this VS Code, and the command line of this version of the
 * extension. So the shims are the same for every version and window, and paths with characters that `cmd` cannot read in a file work, too.
 */
export const NODE_VARIABLE = 'MAHO_SOAP_VSCODE_NODE';
export const PROGRAM_VARIABLE = 'MAHO_SOAP_VSCODE_PROGRAM';

/** The shims for `maho-soap`, by file name. On a desktop, VS Code's own program only runs as Node with `ELECTRON_RUN_AS_NODE`. */
const shims: Readonly<Record<string, string>> = {
  'maho-soap': `#!/bin/sh
ELECTRON_RUN_AS_NODE=1 exec "$${NODE_VARIABLE}" "$${PROGRAM_VARIABLE}" "$@"
`,
  'maho-soap.cmd': ['@echo off', 'setlocal', 'set ELECTRON_RUN_AS_NODE=1', `"%${NODE_VARIABLE}%" "%${PROGRAM_VARIABLE}%" %*`, ''].join(
    '\r\n',
  ),
};

/**
 * Writes the shims for sh and cmd, where they are missing or different.
 * @returns the folder for the PATH
 * @throws {ToolkitError} of kind `input`, `file-write`, or the system's error, if they cannot be written
 */
export async function writeShims(storage: string): Promise<string> {
  const folder = join(storage, 'bin');
  await mkdir(folder, { recursive: true });
  for (const [name, text] of Object.entries(shims)) {
    const path = join(folder, name);
    if ((await textIfThere(path)) === text) continue;
    await SafeFile.whole(path, async (file) => await file.write(text));
    await chmod(path, 0o755);
  }
  return folder;
}

async function textIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}
