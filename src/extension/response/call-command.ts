import * as vscode from 'vscode';
import { catalogue, protocolOperations, findMethod, type Method } from '../../api/catalogue';
import type { WireType } from '../../api/types';
import { isList, isRecord, setKey, type MutableRecord, type SoapList, type SoapRecord, type SoapValue } from '../../api/value';
import { isWrite } from '../../store/calls/policy';
import { askInput, withProgress } from '../messages';
import { requestsModule } from '../lazy/requests-module';
import type { ActiveStore } from '../stores/active-store';
import type { ApiKeys } from '../stores/api-keys';
import { confirmWrite } from '../stores/confirm-write';
import { askForMissingKey } from '../stores/missing-key';
import { oneLine } from '../text';
import type { ExchangeKeeper, OutcomePresenter } from '../calls/outcome';
import { runCall } from '../calls/run-call';

export interface CallPorts {
  readonly active: ActiveStore;
  readonly keys: ApiKeys;
  readonly presenter: OutcomePresenter;
  readonly history: ExchangeKeeper;
}

/** "Run a SOAP Call": asks for method, arguments and store, runs it and shows what came of it. */
export async function runACall({ active, keys, presenter, history }: CallPorts): Promise<void> {
  const method = await chooseMethod();
  if (method === undefined) return;
  const args = await askForArguments(method);
  if (args === undefined) return;
  const store = await active.needed(`Run ${oneLine(method)} on`);
  if (store === undefined || !(await askForMissingKey(keys, store))) return;
  const write = isWrite(method);
  if (write && !(await confirmWrite(store, { action: `Run ${oneLine(method)}`, detail: `The arguments are ${JSON.stringify(args)}.` })))
    return;
  await withProgress(`Running ${oneLine(method)} on ${oneLine(store.name)}`, async (_, token) => {
    const stop = new AbortController();
    token.onCancellationRequested(() => {
      stop.abort();
    });
    await runCall({ method, args }, store, { history, presenter, signal: stop.signal, confirmed: write });
  });
}

async function chooseMethod(): Promise<string | undefined> {
  const other = 'Another method of the store';
  const items: (vscode.QuickPickItem & { readonly method?: string })[] = [
    ...catalogue.map(({ id, title, access }) => ({ label: id, description: access === 'write' ? `${title} (writes)` : title, method: id })),
    { label: '', kind: vscode.QuickPickItemKind.Separator },
    ...protocolOperations
      .filter(({ id }) => ['resources', 'globalFaults', 'resourceFaults'].includes(id))
      .map(({ id, doc }) => ({ label: id, description: doc.split('. ')[0] ?? '', method: id })),
    { label: other },
  ];
  const chosen = await vscode.window.showQuickPick(items, {
    placeHolder: 'Method to call',
    matchOnDescription: true,
    ignoreFocusOut: true,
  });
  if (chosen === undefined || chosen.label !== other) return chosen?.method;
  return await askInput({
    prompt: 'Path or operation, such as catalog_product.info',
    validateInput: (text) => (/^[\w.]+$/.test(text) ? undefined : 'A path has letters, digits, dots and underscores.'),
  });
}

/** @returns `undefined` when the question was dismissed */
async function askForArguments(id: string): Promise<SoapRecord | SoapList | undefined> {
  const method = findMethod(id);
  if (method?.args.length === 0 || id === 'resources' || id === 'globalFaults') return {};
  const start =
    method === undefined
      ? id === 'resourceFaults'
        ? '{"resourceName":"customer"}'
        : id.includes('.')
          ? '[]'
          : '{}'
      : JSON.stringify(usualArguments(method));
  const { parseJson } = await requestsModule();
  const text = await askInput({
    title: id,
    prompt:
      method === undefined
        ? 'Arguments as JSON: by name, or as a list'
        : `Arguments as JSON: ${method.args.map(({ name, optional }) => (optional === true ? `${name} (optional)` : name)).join(', ')}`,
    value: start,
    // The value that most calls change stands selected.
    valueSelection: [start.length - 1 - lastValue(start), start.length - 1],
    ignoreFocusOut: true,
    validateInput: (value) => readArguments(value, parseJson).problem,
  });
  return text === undefined ? undefined : readArguments(text, parseJson).args;
}

function lastValue(json: string): number {
  return /([\w.]+)\}$/.exec(json)?.[1]?.length ?? 0;
}

/** Arguments that a call of this method usually has, to begin with. */
function usualArguments(method: Method): SoapRecord {
  const args: MutableRecord = {};
  for (const { name, type, optional } of method.args) if (optional !== true || name === 'filters') setKey(args, name, usual(type, name));
  return args;
}

function usual(type: WireType, name: string): SoapValue {
  if (name === 'filters') return {};
  switch (type.kind) {
    case 'int':
    case 'double':
      return 1;
    case 'boolean':
      return true;
    case 'list':
      return [];
    case 'entity':
      return Object.fromEntries(
        type.fields.filter(({ required }) => required === true).map((field) => [field.name, usual(field.type, field.name)]),
      );
    default:
      return '';
  }
}

function readArguments(
  text: string,
  parseJson: (text: string) => SoapValue,
): { readonly args?: SoapRecord | SoapList; readonly problem?: string } {
  try {
    const value = parseJson(text);
    return isRecord(value) || isList(value) ? { args: value } : { problem: 'Arguments are an object with names, or a list.' };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { problem: oneLine(`This is not JSON: ${error.message}`) };
  }
}
