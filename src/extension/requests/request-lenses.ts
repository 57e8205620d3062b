import * as vscode from 'vscode';
import { t } from '../../l10n/texts';
import type { ActiveStore } from '../stores/active-store';
import { hasRest } from '../stores/maho-stores';
import { readOnlyWords } from '../stores/read-only';
import type { Store } from '../stores/store';
import type { EnvironmentChoice } from './environment-choice';
import type { LastRuns } from './last-runs';
import type { OpenedFile, RequestDocuments } from './request-documents';
import type { RequestRef } from './request-ref';
import { writesByItself } from './request-writes';

/** How long changes are collected before lenses are updated, in ms, because a run of hundreds of requests changes often. */
const GATHER_MS = 150;

type Kind = 'run' | 'refused' | 'runOn' | 'copyAs' | 'restEquivalent' | 'cancel' | 'outcome';

/** A lens of a request. Its title is made when it becomes visible, because a file of 2,000 requests has 8,000 lenses. */
class RequestLens extends vscode.CodeLens {
  constructor(
    range: vscode.Range,
    readonly kind: Kind,
    readonly about: RequestRef & { readonly name: string },
  ) {
    super(range);
  }
}

/** "Run | Run on… | Copy as…" and the last result above each request, store and environment above the file. */
export class RequestLenses implements vscode.CodeLensProvider, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: readonly vscode.Disposable[];
  #timer: NodeJS.Timeout | undefined;

  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(
    private readonly documents: RequestDocuments,
    private readonly lastRuns: LastRuns,
    private readonly active: ActiveStore,
    private readonly environment: EnvironmentChoice,
  ) {
    const soon = (): void => {
      this.#timer ??= setTimeout(() => {
        this.#timer = undefined;
        this.#changed.fire();
      }, GATHER_MS);
    };
    this.#subscriptions = [
      lastRuns.onDidChange(soon),
      active.onDidChange(soon),
      environment.onDidChange(soon),
      vscode.workspace.onDidGrantWorkspaceTrust(soon),
    ];
  }

  async provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    const opened = await this.documents.read(document);
    const lenses = opened.file.requests.length === 0 ? [] : this.#ofFile(opened);
    const store = this.#storeOf(opened.file.store?.name);
    for (const request of opened.file.all) {
      const { name, line, index } = request;
      if (name === '') continue;
      const refused = store?.readOnly === true && writesByItself(request);
      // A lens is shown above its line, at any column.
      const place = new vscode.Range(line, 0, line, 0);
      const last = this.lastRuns.last(document.uri, name);
      const rest = hasRest(store) ? (['restEquivalent'] as const) : [];
      const kinds: Kind[] = !vscode.workspace.isTrusted
        ? ['copyAs', ...rest]
        : [
            last?.status === 'running' ? 'cancel' : refused ? 'refused' : 'run',
            'runOn',
            'copyAs',
            ...rest,
            ...(last === undefined || last.status === 'running' ? [] : (['outcome'] as const)),
          ];
      lenses.push(...kinds.map((kind) => new RequestLens(place, kind, { uri: document.uri, name, index })));
    }
    return lenses;
  }

  resolveCodeLens(lens: vscode.CodeLens): vscode.CodeLens {
    if (lens instanceof RequestLens) lens.command = this.#command(lens);
    return lens;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#changed.dispose();
  }

  /** The store that a file runs on. `undefined` if that needs a question. */
  #storeOf(name: string | undefined): Store | undefined {
    if (name === undefined) return this.active.current;
    const [store, another] = this.active.allNamed(name);
    return another === undefined ? store : undefined;
  }

  #ofFile({ uri, file, rangeOf }: OpenedFile): vscode.CodeLens[] {
    const top = rangeOf({ offset: Math.max(0, file.text.indexOf('{')), length: 0 });
    if (!vscode.workspace.isTrusted) {
      return [
        new vscode.CodeLens(top, {
          command: 'workbench.trust.manage',
          title: `$(workspace-untrusted) ${t('Nothing is sent: the workspace is not trusted')}`,
          tooltip: t('Request files from others could change data in a store. Trust the workspace if you know where its files come from.'),
        }),
      ];
    }
    const [store, another] = file.store === undefined ? [this.active.current] : this.active.allNamed(file.store.name);
    const storeTitle =
      another !== undefined
        ? t('several stores are named "{name}"', { name: file.store?.name ?? '' })
        : file.store !== undefined && store === undefined
          ? t('no store "{name}"', { name: file.store.name })
          : store === undefined
            ? t('select a store')
            : t('on {name}', { name: store.config?.name ?? store.name });
    return [
      new vscode.CodeLens(top, {
        command: 'mahoSoap.requests.runFile',
        title: `$(run-all) ${t('Run all')}`,
        tooltip: t('Run all requests of this file in order'),
        arguments: [{ uri: uri.toString() }],
      }),
      new vscode.CodeLens(top, {
        command: 'mahoSoap.requests.chooseStore',
        title: plain(storeTitle),
        tooltip: file.store === undefined ? t('Select the active store') : t('The file names its store. Go to the line'),
        arguments: [{ uri: uri.toString() }],
      }),
      new vscode.CodeLens(top, {
        command: 'mahoSoap.environment.choose',
        title: plain(this.environment.name === undefined ? t('no environment') : t('environment {name}', { name: this.environment.name })),
        tooltip: t('Select the environment file, whose variables override those of the file'),
      }),
    ];
  }

  #command({ kind, about }: RequestLens): vscode.Command {
    const argument = [{ uri: about.uri.toString(), name: about.name, index: about.index }];
    switch (kind) {
      case 'run':
        return {
          command: 'mahoSoap.request.run',
          title: `$(play) ${t('Run')}`,
          tooltip: t('Run "{name}"', { name: about.name }),
          arguments: argument,
        };
      case 'refused':
        return {
          command: '',
          title: `$(lock) ${t('Read-only')}`,
          tooltip: [t('"{name}" writes to the store.', { name: about.name }), readOnlyWords()].join(' '),
        };
      case 'runOn':
        return { command: 'mahoSoap.request.runOn', title: t('Run on…'), tooltip: t('Select a store for this run'), arguments: argument };
      case 'copyAs':
        return {
          command: 'mahoSoap.request.copyAs',
          title: t('Copy as…'),
          tooltip: t('Copy as PHP, TypeScript, JavaScript or curl'),
          arguments: argument,
        };
      case 'restEquivalent':
        return {
          command: 'mahoSoap.request.showRest',
          title: 'REST',
          tooltip: t('Show this call over REST v2'),
          arguments: argument,
        };
      case 'cancel':
        return {
          command: 'mahoSoap.request.cancel',
          title: `$(stop-circle) ${t('Cancel')}`,
          tooltip: t('Cancel this run'),
          arguments: argument,
        };
      case 'outcome': {
        const last = this.lastRuns.last(about.uri, about.name);
        const icon =
          last?.status === 'passed' ? '$(pass)' : last?.status === 'failed' || last?.status === 'error' ? '$(error)' : '$(circle-slash)';
        return {
          command: 'mahoSoap.request.showOutcome',
          title: `${icon} ${plain(last?.text ?? '')}`,
          tooltip: last?.detail === undefined || last.detail === '' ? t('Show the outcome') : last.detail,
          arguments: argument,
        };
      }
    }
  }
}

/** Escapes text of a request, so that it is not shown as an icon. */
function plain(text: string): string {
  return text.replaceAll('$(', '\\$(');
}
