import * as vscode from 'vscode';
import { later, translated, t } from '../../l10n/texts';
import type { Severity, StoreKnowledge } from '../../api/traps';
import type { Diagnostic, LintContext, RequestFile } from '../../requests';
import type { ErrorReporter } from '../errors/error-reporter';
import { knownGroups } from '../customer/customer-groups';
import type { ActiveStore } from '../stores/active-store';
import type { Store } from '../stores/store';
import type { StoresTree } from '../tree/stores-tree';
import { linkedCode } from '../trap-link';
import { requestsModule } from '../lazy/requests-module';
import type { EnvironmentChoice } from './environment-choice';
import type { RequestDocuments } from './request-documents';
import type { RequestMethods } from './request-methods';
import { isRequestFile } from './request-ref';

const SOURCE = 'Maho SOAP';

/** Pause in typing after which a file is checked again, in ms. */
const TYPING_PAUSE_MS = 200;

/**
 * Codes of problems that VS Code's JSON support reports, too, by grammar and by schema. We only report them where it is switched off. Fixes
 * are offered in both cases.
 */
const saidByJson: ReadonlySet<string> = new Set(['json-syntax', 'file-empty', 'file-form', 'file-key', 'key-twice', 'no-requests']);

/** The dependencies of the diagnostics. */
export interface DiagnosticsPorts {
  readonly documents: RequestDocuments;
  readonly active: ActiveStore;
  readonly environment: EnvironmentChoice;
  readonly errors: ErrorReporter;
  readonly methods: RequestMethods;
}

/** One of our diagnostics, with its position in the editor. */
interface Placed {
  readonly diagnostic: Diagnostic;
  readonly shown: vscode.Diagnostic;
  /** ID of the store that the file is for. */
  readonly store: string | undefined;
}

/** Reports problems in request files in the editor: traps, placeholders, stores, environments. Offers fixes for them. */
export class RequestDiagnostics implements vscode.CodeActionProvider, vscode.Disposable {
  static readonly kinds = [vscode.CodeActionKind.QuickFix];

  readonly #collection = vscode.languages.createDiagnosticCollection('mahoSoap.requests');
  readonly #placed = new Map<string, { readonly version: number; readonly all: readonly Placed[] }>();
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #subscriptions: readonly vscode.Disposable[];

  constructor(
    private readonly ports: DiagnosticsPorts,
    private readonly tree: Pick<StoresTree, 'websiteNamesOf' | 'onDidChangeTreeData'>,
  ) {
    const { documents, active, environment, methods } = ports;
    const all = (): void => {
      for (const document of documents.open) this.#soon(document);
    };
    this.#subscriptions = [
      vscode.workspace.onDidOpenTextDocument((document) => {
        this.#soon(document, 0);
      }),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        this.#soon(document);
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        this.#forget(uri);
      }),
      vscode.workspace.onDidGrantWorkspaceTrust(all),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('json.validate')) all();
      }),
      // An open file may include the saved one.
      vscode.workspace.onDidSaveTextDocument(({ uri }) => {
        for (const document of documents.open) if (document.uri.toString() !== uri.toString()) this.#soon(document);
      }),
      active.onDidChange(all),
      environment.onDidChange(all),
      methods.onDidChange(all),
      // Customers that were loaded tell websites and store views.
      tree.onDidChangeTreeData(all),
    ];
    all();
  }

  provideCodeActions(document: vscode.TextDocument, range: vscode.Range): vscode.CodeAction[] {
    const placed = this.#placed.get(document.uri.toString());
    // Edits for an older text would change the wrong place.
    if (placed?.version !== document.version) return [];
    return placed.all.filter(({ shown }) => shown.range.intersection(range) !== undefined).flatMap((each) => actions(document, each));
  }

  dispose(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#collection.dispose();
  }

  #soon(document: vscode.TextDocument, after = TYPING_PAUSE_MS): void {
    if (!isRequestFile(document.uri)) return;
    const key = document.uri.toString();
    clearTimeout(this.#timers.get(key));
    this.#timers.set(
      key,
      setTimeout(() => {
        this.#timers.delete(key);
        void this.#check(document).catch((error: unknown) => {
          this.ports.errors.report(error);
        });
      }, after),
    );
  }

  #forget(uri: vscode.Uri): void {
    const key = uri.toString();
    clearTimeout(this.#timers.get(key));
    this.#timers.delete(key);
    this.#placed.delete(key);
    this.#collection.delete(uri);
  }

  async #check(document: vscode.TextDocument): Promise<void> {
    const { version } = document;
    const { documents, environment, methods } = this.ports;
    const linter = await documents.linter(document);
    const { file, rangeOf } = await documents.read(document);
    const { variables, problem } = await environment.read();
    const registry = await methods.of(file);
    const whole = await documents.whole({ uri: document.uri, file });
    const included = includedIn(file, whole);
    const { misspelledVariables } = await requestsModule();
    const misspelled = variables === undefined ? [] : misspelledVariables(variables, [whole]);
    if (document.isClosed || document.version !== version) return;
    const names = variables === undefined ? undefined : Object.keys(variables);
    const found = [...linter.lint(file, { ...this.#context(file, names), included, registry, describing: true })];
    for (const { name, meant } of misspelled) found.push(misspelledHere(file, name, meant, environment.name ?? ''));
    if (problem !== undefined) {
      const offset = Math.max(0, file.text.indexOf('{'));
      found.unshift({
        code: problem.code,
        message: problem.words.what,
        why: [problem.words.why, problem.words.next].filter((part) => part !== undefined).join(' '),
        severity: 'warning',
        range: { offset, length: 1 },
        fixes: [],
      });
    }
    const store = methods.storeOf(file)?.id;
    const all = found.map((diagnostic) => ({ diagnostic, shown: shown(diagnostic, rangeOf(diagnostic.range)), store }));
    this.#placed.set(document.uri.toString(), { version, all });
    const validated = vscode.workspace.getConfiguration('json').get<boolean>('validate.enable', true);
    this.#collection.set(
      document.uri,
      all.filter(({ diagnostic }) => !(validated && saidByJson.has(diagnostic.code))).map((each) => each.shown),
    );
  }

  /** The data of a store that is already loaded. Nothing is sent for a diagnostic. */
  #knowledge(store: Store): StoreKnowledge {
    const groups = store.connection === undefined ? undefined : knownGroups(store.connection);
    const { websites, stores } = this.tree.websiteNamesOf(store);
    const numbers = (of: ReadonlyMap<number, string> | undefined): readonly number[] | undefined =>
      of === undefined || of.size === 0 ? undefined : [...of.keys()];
    return { groups: numbers(groups), websites: numbers(websites), stores: numbers(stores), seenOnly: true };
  }

  #context(file: RequestFile, environment: readonly string[] | undefined): LintContext {
    const { active, methods } = this.ports;
    const store = methods.storeOf(file);
    return {
      dialect: store?.connection?.dialect ?? store?.config?.dialect,
      knowledge: store === undefined ? undefined : this.#knowledge(store),
      stores: active.names,
      environment,
      trusted: vscode.workspace.isTrusted,
    };
  }
}

/** An unused variable of the environment. Reported at the variable of the file that was probably meant, or at the beginning of the file. */
function misspelledHere(file: RequestFile, name: string, meant: string, environment: string): Diagnostic {
  const place = file.variables.find((each) => each.name === meant)?.range;
  return {
    code: 'environment-name',
    message: t('Nothing here uses "{name}" of the environment "{environment}". Did you mean "{meant}"?', { name, environment, meant }),
    why: t('The environment does not set "{meant}", so the value from this file is used.', { meant }),
    severity: 'information',
    range: place ?? { offset: Math.max(0, file.text.indexOf('{')), length: 1 },
    fixes: [],
  };
}

/** The variables, requests and problems of the files that a file includes. `undefined` if it includes none. */
function includedIn(file: RequestFile, whole: RequestFile): LintContext['included'] {
  if (whole === file) return undefined;
  return {
    variables: whole.variables.map(({ name }) => name),
    requests: whole.all.flatMap(({ name, list, origin }) => (origin === undefined || list === 'after' || name === '' ? [] : [name])),
    problems: whole.problems.slice(file.problems.length),
  };
}

const severities: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
  hint: vscode.DiagnosticSeverity.Hint,
};

function shown({ code, message, why, severity }: Diagnostic, range: vscode.Range): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(range, why === undefined || why === '' ? message : `${message}\n${why}`, severities[severity]);
  diagnostic.code = linkedCode(code);
  diagnostic.source = SOURCE;
  return diagnostic;
}

function actions(document: vscode.TextDocument, { diagnostic, shown: about, store }: Placed): readonly vscode.CodeAction[] {
  const fixes = diagnostic.fixes.map(({ title, edits, preferred }) => {
    const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
    action.diagnostics = [about];
    action.isPreferred = preferred;
    action.edit = new vscode.WorkspaceEdit();
    for (const { range, newText } of edits)
      action.edit.replace(
        document.uri,
        new vscode.Range(document.positionAt(range.offset), document.positionAt(range.offset + range.length)),
        newText,
      );
    return action;
  });
  const command = elsewhere[diagnostic.code];
  if (command === undefined) return fixes;
  const title = translated(command.title);
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.diagnostics = [about];
  action.command = { ...command, title, ...(store === undefined ? {} : { arguments: [store] }) };
  return [...fixes, action];
}

/** Fixes for problems whose cause is not in the file. */
const elsewhere: Readonly<Record<string, vscode.Command>> = {
  'environment-missing': { title: later('Select Another Environment File'), command: 'mahoSoap.environment.choose' },
  'environment-invalid': { title: later('Select Another Environment File'), command: 'mahoSoap.environment.choose' },
  'variable-unknown': { title: later('Select Environment File'), command: 'mahoSoap.environment.choose' },
  'method-undescribed': { title: later('Read Methods of Store'), command: 'mahoSoap.api.read' },
  'store-unknown': { title: later('Add Store'), command: 'mahoSoap.store.add' },
  'variable-untrusted': { title: later('Manage Workspace Trust'), command: 'workbench.trust.manage' },
};
