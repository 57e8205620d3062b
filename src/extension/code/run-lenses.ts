import * as vscode from 'vscode';
import { t } from '../../l10n/texts';
import type { ActiveStore } from '../stores/active-store';
import { isWrite } from '../../store/calls/policy';
import { readOnlyWords } from '../stores/read-only';
import { withoutIcons } from '../text';
import type { Analyses } from './analyses';
import { rangeOf } from './ranges';

/** "Run on Staging DE" above calls whose arguments are all literals. */
export class RunLensProvider implements vscode.CodeLensProvider, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscription: vscode.Disposable;

  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(
    private readonly active: ActiveStore,
    private readonly analyses: Analyses,
  ) {
    this.#subscription = vscode.Disposable.from(
      active.onDidChange(() => {
        this.#changed.fire();
      }),
      analyses.onDidChange(() => {
        this.#changed.fire();
      }),
      vscode.workspace.onDidGrantWorkspaceTrust(() => {
        this.#changed.fire();
      }),
    );
  }

  async provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    const { calls } = await this.analyses.of(document);
    if (calls.length === 0) return [];
    const { requestOf } = await import('../../codegen');
    const store = this.active.current;
    const { isTrusted } = vscode.workspace;
    const title =
      store === undefined ? t('Run on a store…') : t('Run on {store}', { store: withoutIcons(store.config?.name ?? store.name) });
    return calls.flatMap((call) => {
      const request = requestOf(call);
      // A path that ends in a dot is still being typed.
      if (request === undefined || call.method.endsWith('.')) return [];
      const range = rangeOf(document, call);
      if (!isTrusted)
        return [
          new vscode.CodeLens(range, {
            command: 'workbench.trust.manage',
            title: `$(workspace-untrusted) ${t('Not sent: the workspace is not trusted')}`,
            tooltip: t('Code from others could change data in a store. Trust the workspace if you know where its files come from.'),
          }),
        ];
      if (store?.readOnly === true && isWrite(request.method))
        return [
          new vscode.CodeLens(range, {
            command: '',
            title: `$(lock) ${t('{store} is read-only', { store: withoutIcons(store.config?.name ?? store.name) })}`,
            tooltip: [t('{method} writes to the store.', { method: request.method }), readOnlyWords()].join(' '),
          }),
        ];
      const tooltip = t('Sends {method} with these arguments and shows the response.', { method: request.method });
      return [new vscode.CodeLens(range, { command: 'mahoSoap.code.run', title: `$(play) ${title}`, tooltip, arguments: [request] })];
    });
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }
}
