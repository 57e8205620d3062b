import * as vscode from 'vscode';
import { count } from '../text';
import type { DemoHost } from '../stores/demo-host';

/** The status bar item of a running demo store: its port, how many requests it answered, and whether it makes trouble on demand. */
export class DemoStatus implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem('mahoSoap.demo', vscode.StatusBarAlignment.Left);
  readonly #subscription: vscode.Disposable;

  constructor(private readonly demo: DemoHost) {
    this.#item.name = 'Maho SOAP demo store';
    this.#item.command = 'mahoSoap.demo.showLog';
    this.#subscription = demo.onDidChange(() => {
      this.#show();
    });
    this.#show();
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#item.dispose();
  }

  #show(): void {
    const { running } = this.demo;
    if (running === undefined) {
      this.#item.hide();
      return;
    }
    const faults = Object.keys(running.faults);
    this.#item.text = `$(${faults.length > 0 ? 'warning' : 'server'}) Demo store :${running.port}`;
    this.#item.tooltip = [
      `Running on port ${running.port}`,
      `${count(running.answered)} requests answered`,
      ...(faults.length > 0 ? [`Faults on demand: ${faults.join(', ')}`] : []),
      'Click for the request log',
    ].join('\n');
    this.#item.backgroundColor = faults.length > 0 ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
    this.#item.show();
  }
}
