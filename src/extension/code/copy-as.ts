import * as vscode from 'vscode';
import { dialectLabels, dialects, type Dialect } from '../../api/dialect';
import { codeTargets, generateCode, targetLabels, type CodeTarget } from '../../codegen';
import type { ActiveStore } from '../stores/active-store';
import type { Call } from '../response/outcome';
import type { Store } from '../stores/store';

/** Where generated code points when no store is known. */
const SOME_STORE = { url: 'https://shop.example.com', user: 'apiUser' };

/** "Copy as": a call as a program in PHP, TypeScript, JavaScript or for curl. API keys never appear in it. */
export class CopyAs {
  constructor(private readonly active: ActiveStore) {}

  /**
   * Asks for language and dialect and copies the program.
   * @param store whose address the program has; the active store when not given
   * @throws {ToolkitError} of kind `input` when the call cannot be written in the chosen form
   */
  async copy(call: Call, store: Store | undefined = this.active.current): Promise<void> {
    const chosen = await this.#choose(call, store);
    if (chosen === undefined) return;
    await vscode.env.clipboard.writeText(this.program(call, store, chosen.target, chosen.dialect));
    vscode.window.setStatusBarMessage(`Copied as ${chosen.label}`, 3000);
  }

  /** The program itself. */
  program(call: Call, store: Store | undefined, target: CodeTarget, dialect: Dialect): string {
    const { url, user } = store?.config ?? SOME_STORE;
    return generateCode({ method: call.method, args: call.args, url, user, dialect, namespace: store?.connection?.namespace }, target);
  }

  async #choose(call: Call, store: Store | undefined): Promise<{ readonly label: string; readonly target: CodeTarget; readonly dialect: Dialect } | undefined> {
    const usual = call.dialect ?? store?.connection?.dialect ?? 'v2';
    const ordered = [usual, ...dialects.filter((dialect) => dialect !== usual)];
    const items = codeTargets.flatMap((target) => ordered.map((dialect) => ({ label: `${targetLabels[target]} (${dialectLabels[dialect]})`, target, dialect })));
    return await vscode.window.showQuickPick(items, { placeHolder: 'Copy as' });
  }
}
