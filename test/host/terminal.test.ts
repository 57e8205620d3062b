// maho-soap in the terminals of the window, after the extension was used there.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import * as vscode from 'vscode';
import { Log } from '../../src/extension/log/log';
import { offerInTerminals, type TerminalContext } from '../../src/extension/terminal/terminal-command';
import { activateOurs, eventually } from './support/extension';

/** The folder in which VS Code lets the extension keep files. */
const STORAGE = join('globalStorage', 'maho-soap-toolkit.maho-soap-toolkit');

/**
 * The variables of terminals that VS Code keeps for an extension. VS Code does not show them to other extensions, and the server of these
 * tests has no terminals. So the environment of a terminal is calculated from the same calls.
 */
class Variables {
  persistent = true;
  description: string | vscode.MarkdownString | undefined;
  readonly #changes = new Map<string, (before: string) => string>();
  readonly options: (vscode.EnvironmentVariableMutatorOptions | undefined)[] = [];

  append(name: string, value: string, options?: vscode.EnvironmentVariableMutatorOptions): void {
    this.options.push(options);
    this.#changes.set(name, (before) => before + value);
  }

  replace(name: string, value: string): void {
    this.#changes.set(name, () => value);
  }

  /** The environment of a new terminal. */
  of(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
    const changed = [...this.#changes].map(([name, change]) => [name, change(env[name] ?? '')] as const);
    return { ...env, ...Object.fromEntries(changed) };
  }
}

suite('A terminal', () => {
  test('finds maho-soap on its PATH after the stores were used, and runs it with the Node of VS Code', async function () {
    if (process.platform === 'win32') this.skip();
    const { extensionUri, packageJSON } = await activateOurs();
    // Reads the stores, like every view and command that needs one.
    await vscode.commands.executeCommand('mahoSoap.refresh');
    const storage = await eventually('the extension wrote what a shell runs', storageWithShims);
    const written = await readFile(join(storage, 'bin', 'maho-soap'), 'utf8');
    const variables = new Variables();
    const context: TerminalContext = { globalStorageUri: vscode.Uri.file(storage), extensionUri, environmentVariableCollection: variables };
    await offerInTerminals(context, new Log());
    assert.equal(await readFile(join(storage, 'bin', 'maho-soap'), 'utf8'), written, 'it is what the extension itself wrote');
    const env = variables.of(process.env);
    // The folder is the last one, so that a version that a project or a person installed is found first.
    assert.equal(env['PATH'], `${process.env['PATH'] ?? ''}${delimiter}${join(storage, 'bin')}`);
    assert.deepEqual([variables.persistent, variables.options], [false, [{ applyAtProcessCreation: true, applyAtShellIntegration: true }]]);
    const version = spawnSync('/bin/sh', ['-c', 'maho-soap --version'], { env, encoding: 'utf8' });
    assert.deepEqual([version.status, version.stdout.trim()], [0, packageJSON['version']], version.stderr);
    const wrong = spawnSync('/bin/sh', ['-c', "maho-soap call 'no such' --url 'http://127.0.0.1:1'"], { env, encoding: 'utf8' });
    assert.equal(wrong.status, 2, 'arguments and the exit code pass');
  });
});

/** The folder in which the extension keeps its files, once `bin/maho-soap` is in it. */
async function storageWithShims(): Promise<string | undefined> {
  // The home folder of the server of these tests is its data folder.
  const data = homedir();
  const found = (await readdir(data, { recursive: true })).find((file) => file.endsWith(join(STORAGE, 'bin', 'maho-soap')));
  return found === undefined ? undefined : resolve(data, found, '..', '..');
}
