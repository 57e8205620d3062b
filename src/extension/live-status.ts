import * as vscode from 'vscode';

/** How a status bar item looks at a moment. */
export interface StatusLook {
  /** May hold icons: what comes from elsewhere has gone through `withoutIcons`. */
  readonly text: string;
  readonly tooltip: string;
  /** For screen readers, where `text` is not what to say. */
  readonly label?: string;
  /** Drawn in the colour of warnings. */
  readonly warns: boolean;
}

export interface LiveStatusOptions {
  readonly id: string;
  /** In the menu that hides and shows items. */
  readonly name: string;
  /** What a click runs. */
  readonly command: string;
  readonly onDidChange: vscode.Event<unknown>;
  /** Asked at first and after each change; `undefined` hides the item. */
  readonly look: () => StatusLook | undefined;
}

/** A status bar item on the left that follows what it shows. */
export function liveStatus({ id, name, command, onDidChange, look }: LiveStatusOptions): vscode.Disposable {
  const item = vscode.window.createStatusBarItem(id, vscode.StatusBarAlignment.Left);
  item.name = name;
  item.command = command;
  const draw = (): void => {
    const now = look();
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
