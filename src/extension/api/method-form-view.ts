import * as vscode from 'vscode';
import { plural, translated, t } from '../../l10n/texts';
import { ToolkitError, toToolkitError } from '../../api/errors';
import { isFiltersType } from '../../api/filters';
import type { StoreMethod, StoreMethods } from '../../api/store-methods/store-methods';
import { isList, isRecord } from '../../api/value';
import { typeWords } from '../../api/type-words';
import { formArguments, methodCall, methodRequest, type ArgumentValues } from '../../forms/method-form';
import { draftOf, readDraft, type ParseJson, type ValueDraft } from '../../forms/value-draft';
import { duration } from '../../pages/formats';
import { methodRequest as methodMessage, type MethodFormRequest, type MethodPlace, type MethodState } from '../../pages/method-messages';
import type { MethodUpdate } from '../../pages/method-messages';
import type { CopyAs } from '../calls/copy-as';
import type { CallOutcome, ExchangeKeeper, OutcomePresenter } from '../calls/outcome';
import { runCall } from '../calls/run-call';
import type { ErrorReporter } from '../errors/error-reporter';
import { requestsModule } from '../lazy/requests-module';
import type { ApiKeys } from '../stores/api-keys';
import { confirmWrite } from '../stores/confirm-write';
import { askForMissingKey } from '../stores/missing-key';
import type { Store } from '../stores/store';
import { oneLine } from '../text';
import { openRequestFile } from '../tree/save-request';
import type { KeptArguments } from './kept-arguments';
import { askForLimit } from '../calls/limit-question';

/** The parts of the extension that forms of methods need. */
export interface MethodFormPorts {
  readonly errors: ErrorReporter;
  readonly keys: ApiKeys;
  readonly presenter: OutcomePresenter;
  readonly history: ExchangeKeeper;
  readonly copyAs: CopyAs;
  readonly kept: KeptArguments;
  /** A store by its ID. Forms outlive connections and reloads, so they keep the ID only. */
  readonly store: (id: string) => Store | undefined;
  /** The methods of a store. Never asks for a key. @throws {ToolkitError} when no methods are known */
  readonly methods: (store: Store) => Promise<StoreMethods>;
}

/** The form of one method in a webview. Typed values are kept and sent from here. */
export class MethodFormView {
  #method: StoreMethod | undefined;
  #problem: ToolkitError | undefined;
  #running: AbortController | undefined;
  #outcome: MethodState['outcome'];
  #closed = false;
  /** Whether the page has been filled with the values that were typed before. */
  #filled = false;

  constructor(
    readonly panel: vscode.WebviewPanel,
    readonly place: MethodPlace,
    private readonly ports: MethodFormPorts,
    method?: StoreMethod,
  ) {
    this.#method = method;
    const subscription = panel.webview.onDidReceiveMessage((message: unknown) => {
      this.#do(async () => {
        await this.do(methodMessage.parse(message));
      });
    });
    panel.onDidDispose(() => {
      this.#closed = true;
      this.#running?.abort();
      subscription.dispose();
    });
  }

  /** The store, while it is listed. */
  get store(): Store | undefined {
    return this.ports.store(this.place.store);
  }

  /** Looks up the method, if the form was restored without it. */
  load(): void {
    this.#do(async () => {
      try {
        const { store } = this;
        if (store === undefined)
          throw new ToolkitError('input', {
            code: 'store-gone',
            what: t('The store of this form no longer exists.'),
            next: t('Start the demo store or add the store again, then retry.'),
          });
        this.#method ??= (await this.ports.methods(store)).find(this.place.method);
        this.#problem =
          this.#method === undefined
            ? new ToolkitError('input', {
                code: 'method-gone',
                what: t('{store} has no method {method}.', { store: oneLine(store.name), method: oneLine(this.place.method) }),
              })
            : undefined;
      } catch (error) {
        this.#problem = toToolkitError(error);
      }
      this.#post();
    });
  }

  /** Carries out a request of the page. */
  async do(request: MethodFormRequest): Promise<void> {
    const method = this.#method;
    switch (request.type) {
      case 'ready':
        this.#filled = false;
        this.#post();
        return;
      case 'retry':
        this.load();
        return;
      case 'cancel':
        this.#running?.abort();
        return;
      default:
        if (method !== undefined) await this.#doWith(method, request);
    }
  }

  async #doWith(method: StoreMethod, request: Extract<MethodFormRequest, { draft: unknown }>): Promise<void> {
    const { store, ports } = this;
    if (store === undefined) return;
    const { parseJson } = await requestsModule();
    const { values, whole } = valuesOf(method, request.draft, parseJson);
    await ports.kept.keep(store.name, method, values);
    const dialect = store.connection?.dialect ?? 'v2';
    switch (request.type) {
      case 'typed':
        return;
      case 'run':
        // The page shows the problem beside each input, so nothing is run.
        if (whole && this.#running === undefined) {
          const limited = await askForLimit(method, values);
          if (limited !== undefined) await this.#run(method, store, limited);
        }
        return;
      case 'copy-as':
        await ports.copyAs.copy(methodCall(method, values, dialect), store);
        return;
      case 'new-request': {
        const text = { store: store.config?.name ?? store.name, requests: [methodRequest(method, values, dialect)] };
        await openRequestFile(method.id, `${JSON.stringify(text, undefined, 2)}\n`);
      }
    }
  }

  async #run(method: StoreMethod, store: Store, values: ArgumentValues): Promise<void> {
    if (!(await askForMissingKey(this.ports.keys, store))) return;
    const write = method.access === 'write';
    const stop = new AbortController();
    this.#running = stop;
    this.#outcome = undefined;
    try {
      // Connects first, because the dialect decides how the call is written.
      const { dialect } = await store.wanted();
      const call = methodCall(method, values, dialect);
      const detail = t('The arguments are {arguments}.', { arguments: JSON.stringify(call.args) });
      if (write && !(await confirmWrite(store, { action: t('Run {method}', { method: oneLine(method.id) }), detail }))) return;
      this.#post();
      const begun = Date.now();
      const { presenter, history } = this.ports;
      const outcome = await runCall(call, store, {
        title: method.id,
        history,
        presenter,
        signal: stop.signal,
        confirmed: write,
        keepRows: true,
      });
      this.#outcome = outcomeOf(outcome, Date.now() - begun);
    } catch (error) {
      if (!stop.signal.aborted && !(error instanceof vscode.CancellationError) && !(error instanceof ToolkitError)) throw error;
      this.#outcome = { tone: 'error', words: error instanceof ToolkitError ? oneLine(error.message) : t('Cancelled') };
    } finally {
      this.#running = undefined;
      this.#post();
    }
  }

  #state(): MethodState {
    const { store, place } = this;
    const method = this.#method;
    const attributes = method?.result.kind === 'list' && method.result.of.kind === 'entity' ? method.result.of.fields : [];
    return {
      place,
      method: oneLine(method?.id ?? place.method),
      title: method?.title === undefined ? undefined : oneLine(translated(method.title)),
      description: method?.description === undefined ? undefined : oneLine(translated(method.description)),
      store: oneLine(store?.config?.name ?? store?.name ?? ''),
      environment: store?.environment,
      writes: method?.access === 'write',
      notes: method?.callable === false ? [t('This API user may not call this method.')] : [],
      args:
        method === undefined
          ? []
          : formArguments(method).map((argument) => ({ ...argument, words: wordsOf(argument), required: isRequired(argument) })),
      attributes: attributes.filter(({ type }) => type.kind !== 'list' && type.kind !== 'entity').map(({ name }) => name),
      problem: this.#problem?.message,
      running: this.#running !== undefined,
      outcome: this.#outcome,
    };
  }

  #post(): void {
    if (this.#closed) return;
    void this.panel.webview.postMessage({ type: 'show', state: this.#state() } satisfies MethodUpdate);
    const [method, store] = [this.#method, this.store];
    if (this.#filled || method === undefined || store === undefined) return;
    this.#filled = true;
    const before = this.ports.kept.of(store.name, method);
    const draft = formArguments(method).map(({ type }, index) => draftOf(type, before[index]));
    void this.panel.webview.postMessage({ type: 'fill', draft } satisfies MethodUpdate);
  }

  #do(task: () => Promise<void>): void {
    task().catch((error: unknown) => {
      this.ports.errors.report(error);
    });
  }
}

type Argument = ReturnType<typeof formArguments>[number];

function isRequired({ optional, type }: Argument): boolean {
  return optional === false && !isFiltersType(type);
}

function wordsOf({ type }: Argument): string {
  if (isFiltersType(type)) return t('conditions that must all match; without conditions, everything is returned');
  return type.kind === 'any' ? t('JSON; not described by a WSDL') : typeWords(type);
}

/** The typed text as values. @returns `whole` when no value is wrong or missing */
function valuesOf(
  method: StoreMethod,
  draft: readonly ValueDraft[],
  parse: ParseJson,
): { readonly values: ArgumentValues; readonly whole: boolean } {
  const args = formArguments(method);
  const read = args.map(({ type, name }, index) => readDraft(type, draft[index] ?? { kind: 'json', text: '' }, name, parse));
  const values = read.map(({ value }) => value);
  const whole = read.every(({ value, problems }, index) => {
    const argument = args[index];
    return problems.length === 0 && (value !== undefined || argument === undefined || !isRequired(argument));
  });
  // The arguments of a method without a description are a list or a map.
  const [all] = values;
  return { values, whole: whole && (method.args !== undefined || all === undefined || isList(all) || isRecord(all)) };
}

function outcomeOf({ value, error, stopped }: CallOutcome, ms: number): NonNullable<MethodState['outcome']> {
  if (error !== undefined) return { tone: 'error', words: oneLine(error.words.what) };
  const time = duration(ms);
  if (stopped === true && isList(value))
    return {
      tone: 'good',
      words: plural(value.length, 'Stopped after {count} row, {time}', 'Stopped after {count} rows, {time}', { time }),
    };
  const rows = isList(value) ? plural(value.length, '{count} row', '{count} rows') : t('Done');
  return { tone: 'good', words: `${rows}, ${time}` };
}
