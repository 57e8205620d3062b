import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { translated, t } from '../../l10n/texts';
import { findMethod } from '../../api/catalogue';
import { isSoap, soapDialects } from '../../api/dialect';
import { facets } from '../../api/dialect-facets';
import { ToolkitError } from '../../api/errors';
import type { ResourceRegistry } from '../../api/resources';
import { isSoapValue } from '../../api/types';
import { isList, isRecord, type SoapList, type SoapRecord } from '../../api/value';
import type { CodeRequest } from '../../codegen';
import { isWrite } from '../../store/calls/policy';
import { withProgress } from '../messages';
import type { CodeMethods } from '../calls/code-methods';
import type { ExchangeKeeper, OutcomePresenter } from '../calls/outcome';
import { runCall } from '../calls/run-call';
import type { ActiveStore } from '../stores/active-store';
import { confirmWrite } from '../stores/confirm-write';
import { takesLongerThan } from '../stores/wait-with-notice';
import type { Store } from '../stores/store';
import { oneLine } from '../text';
import { foundCallAt } from './call-at';

/** The request that a lens passes. It is validated, because any caller can run the command. */
const request = z.object({
  method: z.string(),
  dialect: z.enum(soapDialects),
  args: z.custom<SoapRecord | SoapList>((value) => isSoapValue(value) && (isRecord(value) || isList(value))),
});

/** Time after which a running call shows its progress, in ms. Most have ended by then. */
const SILENT_WAIT_MS = 500;

/** Runs calls from code. */
export class RunCode {
  constructor(
    private readonly active: ActiveStore,
    private readonly methods: CodeMethods,
    private readonly presenter: OutcomePresenter,
    private readonly history: ExchangeKeeper,
  ) {}

  /**
   * Runs a call on the active store and shows its outcome. A write is confirmed first.
   * @param argument the request of a lens. Defaults to the call at the cursor
   * @throws {ToolkitError} when there is no call that can be run, or the workspace is not trusted
   */
  async run(argument: unknown): Promise<void> {
    if (!vscode.workspace.isTrusted) {
      throw new ToolkitError('policy', {
        code: 'untrusted',
        what: t('Nothing was sent: the workspace is not trusted.'),
        why: t('Code from others could change data in a store.'),
        next: t('Trust the workspace if you know where its files come from.'),
      });
    }
    const parsed = request.safeParse(argument);
    const wanted = parsed.success ? parsed.data : await atCursor(await this.methods.registry());
    const store = await this.active.needed(t('Select a store to run {method} on', { method: wanted.method }));
    if (store === undefined) return;
    const write = isWrite(wanted.method);
    if (
      write &&
      !(await confirmWrite(store, {
        action: actionOf(wanted),
        detail: t('{method} with {arguments}', { method: wanted.method, arguments: oneLine(JSON.stringify(wanted.args)) }),
      }))
    )
      return;
    await showingProgress(
      t('{method} on {store}', { method: wanted.method, store: oneLine(store.config?.name ?? store.name) }),
      async (signal) => {
        await runCall({ method: wanted.method, args: wanted.args, dialect: spoken(wanted, store) }, store, {
          history: this.history,
          presenter: this.presenter,
          signal,
          confirmed: write,
          keepRows: true,
        });
      },
    );
  }
}

async function atCursor(registry: ResourceRegistry): Promise<CodeRequest> {
  const editor = vscode.window.activeTextEditor;
  const call =
    editor === undefined ? undefined : await foundCallAt(editor.document, editor.document.offsetAt(editor.selection.active), registry);
  if (call === undefined)
    throw new ToolkitError('input', {
      code: 'no-call',
      what: t('There is no call of this API at the cursor.'),
      next: t('Put the cursor into a call, such as customerCustomerList(…).'),
    });
  const { requestOf } = await import('../../codegen');
  const found = requestOf(call);
  if (found === undefined)
    throw new ToolkitError('input', {
      code: 'not-literal',
      what: t('This call of {method} cannot be run as it is written.', { method: call.method }),
      why: t('Some of its arguments are not literals, so only the program knows their values.'),
      next: t('Replace the variables with values, or save the call as a request.'),
    });
  return found;
}

/** A V1 call uses V1. V2 and WS-I are two states of one switch in the shop, so the store's own is used. */
function spoken({ dialect }: CodeRequest, store: Store): CodeRequest['dialect'] | undefined {
  if (facets[dialect].positional) return dialect;
  const own = [store.connection?.dialect, store.config?.dialect].filter((known) => known !== undefined);
  return own.some((known) => isSoap(known) && facets[known].path !== facets[dialect].path) ? dialect : undefined;
}

function actionOf({ method }: CodeRequest): string {
  const title = findMethod(method)?.title;
  return title === undefined ? t('Run {method}', { method }) : translated(title);
}

/** Waits for a task. If it takes long, shows progress that can be cancelled. */
async function showingProgress(title: string, task: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const stop = new AbortController();
  const running = task(stop.signal);
  if (!(await takesLongerThan(running, SILENT_WAIT_MS))) return;
  await withProgress(title, async (_progress, token) => {
    token.onCancellationRequested(() => {
      stop.abort();
    });
    await running;
  });
}
