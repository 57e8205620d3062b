import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { reporting } from '../../src/extension/commands/commands';
import { activateOurs } from './support/extension';

const COMMAND = 'mahoSoapTest.row';

/** A handle that leads to no row, as happens while a view reads its rows again. */
const lost = { $treeViewId: 'mahoSoap.stores', $treeItemHandle: '1/gone' };

suite('A command', () => {
  const calls: unknown[][] = [];
  const reported: unknown[] = [];
  let registered: vscode.Disposable | undefined;

  suiteSetup(async () => {
    await activateOurs();
    const command = reporting(
      (...args) => calls.push([...args]),
      (error) => reported.push(error),
    );
    registered = vscode.commands.registerCommand(COMMAND, command);
  });
  setup(() => {
    calls.length = 0;
    reported.length = 0;
  });
  suiteTeardown(() => {
    registered?.dispose();
  });

  /** Runs the command from the window, so that VS Code turns handles into rows as it does for a menu. */
  async function fromWindow(...args: readonly unknown[]): Promise<void> {
    await vscode.commands.executeCommand('runCommands', {
      commands: [args.length === 0 ? COMMAND : { command: COMMAND, args }],
    });
  }

  const expected: readonly [what: string, args: readonly unknown[]][] = [
    ['a row that is gone', [lost, undefined]],
    ['rows that are gone', [lost, [lost, lost]]],
    ['several rows of which one is gone', [{ row: 1 }, [{ row: 1 }, lost]]],
    ['a row of a view that does not exist', [{ ...lost, $treeViewId: 'mahoSoap.none' }, undefined]],
  ];
  for (const [what, args] of expected) {
    test(`does not run for ${what}, and says so`, async () => {
      await fromWindow(...args);
      assert.deepEqual(calls, []);
      assert.match(String(reported), /^ToolkitError: The command did not run because the view was reading its rows again\./);
    });
  }

  const run: readonly [what: string, args: readonly unknown[]][] = [
    ['the Command Palette', []],
    ['a row', [{ row: 1 }, undefined]],
    ['several rows', [{ row: 1 }, [{ row: 1 }, { row: 2 }]]],
    ['the title of a view', [{ $treeViewId: 'mahoSoap.stores', $focusedTreeItem: true, $selectedTreeItems: true }]],
    ['the title of an editor without a file', [undefined, { groupId: 0 }]],
  ];
  for (const [what, args] of run) {
    test(`runs from ${what}`, async () => {
      await fromWindow(...args);
      assert.equal(calls.length, 1);
      assert.deepEqual(reported, []);
    });
  }
});
