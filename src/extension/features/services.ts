import type * as vscode from 'vscode';
import type { ResourceRegistry } from '../../api/resources';
import { once } from '../lazy/once';
import type { Shell } from './shell';

/**
 * The parts of the extension. Each part is loaded and made once, when it is first needed, together with the parts that it needs. So this
 * file only imports types and code that loads other code.
 */
export class Services {
  /**
   * @param memory the memory of the workspace
   * @param shell gives what was registered with VS Code. Called when the first part is made
   */
  constructor(
    readonly memory: vscode.Memento,
    private readonly shell: () => Shell,
  ) {}

  /** ID of this extension, used in links. */
  get extensionId(): string {
    return this.shell().context.extension.id;
  }

  /** Folder of this extension. */
  get extensionUri(): vscode.Uri {
    return this.shell().context.extensionUri;
  }

  /** Folder for the extension's own files, for all workspaces. */
  get storage(): string {
    return this.shell().context.globalStorageUri.fsPath;
  }

  /** Opens the targets of links. */
  readonly links = once(async () => {
    const [{ openLink }, { active }, { filters, view }, { sheets }, { views }] = await Promise.all([
      import('../links/open-link'),
      this.stores(),
      this.tree(),
      this.sheets(),
      this.tables(),
    ]);
    return async (uri: Pick<vscode.Uri, 'path' | 'query'>): Promise<void> => {
      await openLink(uri, {
        active,
        memory: this.memory,
        showStore: async (store) => {
          await view.reveal(store);
        },
        showCustomer: async (store, id) => {
          await sheets.open(store, id);
        },
        showFilter: async (store, name) => {
          await views.open({ store: store.id, source: { kind: 'filter', name } });
        },
        filters: (store) => filters.for(store).map(({ name }) => name),
      });
    };
  });

  readonly log = once(async () => this.shell().track(new (await import('../log/log')).Log()));

  readonly errors = once(async () => {
    const [{ ErrorReporter }, log] = await Promise.all([import('../errors/error-reporter'), this.log()]);
    return new ErrorReporter(log);
  });

  readonly stores = once(async () => {
    const [{ makeStores }, log] = await Promise.all([import('./stores'), this.log()]);
    void this.terminal();
    return makeStores(this.shell(), log);
  });

  /** Adds `maho-soap` to the terminals of a window that has used the extension. */
  readonly terminal = once(async () => {
    const [{ offerInTerminals }, log] = await Promise.all([import('../terminal/terminal-command'), this.log()]);
    await offerInTerminals(this.shell().context, log);
  });

  readonly tree = once(async () => {
    const [{ makeTree }, stores, log] = await Promise.all([import('./tree'), this.stores(), this.log()]);
    return makeTree(this.shell(), stores, log);
  });

  readonly tables = once(async () => {
    const [{ makeTables }, stores, tree, errors] = await Promise.all([import('./tables'), this.stores(), this.tree(), this.errors()]);
    return makeTables(this.shell(), stores, tree, errors, this.imports);
  });

  /** The import views. */
  readonly imports = once(async () => {
    const [{ makeImports }, stores, history, errors] = await Promise.all([
      import('./imports'),
      this.stores(),
      this.history(),
      this.errors(),
    ]);
    return makeImports(this.shell(), stores, history, errors, this.#tree);
  });

  readonly history = once(async () => {
    const [{ makeHistory }, log] = await Promise.all([import('./history'), this.log()]);
    return makeHistory(this.shell(), log);
  });

  /** Passes calls between programs and stores, and records them in the history. */
  readonly watching = once(async () => {
    const [{ makeWatching }, stores, history] = await Promise.all([import('./watching'), this.stores(), this.history()]);
    return makeWatching(this.shell(), stores, history);
  });

  readonly responses = once(async () => {
    const [{ makeResponses }, stores, history, errors] = await Promise.all([
      import('./responses'),
      this.stores(),
      this.history(),
      this.errors(),
    ]);
    return makeResponses(this.shell(), stores, history, errors);
  });

  /** The forms for a store's methods. */
  readonly methodForms = once(async () => {
    const [{ makeMethodForms }, stores, history, responses, errors] = await Promise.all([
      import('./method-forms'),
      this.stores(),
      this.history(),
      this.responses(),
      this.errors(),
    ]);
    return makeMethodForms(this.shell(), stores, history, responses, errors);
  });

  readonly sheets = once(async () => {
    const [{ makeSheets }, stores, history, responses, errors, log] = await Promise.all([
      import('./sheets'),
      this.stores(),
      this.history(),
      this.responses(),
      this.errors(),
      this.log(),
    ]);
    return makeSheets(this.shell(), { stores, history, responses, errors, log, tree: this.#tree });
  });

  /** Read-only documents such as the findings of a check and reports of what was done. */
  readonly reports = once(async () => {
    const { ReportDocuments } = await import('../reports/report-documents');
    const { track, reportDocuments } = this.shell();
    const reports = track(new ReportDocuments());
    reportDocuments.follow(reports);
    return reports;
  });

  /** Pages about calls over REST. */
  readonly restPages = once(async () => {
    const { RestPages } = await import('../rest/rest-pages');
    const { track, context } = this.shell();
    return track(new RestPages(context.extensionUri));
  });

  /** The report about moving to REST. */
  readonly migration = once(async () => {
    const { MigrationTree } = await import('../migration/migration-tree');
    const { track, migrationRows, migrationView } = this.shell();
    const tree = track(new MigrationTree());
    track(migrationRows.fill(tree));
    return { tree, view: migrationView };
  });

  readonly requests = once(async () => {
    const [{ makeRequests }, stores, history, log] = await Promise.all([import('./requests'), this.stores(), this.history(), this.log()]);
    return makeRequests(this.shell(), stores, history, log);
  });

  readonly requestEditors = once(async () => {
    const [{ makeRequestEditors }, requests, stores, errors] = await Promise.all([
      import('./request-editors'),
      this.requests(),
      this.stores(),
      this.errors(),
    ]);
    makeRequestEditors(this.shell(), requests, stores, errors, this.#tree);
  });

  readonly requestTests = once(async () => {
    const [{ RequestTests }, { documents, files, runs }, errors] = await Promise.all([
      import('../requests/request-tests'),
      this.requests(),
      this.errors(),
    ]);
    const { track, tests } = this.shell();
    return track(new RequestTests(tests, documents, files, runs, errors));
  });

  readonly codeHelp = once(async () => {
    const [{ CodeHelp }, { active, codeMethods }, errors] = await Promise.all([import('../code/code-help'), this.stores(), this.errors()]);
    return this.shell().track(new CodeHelp(active, codeMethods, errors));
  });

  /** The known methods that code may call. */
  readonly codeRegistry = async (): Promise<ResourceRegistry> => await (await this.stores()).codeMethods.registry();

  /** Writes the history and ends the sessions, if there are any. */
  async end(): Promise<void> {
    // First, because calls that still pass are added to the history.
    await this.watching.made?.close();
    await Promise.all([this.history.made?.history.written(), this.stores.made?.stores.close()]);
  }

  readonly #tree = () => this.tree.made?.tree;
}
