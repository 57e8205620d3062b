import type * as vscode from 'vscode';

const STATE_KEY = 'mahoSoap.sheetCodes';

/** Whether sheets show the codes of attributes beside their names. One choice for all sheets, kept on this computer. */
export class ShownCodes {
  constructor(private readonly memory: Pick<vscode.Memento, 'get' | 'update'>) {}

  get shown(): boolean {
    return this.memory.get<unknown>(STATE_KEY) === true;
  }

  async show(shown: boolean): Promise<void> {
    await this.memory.update(STATE_KEY, shown);
  }
}
