import * as vscode from 'vscode';

/** The state of a status bar item. */
export interface StatusItemState {
  /** May contain icons. Text from elsewhere must be passed through `withoutIcons` first. */
  readonly text: string;
  readonly tooltip: string;
  /** For screen readers. Defaults to the text. */
  readonly label?: string;
  /** Whether it has the colour of warnings. */
  readonly warns: boolean;
}

export interface LiveStatusOptions {
  readonly id: string;
  /** Its name in the menu that hides and shows items. */
  readonly name: string;
  /** The command that a click runs. */
  readonly command: string;
  readonly onDidChange: vscode.Event<unknown>;
  /** Called at first and after each change. `undefined` hides the item. */
  readonly state: () => StatusItemState | undefined;
}

/** A status bar item on the left that is redrawn after each change. */
export function liveStatus({ id, name, command, onDidChange, state }: LiveStatusOptions): vscode.Disposable {
  const item = vscode.window.createStatusBarItem(id, vscode.StatusBarAlignment.Left);
  item.name = name;
  item.command = command;
  const draw = (): void => {
    const now = state();
    if (now === undefined) {
      item.hide();
      return;
    }
    item.text = now.text;
    item.tooltip = now.tooltip;
    item.accessibilityInformation = now.label === undefined ? undefined : { label: now.label, role: 'button' };
    item.backgroundColor = now.warns ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
    item.show();
  };
  draw();
  return vscode.Disposable.from(onDidChange(draw), item);
}
