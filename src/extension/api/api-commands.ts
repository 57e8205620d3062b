import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { plural, t } from '../../l10n/texts';
import { differenceOf } from '../../api/store-methods/difference';
import { ToolkitError } from '../../api/errors';
import { StoreMethods, type StoreMethod } from '../../api/store-methods/store-methods';
import { soapValue } from '../../api/types';
import { methodCall, methodRequest, startingValues, templateFile, unlistedMethod, type ArgumentValues } from '../../forms/method-form';
import type { CopyAs } from '../calls/copy-as';
import type { ExchangeKeeper, OutcomePresenter } from '../calls/outcome';
import { runCall } from '../calls/run-call';
import type { Handlers } from '../commands/commands';
import { withProgress } from '../messages';
import type { ReportDocuments } from '../reports/report-documents';
import type { ActiveStore } from '../stores/active-store';
import type { ApiKeys } from '../stores/api-keys';
import { confirmWrite } from '../stores/confirm-write';
import { askForMissingKey } from '../stores/missing-key';
import { waitWithNotice } from '../stores/wait-with-notice';
import type { Store } from '../stores/store';
import type { KnownMethods } from '../stores/store-methods';
import { oneLine } from '../text';
import { asTreeNode } from '../tree/nodes';
import { openRequestFile } from '../tree/save-request';
import { differenceText } from './difference-text';
import { findMethod } from './find-method';
import { KeptArguments } from './kept-arguments';
import type { MethodForms } from './method-forms';

export interface ApiPorts {
  readonly active: ActiveStore;
  readonly keys: ApiKeys;
  readonly presenter: OutcomePresenter;
  readonly history: ExchangeKeeper;
  readonly copyAs: CopyAs;
  readonly reports: ReportDocuments;
  readonly methods: () => Promise<KnownMethods>;
  readonly memory: vscode.Memento;
  readonly openCustomer: (store: Store, id: string) => Promise<void>;
  readonly forms: () => Promise<MethodForms>;
}

/** The argument that the page of a response passes: the ID of the store, and the target of a value. */
const followed = z.object({
  store: z.string(),
  link: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('customer'), id: z.string() }),
    z.object({ kind: z.literal('call'), method: z.string(), args: z.array(soapValue) }),
  ]),
});

/** The commands for the rows below "API", and for the list that finds methods. */
export function apiCommands(ports: ApiPorts): Handlers<'api'> {
  const { active, keys, copyAs, reports } = ports;
  const kept = new KeptArguments(ports.memory);

  return {
    'api.find': find,
    'call.run': find,
    'api.read': read,
    'api.run': async (argument) => {
      const node = asTreeNode(argument);
      if (node?.kind === 'method') await run(node.store, node.method);
      else await find(argument);
    },
    'api.newRequest': async (argument) => {
      const node = asTreeNode(argument);
      if (node?.kind === 'method') await openRequest(node.store, node.method);
    },
    'api.copyAs': async (argument) => {
      const node = asTreeNode(argument);
      if (node?.kind !== 'method') return;
      const { method, store } = node;
      const values = given(kept.of(store.name, method)) ?? startingValues(method);
      await copyAs.copy(methodCall(method, values, dialectOf(store)), store);
    },
    'api.copyName': async (argument) => {
      const node = asTreeNode(argument);
      if (node?.kind === 'method') await copyName(node.store, node.method);
    },
    'api.follow': follow,
    'api.compare': async (argument) => {
      const store = storeOf(argument) ?? (await active.needed(t('Select a store to compare the methods of')));
      if (store === undefined) return;
      const other = await active.pick(
        t('Select a store to compare with'),
        active.all.filter((each) => each !== store),
      );
      if (other === undefined) return;
      const [first, second] = [await methods(store), await methods(other)];
      const text = differenceText({ name: store.name, methods: first }, { name: other.name, methods: second }, differenceOf(first, second));
      await reports.show(t('Methods'), text);
    },
  };

  /** The methods of a store, read once for each connection. */
  async function methods(store: Store): Promise<StoreMethods> {
    const [connection, known] = [await store.wanted(), await ports.methods()];
    return await waitWithNotice(t('Reading the methods of {store}', { store: oneLine(store.name) }), (stop) =>
      known.of(store, connection, stop),
    );
  }

  /** Opens the target of an ID in a response, in the store that sent the response. */
  async function follow(argument: unknown): Promise<void> {
    const { data } = followed.safeParse(argument);
    const store = active.all.find(({ id }) => id === data?.store);
    if (data === undefined || store === undefined) return;
    if (data.link.kind === 'customer') {
      await ports.openCustomer(store, data.link.id);
      return;
    }
    const { link } = data;
    const method = (await methods(store)).find(link.method);
    if (method === undefined)
      throw new ToolkitError('input', {
        code: 'method-gone',
        what: t('{store} has no method {method}, which is needed to read this.', { store: oneLine(store.name), method: link.method }),
        next: t('Use Find a Method to see the methods of this store.'),
      });
    await send(store, method, link.args);
  }

  /** Reads the methods of a store again, so that request files and code know them. */
  async function read(argument: unknown): Promise<void> {
    const named = active.all.find(({ id }) => id === argument);
    const store = named ?? storeOf(argument) ?? (await active.needed(t('Select a store to read the methods of')));
    if (store === undefined || !(await askForMissingKey(keys, store))) return;
    const connection = await store.wanted();
    (await ports.methods()).forget(connection);
    const { methods: found } = await methods(store);
    vscode.window.setStatusBarMessage(
      plural(found.length, 'Read {count} method of {store}', 'Read {count} methods of {store}', { store: oneLine(store.name) }),
      5000,
    );
  }

  async function find(argument: unknown): Promise<void> {
    const store = storeOf(argument) ?? (await active.needed(t('Select a store to find a method in')));
    if (store === undefined || !(await askForMissingKey(keys, store))) return;
    const unlisted = (name: string): StoreMethod => unlistedMethod(name, dialectOf(store));
    const found = await findMethod({ store: store.name, unlisted, ...(await known(store)) });
    if (found?.action === 'run') await run(store, found.method);
    else if (found?.action === 'new-request') await openRequest(store, found.method);
    else if (found !== undefined) await copyName(store, found.method);
  }

  /** The methods of a store, or those that were read before. A name can be typed if there are none. */
  async function known(store: Store): Promise<{ readonly methods: StoreMethods; readonly note?: string }> {
    try {
      return { methods: await methods(store) };
    } catch (error) {
      if (!(error instanceof ToolkitError) || store.connection === undefined) throw error;
      const before = await (await ports.methods()).without(store);
      return { methods: before ?? StoreMethods.empty, note: [error.words.what, t('Enter the name of a method.')].join(' ') };
    }
  }

  async function run(store: Store, method: StoreMethod): Promise<void> {
    await (await ports.forms()).open(store, method);
  }

  async function send(store: Store, method: StoreMethod, values: ArgumentValues): Promise<void> {
    const call = methodCall(method, values, dialectOf(store));
    const write = method.access === 'write';
    const detail = t('The arguments are {arguments}.', { arguments: JSON.stringify(call.args) });
    if (write && !(await confirmWrite(store, { action: t('Run {method}', { method: oneLine(method.id) }), detail }))) return;
    await withProgress(t('Running {method} on {store}', { method: oneLine(method.id), store: oneLine(store.name) }), async (_, token) => {
      const stop = new AbortController();
      token.onCancellationRequested(() => {
        stop.abort();
      });
      const { presenter, history } = ports;
      await runCall(call, store, { title: method.id, history, presenter, signal: stop.signal, confirmed: write, keepRows: true });
    });
  }

  async function openRequest(store: Store, method: StoreMethod): Promise<void> {
    const name = store.config?.name ?? store.name;
    const values = given(kept.of(store.name, method));
    const text =
      values === undefined
        ? templateFile(name, await methods(store), method, dialectOf(store))
        : `${JSON.stringify({ store: name, requests: [methodRequest(method, values, dialectOf(store))] }, undefined, 2)}\n`;
    await openRequestFile(method.id, text);
  }
}

/** The values, or `undefined` if there are none. */
function given(values: ArgumentValues): ArgumentValues | undefined {
  return values.some((value) => value !== undefined) ? values : undefined;
}

function dialectOf(store: Store): NonNullable<Store['connection']>['dialect'] {
  return store.connection?.dialect ?? 'v2';
}

function storeOf(argument: unknown): Store | undefined {
  const node = asTreeNode(argument);
  return node !== undefined && 'store' in node ? node.store : undefined;
}

/** Copies the name by which programs call the method over the store's dialect. */
async function copyName(store: Store, method: StoreMethod): Promise<void> {
  const { method: name } = methodCall(method, [], dialectOf(store));
  await vscode.env.clipboard.writeText(name);
  vscode.window.setStatusBarMessage(t('Copied {name}', { name: oneLine(name) }), 3000);
}
